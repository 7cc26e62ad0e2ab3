"""What goes above whoever has it: the second “not solved”, the second “not ours”."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.dispatch import acknowledge_case, decide_return, return_case
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.voice import say_not_solved
from mingchuang.cases.errors import NotYourDuty
from mingchuang.cases.models import Case
from mingchuang.cases.queries.desk import plea_seen_by
from mingchuang.cases.queries.lists import open_pleas
from mingchuang.cases.rules.escalation import DISPUTE, RETURN, is_supervised_from, return_asked
from mingchuang.cases.rules.watch import Watch
from mingchuang.ledger.queries import entries_of
from mingchuang.people.models import Unit
from tests.build import (
    A_DAY,
    MONDAY,
    a_case,
    a_dispatcher,
    a_supervisor,
    a_unit,
    code,
    the_handler,
    the_plea,
    told,
)

times = st.integers(min_value=0, max_value=50)


@given(times)
def test_what_goes_above_does_not_come_down_again(n: int) -> None:
    assert is_supervised_from(n + 1) >= is_supervised_from(n)
    assert (return_asked(n) == RETURN) >= (return_asked(n + 1) == RETURN)


def test_the_first_time_it_stays_with_whoever_has_it() -> None:
    assert not is_supervised_from(1)
    assert (return_asked(0), return_asked(1)) == (RETURN, DISPUTE)


def _not_solved(case: Case, times: int) -> Case:
    said = case.submissions.get()
    for day in range(times):
        at = MONDAY + (day + 1) * A_DAY
        reply_to_case(case.number, "已处理。", disposition="done", by=the_handler(case), at=at)
        say_not_solved(case.number, code(said), "还是没有解决。", at=at)
    return Case.objects.get(pk=case.pk)


@pytest.mark.django_db
def test_a_first_no_opens_the_case_and_calls_nobody_else() -> None:
    case = a_case("handling")

    again = _not_solved(case, 1)

    assert again.watch == Watch.CALM
    assert "case.supervised" not in told(case)


@pytest.mark.django_db
def test_a_second_no_puts_the_case_under_supervision() -> None:
    case = a_case("handling")

    again = _not_solved(case, 2)

    entry = entries_of(case.subject).filter(verb="case.supervised").get()
    assert again.watch == Watch.SUPERVISED
    assert (entry.facts["by"], entry.facts["not_solved"]) == ("system", 2)
    assert [reply.text for reply in again.replies.all()] == ["已处理。", "已处理。"]


def _sent_on(case: Case, to: Unit) -> Case:
    """The unit returns it, the dispatcher agrees."""
    return_case(case.number, "不归我们。", by=the_handler(case), at=case.dispatched_at or MONDAY)
    decided: dict[str, Any] = {"granted": True, "decision": "同意。", "unit": to}
    decide_return(the_plea(case).pk, **decided, by=a_dispatcher(), at=MONDAY)
    return Case.objects.get(pk=case.pk)


def _returned_twice() -> Case:
    case = _sent_on(a_case("dispatched"), a_unit("城管局"))
    return_case(case.number, "也不归我们。", by=the_handler(case), at=MONDAY)
    return Case.objects.get(pk=case.pk)


@pytest.mark.django_db
def test_a_second_return_is_a_dispute_and_told_once() -> None:
    case = _returned_twice()

    assert the_plea(case).what == DISPUTE
    assert told(case).count("case.disputed") == 1
    assert told(case).count("case.returned") == 2


@pytest.mark.django_db
def test_the_dispatcher_does_not_decide_a_dispute() -> None:
    plea = the_plea(_returned_twice())
    street = a_unit("街道办")
    decided: dict[str, Any] = {"granted": True, "decision": "给街道。", "unit": street}

    with pytest.raises(NotYourDuty):
        decide_return(plea.pk, **decided, by=a_dispatcher(), at=MONDAY)

    with pytest.raises(NotFound):
        plea_seen_by(a_dispatcher(), plea.pk)
    assert plea not in open_pleas(a_dispatcher())


@pytest.mark.django_db
def test_the_coordinator_finds_the_dispute_and_settles_whose_it_is() -> None:
    case, street = _returned_twice(), a_unit("街道办")
    plea = the_plea(case)
    decided: dict[str, Any] = {"granted": True, "decision": "街道牵头。", "unit": street}
    waits = plea in open_pleas(a_supervisor())

    decide_return(plea.pk, **decided, by=a_supervisor(), at=MONDAY)

    case.refresh_from_db()
    acknowledge_case(case.number, by=the_handler(case), at=MONDAY)
    assert waits
    assert case.responsible_unit == street
    assert plea not in open_pleas(a_supervisor())
