"""What the house does about time by itself: warn, remind, supervise; and a new calendar."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.merging import merge_case, unmerge_case
from mingchuang.cases.actions.pleas import ask_extension, ask_pause, decide_plea, resume_case
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.actions.voice import say_not_solved
from mingchuang.cases.actions.watch import (
    archive_silent_cases,
    recompute_due,
    supervise_case,
    watch_cases,
)
from mingchuang.cases.errors import NothingOpen, NotYourDuty
from mingchuang.cases.models import Case
from mingchuang.cases.rules.watch import Watch, level_under, warning_at
from mingchuang.hall.actions import load_calendar
from mingchuang.hall.rules.table import CalendarTable, parse_calendar
from tests.build import (
    A_DAY,
    AN_HOUR,
    MONDAY,
    SHANGHAI,
    a_case,
    a_dispatcher,
    a_supervisor,
    code,
    newest,
    the_handler,
    told,
)

# Accepted on Monday at ten, due at the end of Monday next: 182 hours, of which 45.5 remain.
WARNED_AT = datetime(2026, 3, 8, 2, 30, tzinfo=SHANGHAI)
DUE = datetime(2026, 3, 10, tzinfo=SHANGHAI)
A_SECOND = timedelta(seconds=1)
TUESDAY = MONDAY + A_DAY
NEW_YEAR = """\
year: 2027
source: 国务院 2026 年 11 月发布的 2027 年节假日安排
retrieved: 2026-12-30
2027-01-01 holiday 元旦
"""
levels = st.sampled_from(Watch)
hours = st.integers(0, 500).map(lambda n: MONDAY + n * AN_HOUR)


def level(case: Case) -> int:
    return Case.objects.get(pk=case.pk).watch


def watch_until_quiet(at: datetime) -> int:
    """How often something moved until nothing moved any more."""
    return sum(iter(lambda: watch_cases(at=at), 0))


def load_new_year(*, at: datetime) -> None:
    table = parse_calendar(NEW_YEAR)
    assert isinstance(table, CalendarTable)
    load_calendar(table, at=at)


@pytest.mark.django_db
def test_a_second_before_three_quarters_of_the_time_nobody_is_warned() -> None:
    case = a_case("handling")

    moved = watch_cases(at=WARNED_AT - A_SECOND)

    assert (moved, level(case)) == (0, Watch.CALM)


@pytest.mark.django_db
def test_when_three_quarters_of_the_time_are_used_the_house_warns() -> None:
    case = a_case("handling")

    moved = watch_cases(at=WARNED_AT)

    assert (moved, level(case)) == (1, Watch.WARNED)
    assert (newest(case).verb, newest(case).facts) == ("case.warned", {"by": "system"})


@pytest.mark.django_db
def test_at_the_due_time_the_house_reminds() -> None:
    case = a_case("handling")
    watch_cases(at=WARNED_AT)

    watch_cases(at=DUE)

    assert newest(case).verb == "case.reminded"
    assert Case.objects.get(pk=case.pk).reminders == 1


@pytest.mark.django_db
def test_a_day_late_the_case_is_supervised() -> None:
    case = a_case("handling")
    watch_until_quiet(DUE + A_DAY - A_SECOND)

    watch_cases(at=DUE + A_DAY)

    assert level(case) == Watch.SUPERVISED
    assert told(case)[-3:] == ["case.warned", "case.reminded", "case.supervised"]


@pytest.mark.django_db
def test_looking_again_changes_nothing() -> None:
    case = a_case("handling")
    watch_until_quiet(DUE + A_DAY)

    moved = watch_cases(at=DUE + 9 * A_DAY)

    assert moved == 0
    assert told(case).count("case.supervised") == 1


@pytest.mark.django_db
def test_many_late_cases_are_taken_a_few_at_a_time() -> None:
    late = [a_case("accepted") for _ in range(3)]

    moved = [watch_cases(at=WARNED_AT, most=2) for _ in range(3)]

    assert moved == [2, 1, 0]
    assert [level(case) for case in late] == [Watch.WARNED] * 3


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["received", "paused", "replied", "archived", "withdrawn"])
def test_where_no_clock_runs_nobody_is_warned(state: str) -> None:
    case = a_case(state)

    moved = watch_cases(at=DUE + 9 * A_DAY)

    assert (moved, level(case)) == (0, Watch.CALM)


@pytest.mark.django_db
def test_more_time_quiets_the_warning_until_it_is_due_again() -> None:
    case = a_case("handling")
    watch_cases(at=WARNED_AT)
    plea = ask_extension(case.number, "要等。", days=5, by=the_handler(case), at=WARNED_AT)

    decide_plea(plea.pk, granted=True, decision="同意。", by=a_dispatcher(), at=WARNED_AT)

    assert level(case) == Watch.CALM
    assert watch_cases(at=WARNED_AT) == 0


@pytest.mark.django_db
def test_supervision_lasts_until_the_answer_whatever_time_is_granted() -> None:
    case = a_case("handling")
    supervise_case(case.number, by=a_supervisor(), at=TUESDAY)
    plea = ask_extension(case.number, "要等。", days=5, by=the_handler(case), at=TUESDAY)

    decide_plea(plea.pk, granted=True, decision="同意。", by=a_dispatcher(), at=TUESDAY)

    assert level(case) == Watch.SUPERVISED


@pytest.mark.django_db
def test_a_resumed_case_is_not_warned_about_the_time_it_rested() -> None:
    case = a_case("handling")
    ask_pause(
        case.number, "等雨停。", review_on=date(2026, 3, 20), by=the_handler(case), at=TUESDAY
    )
    plea = case.pleas.get()
    since = datetime(2026, 3, 3, 10, tzinfo=SHANGHAI)
    decide_plea(plea.pk, granted=True, decision="同意。", by=a_dispatcher(), at=since)

    resumed = resume_case(case.number, by=the_handler(case), at=since + 17 * A_DAY)

    assert resumed.due_at == datetime(2026, 3, 27, tzinfo=SHANGHAI)
    assert resumed.warn_at == datetime(2026, 3, 25, 2, 30, tzinfo=SHANGHAI)


@pytest.mark.django_db
def test_a_reopened_case_begins_calm() -> None:
    case = a_case("handling")
    supervise_case(case.number, by=a_supervisor(), at=TUESDAY)
    reply_to_case(case.number, "修好了。", disposition="done", by=the_handler(case), at=TUESDAY)

    say_not_solved(case.number, code(case.submissions.get()), "没好。", at=TUESDAY)

    assert level(case) == Watch.CALM
    assert watch_cases(at=TUESDAY) == 0


@pytest.mark.django_db
def test_a_supervisor_may_not_wait_for_the_clock() -> None:
    case = a_case("handling")

    supervise_case(case.number, by=a_supervisor(), at=TUESDAY)

    assert level(case) == Watch.SUPERVISED
    assert newest(case).facts == {"by": a_supervisor().badge}


@pytest.mark.django_db
def test_a_case_is_put_under_supervision_once() -> None:
    case = a_case("handling")
    supervise_case(case.number, by=a_supervisor(), at=TUESDAY)

    with pytest.raises(NothingOpen):
        supervise_case(case.number, by=a_supervisor(), at=TUESDAY)

    assert told(case).count("case.supervised") == 1


@pytest.mark.django_db
def test_the_dispatcher_does_not_supervise() -> None:
    case = a_case("handling")

    with pytest.raises(NotYourDuty):
        supervise_case(case.number, by=a_dispatcher(), at=TUESDAY)

    assert level(case) == Watch.CALM


@pytest.mark.django_db
def test_a_new_calendar_moves_the_day_and_says_so() -> None:
    case = a_case("handling", at=datetime(2026, 12, 28, 8, tzinfo=SHANGHAI))
    at = datetime(2026, 12, 30, 9, tzinfo=SHANGHAI)
    load_new_year(at=at)

    moved = recompute_due(case.pk, at=at)

    after = Case.objects.get(pk=case.pk)
    assert moved
    assert (case.provisional, after.provisional) == (True, False)
    assert case.due_at == datetime(2027, 1, 5, tzinfo=SHANGHAI)
    assert after.due_at == datetime(2027, 1, 6, tzinfo=SHANGHAI)
    assert newest(case).facts == {"by": "system", "due_at": "2027-01-05T16:00:00.000000Z"}


@pytest.mark.django_db
def test_a_case_parted_after_a_new_calendar_gets_its_new_day() -> None:
    december = datetime(2026, 12, 28, 8, tzinfo=SHANGHAI)
    case, master = a_case("handling", at=december), a_case("handling", at=december)
    merge_case(case.number, master.number, by=a_dispatcher(), at=december + A_DAY)
    load_new_year(at=december + 2 * A_DAY)

    unmerge_case(case.number, by=a_dispatcher(), at=december + 2 * A_DAY)

    assert Case.objects.get(pk=case.pk).due_at == datetime(2027, 1, 6, tzinfo=SHANGHAI)
    assert newest(case).verb == "case.due_moved"


@pytest.mark.django_db
def test_a_calendar_already_known_moves_nothing() -> None:
    case = a_case("handling", at=datetime(2026, 12, 28, 8, tzinfo=SHANGHAI))
    at = datetime(2026, 12, 30, 9, tzinfo=SHANGHAI)
    load_new_year(at=at)
    recompute_due(case.pk, at=at)

    moved = recompute_due(case.pk, at=at + AN_HOUR)

    assert not moved
    assert told(case).count("case.due_moved") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["received", "replied", "archived", "declined", "withdrawn"])
def test_a_new_calendar_leaves_alone_what_is_not_running(state: str) -> None:
    case = a_case(state, at=datetime(2026, 12, 28, 8, tzinfo=SHANGHAI))
    at = datetime(2026, 12, 30, 9, tzinfo=SHANGHAI)
    load_new_year(at=at)

    moved = recompute_due(case.pk, at=at)

    assert not moved
    assert "case.due_moved" not in told(case)


@pytest.mark.django_db
def test_a_resting_case_is_counted_by_the_new_calendar_when_it_is_resumed() -> None:
    case = a_case("paused", at=datetime(2026, 12, 28, 8, tzinfo=SHANGHAI))
    load_new_year(at=datetime(2026, 12, 30, 9, tzinfo=SHANGHAI))

    resumed = resume_case(
        case.number, by=the_handler(case), at=datetime(2026, 12, 31, 9, tzinfo=SHANGHAI)
    )

    assert resumed.due_at == datetime(2027, 1, 9, tzinfo=SHANGHAI)
    assert not resumed.provisional


@pytest.mark.django_db
def test_a_day_moved_back_in_time_quiets_the_reminder() -> None:
    case = a_case("handling", at=datetime(2026, 12, 28, 8, tzinfo=SHANGHAI))
    late = datetime(2027, 1, 5, 9, tzinfo=SHANGHAI)
    watch_until_quiet(late)
    load_new_year(at=late)

    recompute_due(case.pk, at=late)

    assert level(case) == Watch.WARNED
    assert watch_cases(at=datetime(2027, 1, 6, tzinfo=SHANGHAI)) == 1


@pytest.mark.django_db
def test_an_urgent_case_is_due_the_same_day() -> None:
    case = a_case("received", urgency="urgent")

    accept_case(case.number, by=a_dispatcher(), at=MONDAY, profile="bureau_13")

    assert Case.objects.get(pk=case.pk).due_at == datetime(2026, 3, 3, tzinfo=SHANGHAI)


@given(start=hours, due=hours, stood=st.timedeltas(timedelta(), 30 * A_DAY))
def test_the_warning_never_comes_after_the_due_time(
    start: datetime, due: datetime, stood: timedelta
) -> None:
    assert warning_at(start, due, stood=stood) <= due


@given(start=hours, whole=st.integers(4, 400))
def test_without_a_rest_the_warning_comes_after_three_quarters(start: datetime, whole: int) -> None:
    due = start + whole * AN_HOUR

    assert warning_at(start, due, stood=timedelta()) - start == 0.75 * (due - start)


@given(level=levels, at=hours, warn_at=hours, due_at=hours)
def test_a_moved_day_never_makes_things_louder(
    level: Watch, at: datetime, warn_at: datetime, due_at: datetime
) -> None:
    assert level_under(level, at=at, warn_at=warn_at, due_at=due_at) <= level


@pytest.mark.django_db
def test_an_answer_nobody_can_be_called_about_is_archived_when_its_time_is_over() -> None:
    case = a_case("replied")
    over = case.callback_due_at
    assert over is not None

    too_early = archive_silent_cases(at=over - A_SECOND)
    archived = archive_silent_cases(at=over)

    assert (too_early, archived) == (0, 1)
    assert Case.objects.get(pk=case.pk).state == "archived"
    assert newest(case).facts == {"by": "system"}


@pytest.mark.django_db
def test_an_answer_somebody_is_to_be_called_about_is_never_archived_by_the_clock() -> None:
    case = a_case("replied", phone="13800000000")

    archive_silent_cases(at=MONDAY + 1000 * A_DAY)

    assert Case.objects.get(pk=case.pk).state == "replied"
