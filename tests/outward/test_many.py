"""The follower does what was asked for many cases; killed half-way, the next one goes on."""

import os
import signal
import subprocess

import pytest
from django.conf import settings
from django.core.management import call_command

from mingchuang.cases.models import BulkItem, Case
from mingchuang.cases.queries.audit import case_faults
from mingchuang.ledger.models import Entry
from tests.build import a_dispatcher
from tests.cases.many import a_bulk, outcomes
from tests.outward.waiting import wait_until
from tests.tools.serving import PATIENCE, ROOT, database_of_tests, environment, mingchuang
from tests.town import a_case_today

CASES = 120


@pytest.mark.django_db
def test_one_look_does_all_that_was_asked_and_seals_it() -> None:
    bulk = a_bulk("remind", *(a_case_today("handling") for _ in range(52)), by=a_dispatcher())

    call_command("follow", "--once")

    assert set(outcomes(bulk)) == {("done", "")}
    assert not Entry.objects.waiting().exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_follower_killed_half_way_leaves_the_rest_to_the_next_and_nothing_is_done_twice() -> None:
    bulk = a_bulk("remind", *(a_case_today("handling") for _ in range(CASES)), by=a_dispatcher())

    _follow_and_kill()
    before = outcomes(bulk).count(("done", ""))
    reminded = Entry.objects.filter(verb="case.reminded").count()
    call_command("follow", "--once")

    assert 0 < before < CASES
    assert reminded == before
    assert outcomes(bulk) == [("done", "")] * CASES
    assert set(Case.objects.values_list("reminders", flat=True)) == {1}
    assert Entry.objects.filter(verb="case.reminded").count() == CASES
    assert Entry.objects.filter(subject=bulk.subject).count() == 2
    assert list(case_faults()) == []


def _follow_and_kill() -> None:
    """Run a follower in a process of its own, and kill it once something is done."""
    environ = environment(settings.HOME, database_of_tests())
    process = subprocess.Popen(mingchuang("follow"), cwd=ROOT, env=environ, process_group=0)
    wait_until(BulkItem.objects.filter(outcome="done").exists)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait(PATIENCE) == -signal.SIGKILL
