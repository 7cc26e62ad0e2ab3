"""What somebody is told who takes a number: from the day so far, once, and provable afterwards."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from mingchuang.base.memory import forget
from mingchuang.ledger.models import Entry
from mingchuang.visits.actions.booking import check_in
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.actions.passing import miss
from mingchuang.visits.actions.remote import take_number_by_phone
from mingchuang.visits.models import Forecast, Line, Slot, Visit
from mingchuang.visits.queries.forecasts import how_long, how_long_in, live, outcomes_of, wait_of
from mingchuang.visits.queries.moments import days_so_far, minute_of
from mingchuang.visits.rules.forecast.log import moment_of
from mingchuang.visits.rules.forecast.shown import Wait
from tests.build import AN_HOUR, MONDAY
from tests.visits.hall import a_clerk, a_line, a_visit
from tests.visits.test_booking import booked

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def a_told_visit(line: Line, *, at: datetime = MONDAY, **given: Any) -> Visit:
    """Somebody who comes alone: what the one before was told is not remembered any more."""
    forget()
    return a_visit(line, at=at, **given)


def an_untold_visit(line: Line, *, at: datetime = MONDAY) -> Visit:
    """Somebody with a number from before people were told how long."""
    visit = a_visit(line, at=at)
    Forecast.objects.filter(visit=visit).delete()
    return visit


def a_served_line(*, until: int = 30) -> Line:
    """A line that calls one visitor every six minutes, each of whom came twelve before."""
    line = a_line()
    clerk = a_clerk(line, at=MONDAY - AN_HOUR)
    for minute in range(0, until, 6):
        a_told_visit(line, at=MONDAY + (minute - 12) * MINUTE)
    for minute in range(0, until, 6):
        call_next(by=clerk, at=MONDAY + minute * MINUTE)
        finish(by=clerk, at=MONDAY + (minute + 5) * MINUTE)
    return line


def test_who_takes_a_number_is_told_once_and_it_stands_in_the_ledger() -> None:
    line = a_served_line()

    visit = a_told_visit(line, at=MONDAY + 31 * MINUTE)

    told = visit.forecast
    entry = Entry.objects.get(verb="visit.told", subject=visit.subject)
    assert entry.facts == {"about": told.wait.middle, "rarely_over": told.wait.high}
    assert told.low <= told.middle <= told.high
    assert told.les == pytest.approx(12)


def test_a_longer_line_is_told_a_longer_wait() -> None:
    line = a_served_line()

    visits = [a_told_visit(line, at=MONDAY + 31 * MINUTE) for _ in range(8)]

    middles = [visit.forecast.middle for visit in visits]
    assert middles == sorted(middles)
    assert middles[-1] > 2 * middles[0]


def test_green_visitors_are_told_less_than_who_is_passed_by_them() -> None:
    line = a_served_line()
    for _ in range(5):
        a_visit(line, at=MONDAY + 30 * MINUTE)

    ordinary = a_told_visit(line, at=MONDAY + 31 * MINUTE).forecast
    green = a_told_visit(line, at=MONDAY + 31 * MINUTE, green="elderly").forecast

    assert (green.ahead, ordinary.ahead) == (0, 5)
    assert green.middle < ordinary.middle


def test_the_moment_is_what_the_log_tells() -> None:
    line = a_served_line()
    a_visit(line, at=MONDAY + 31 * MINUTE)
    at = MONDAY + 35 * MINUTE

    moment = moment_of(days_so_far([line], at)[line.pk], minute_of(at))

    assert (moment.hall, moment.line) == (line.site.code, "A")
    assert (moment.ahead, moment.windows, moment.calls) == (1, 1, 5)
    assert (moment.minute, moment.open_for, moment.since_call) == (9 * 60 + 35, 35, 11)
    assert (moment.oldest, moment.delay, moment.norm) == (4, 12, 15)


def test_what_is_known_of_many_lines_takes_four_statements(
    django_assert_num_queries: Any,
) -> None:
    lines = [a_served_line() for _ in range(3)]

    with django_assert_num_queries(4):
        days = days_so_far(lines, MONDAY + AN_HOUR)

    assert [len(days[line.pk].stood) for line in lines] == [5, 5, 5]


def test_telling_takes_as_many_statements_however_long_the_line(
    django_assert_max_num_queries: Any,
) -> None:
    line = a_served_line()
    for _ in range(30):
        a_visit(line, at=MONDAY + 31 * MINUTE)
    forget()

    with django_assert_max_num_queries(19):
        a_visit(line, at=MONDAY + 31 * MINUTE)


def test_a_crowd_at_the_door_is_told_the_same_for_three_seconds_of_its_day() -> None:
    line = a_served_line()
    at = MONDAY + 31 * MINUTE
    forget()

    crowd = [a_visit(line, at=at + timedelta(seconds=second)) for second in (0, 1, 3)]
    after = a_visit(line, at=at + timedelta(seconds=4))

    assert [visit.forecast.ahead for visit in crowd] == [0, 0, 0]
    assert after.forecast.ahead == 3


def test_who_booked_is_told_when_they_come() -> None:
    line = a_served_line()
    at = MONDAY + 31 * MINUTE
    slot = Slot.objects.create(
        line=line, day=MONDAY.date(), starts_at=at, ends_at=at + AN_HOUR, capacity=1
    )
    visit = booked(slot, at=MONDAY - AN_HOUR)
    assert not Forecast.objects.filter(visit=visit).exists()

    check_in(visit.code, at=at)

    assert Forecast.objects.get(visit=visit).day == MONDAY.date()


def test_how_long_is_the_same_for_a_display_and_for_who_comes() -> None:
    line = a_served_line()
    at = MONDAY + 31 * MINUTE

    shown = how_long(line, at)
    visit = a_told_visit(line, at=at)

    assert shown == visit.forecast.wait._replace(free=True)
    assert isinstance(shown, Wait)


def test_a_free_window_is_for_the_first_and_the_ledger_keeps_the_minutes() -> None:
    line = a_served_line()
    at = MONDAY + 31 * MINUTE

    first, second = a_told_visit(line, at=at), a_told_visit(line, at=at)

    waits = [wait_of(visit, at) for visit in (first, second)]
    facts = Entry.objects.get(verb="visit.told", subject=first.subject).facts
    assert [wait and wait.free for wait in waits] == [True, False]
    assert facts == {"about": first.forecast.wait.middle, "rarely_over": first.forecast.wait.high}


def test_displays_ask_once_in_some_seconds(django_assert_num_queries: Any) -> None:
    lines = [a_served_line(), a_line()]
    first = how_long_in(lines, MONDAY + AN_HOUR)

    with django_assert_num_queries(0):
        again = how_long_in(lines, MONDAY + AN_HOUR + timedelta(seconds=9))

    assert again is first
    assert how_long_in(lines, MONDAY + AN_HOUR + timedelta(seconds=11)) is not first
    assert set(first) == {lines[0].pk}, "nobody sits at a window of the other"


def test_what_ended_today_is_heard_once_by_each_process() -> None:
    a_served_line()
    day = MONDAY.date()

    heard = [live().hear(day).record.tries("", "calls") for _ in range(2)]

    assert heard[0] == heard[1]
    assert round(heard[0]) == 5


def test_outcomes_are_those_who_were_told_and_called_in_the_order_it_was_known() -> None:
    line = a_line()
    clerk = a_clerk(line)
    first, gone, phone = (a_told_visit(line, at=MONDAY + n * MINUTE) for n in range(3))
    Visit.objects.filter(pk=phone.pk).update(origin="phone")
    miss(gone.pk, by=clerk, at=MONDAY + 4 * MINUTE)
    an_untold_visit(line, at=MONDAY + 5 * MINUTE)
    for minute in (6, 8, 10):
        call_next(by=clerk, at=MONDAY + minute * MINUTE)
        finish(by=clerk, at=MONDAY + (minute + 1) * MINUTE)

    outcomes = outcomes_of(MONDAY.date())

    assert [wait for _said, wait in outcomes] == [6]
    assert outcomes[0][0].middle == first.forecast.middle


def test_a_number_told_by_the_phone_counts_in_the_line_of_others() -> None:
    line = a_line()
    a_clerk(line)
    on_the_way = take_number_by_phone(line, key="p", at=MONDAY)

    visit = a_told_visit(line)

    assert (on_the_way.forecast.ahead, visit.forecast.ahead) == (0, 1)
