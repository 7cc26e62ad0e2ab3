"""Many may run, one leads."""

import threading

import pytest
from django.db import connection

from mingchuang.base.locks import leading

pytestmark = pytest.mark.django_db(transaction=True)


def leads_elsewhere(name: str) -> bool:
    """Try to lead from another thread, that is over another connection."""
    answers = []

    def try_it() -> None:
        with leading(name) as leads:
            answers.append(leads)
        connection.close()

    thread = threading.Thread(target=try_it)
    thread.start()
    thread.join(10)
    return answers == [True]


def test_while_one_leads_nobody_else_does() -> None:
    with leading("follow") as leads:
        elsewhere = leads_elsewhere("follow")

    assert leads
    assert not elsewhere


def test_when_the_leader_goes_another_may_lead() -> None:
    with leading("follow"):
        pass

    assert leads_elsewhere("follow")


def test_whoever_leads_one_thing_does_not_hinder_another() -> None:
    with leading("follow"):
        assert leads_elsewhere("calibrate")


def test_a_leader_that_falls_leads_no_more() -> None:
    with pytest.raises(ZeroDivisionError), leading("follow"):
        _ = 1 / 0

    assert leads_elsewhere("follow")
