"""`mingchuang follow`: seals what happened, calls to mind what is due; many may run, one leads."""

import io
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now

from mingchuang.base.locks import leading
from mingchuang.cases.models import Case
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import Checkpoint, Entry
from tests.build import MONDAY, a_case, told
from tests.outward.waiting import wait_until
from tests.tools.serving import database_of_tests, environment, mingchuang

A_MINUTE = timedelta(minutes=1)
A_DAY = timedelta(days=1)
PROCESSES = pytest.mark.django_db(transaction=True)


def follow_once() -> str:
    out = io.StringIO()
    call_command("follow", "--once", stdout=out)
    return out.getvalue().strip()


def a_running_case(*, warn: timedelta, due: timedelta) -> Case:
    """A case whose warning and due time lie so far from now."""
    case = a_case("handling")
    Case.objects.update(warn_at=now() + warn, due_at=now() + due)
    return case


@pytest.mark.django_db
def test_what_waits_is_sealed_and_told() -> None:
    record("town.noted", "town:YJ", at=MONDAY)
    record("town.noted", "town:YJ", at=MONDAY)

    said = follow_once()

    assert said == "封存 2 条，提醒 0 件，归档 0 件。"
    assert not Entry.objects.waiting().exists()
    assert Checkpoint.objects.get().size == 2


@pytest.mark.django_db
def test_where_nothing_waits_nothing_is_sealed() -> None:
    assert follow_once() == "封存 0 条，提醒 0 件，归档 0 件。"
    assert not Checkpoint.objects.exists()


@pytest.mark.django_db
def test_the_warning_comes_when_a_quarter_of_the_time_is_left() -> None:
    case = a_case("accepted")

    assert case.warn_at is not None
    assert case.due_at is not None
    assert case.clock_started_at is not None
    assert case.warn_at - case.clock_started_at == 0.75 * (case.due_at - case.clock_started_at)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("warn", "due", "verbs"),
    [
        (A_MINUTE, A_DAY, []),
        (-A_MINUTE, A_DAY, ["case.warned"]),
        (-A_DAY, -A_MINUTE, ["case.warned", "case.reminded"]),
        (-2 * A_DAY, -A_DAY, ["case.warned", "case.reminded", "case.supervised"]),
    ],
)
def test_a_case_is_called_to_mind_by_its_clock(
    warn: timedelta, due: timedelta, verbs: list[str]
) -> None:
    case = a_running_case(warn=warn, due=due)
    before = told(case)

    follow_once()

    assert told(case) == [*before, *verbs]


@pytest.mark.django_db
def test_a_case_is_warned_about_once() -> None:
    case = a_running_case(warn=-A_MINUTE, due=A_DAY)

    follow_once()
    follow_once()

    assert told(case).count("case.warned") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["replied", "paused", "archived"])
def test_a_case_that_owes_nothing_now_is_left_alone(state: str) -> None:
    case = a_case(state, phone="13800000000")
    before = told(case)
    Case.objects.update(warn_at=now() - 3 * A_DAY, due_at=now() - 2 * A_DAY)

    follow_once()

    assert [verb for verb in told(case) if verb != "case.review_due"] == before


@contextmanager
def a_follower() -> Iterator["subprocess.Popen[bytes]"]:
    """Run `mingchuang follow` on the tests' own database; end it, however the test ends."""
    environ = environment(settings.HOME, database_of_tests())
    process = subprocess.Popen(mingchuang("follow", "--pause", "0.05"), env=environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait(30)


def somebody_leads() -> bool:
    with leading("follow") as leads:
        return not leads


def all_is_sealed() -> bool:
    return not Entry.objects.waiting().exists()


@PROCESSES
def test_of_two_followers_one_leads_and_the_other_takes_over_when_it_is_killed() -> None:
    with ExitStack() as stack:
        leader = stack.enter_context(a_follower())
        wait_until(somebody_leads)
        heir = stack.enter_context(a_follower())
        record("town.noted", "town:YJ", at=MONDAY)
        wait_until(all_is_sealed)

        leader.kill()
        leader.wait(30)
        record("town.noted", "town:YJ", at=MONDAY)
        wait_until(all_is_sealed)

        assert heir.poll() is None
        assert somebody_leads()
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [1, 2]


@PROCESSES
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_follower_ends_when_asked(how: signal.Signals) -> None:
    with a_follower() as follower:
        wait_until(somebody_leads)

        follower.send_signal(how)

        assert follower.wait(30) == 0
        assert not somebody_leads()


@PROCESSES
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a file is no line that could break")
def test_a_follower_whose_line_to_the_database_breaks_comes_back() -> None:
    with a_follower() as follower:
        wait_until(somebody_leads)

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        record("town.noted", "town:YJ", at=MONDAY)
        wait_until(all_is_sealed)

        assert follower.poll() is None
