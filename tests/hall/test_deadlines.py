"""When a promise ends."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.hall.rules.days import BEIJING, Loaded, WorkCalendar
from mingchuang.hall.rules.limits import deadline
from mingchuang.hall.rules.spans import Closing, Measure, Pause, Span, StartRule
from tests.hall.days import CALENDAR, at, calendar_of, on

FIVE_DAYS = Span(5, Measure.WORKING_DAY)
THREE_PLAIN_DAYS = Span(3, Measure.DAY)
A_DAY_AND_NIGHT = Span(24, Measure.HOUR)
HALF_PAST_FIVE = Closing((time(17, 30),) * 5 + (None, None))
ALL_YEARS = calendar_of(*range(2004, 2027))


def known_in(year: int) -> WorkCalendar:
    """The calendar while the next notice is not out: what that one names of December is unknown."""
    of_next = {d for d, mark in ALL_YEARS.marks.items() if (d.month, mark.name) == (12, "元旦")}
    marks = {d: m for d, m in ALL_YEARS.marks.items() if d.year == year and d not in of_next}
    return WorkCalendar(marks=marks, years={year: ALL_YEARS.years[year]})


moments = st.datetimes(datetime(2005, 1, 1), datetime(2026, 9, 1), timezones=st.just(BEIJING))
lengths = st.timedeltas(timedelta(0), timedelta(days=60))
spans = st.builds(Span, st.integers(1, 30), st.sampled_from(Measure), st.sampled_from(StartRule))
closings = st.sampled_from([None, HALF_PAST_FIVE])


def test_the_first_day_is_not_counted_and_the_last_ends_at_24_o_clock() -> None:
    due = deadline(at(11, 20, 15), FIVE_DAYS, calendar=CALENDAR)

    assert due.day == on(11, 27)
    assert due.at == at(11, 28, 0)
    assert not due.provisional


def test_where_there_are_business_hours_the_last_day_ends_at_closing_time() -> None:
    due = deadline(at(11, 20, 15), FIVE_DAYS, calendar=CALENDAR, closing=HALF_PAST_FIVE)

    assert due.at == at(11, 27, 17, 30)


def test_a_make_up_saturday_closes_like_any_other_day() -> None:
    due = deadline(
        at(5, 8), Span(1, Measure.WORKING_DAY), calendar=CALENDAR, closing=HALF_PAST_FIVE
    )

    assert due.at == at(5, 9, 17, 30)


def test_plain_days_that_end_on_a_holiday_move_to_the_next_working_day() -> None:
    due = deadline(at(9, 29), THREE_PLAIN_DAYS, calendar=CALENDAR)

    assert due.day == on(10, 8)


def test_plain_days_count_weekends() -> None:
    due = deadline(at(11, 20), THREE_PLAIN_DAYS, calendar=CALENDAR)

    assert due.day == on(11, 23)


def test_hours_run_from_the_moment_through_holidays() -> None:
    due = deadline(at(9, 30, 16, 20), A_DAY_AND_NIGHT, calendar=CALENDAR, closing=HALF_PAST_FIVE)

    assert due.at == at(10, 1, 16, 20)
    assert not due.provisional


def test_what_is_urgent_counts_the_same_day() -> None:
    due = deadline(at(11, 20, 9), Span(1, Measure.DAY, StartRule.SAME_DAY), calendar=CALENDAR)

    assert due.at == at(11, 21, 0)


def test_the_same_day_is_over_once_the_doors_are_closed() -> None:
    after_closing = at(11, 19, 18)

    due = deadline(
        after_closing,
        Span(1, Measure.WORKING_DAY, StartRule.SAME_DAY),
        calendar=CALENDAR,
        closing=HALF_PAST_FIVE,
    )

    assert due.at == at(11, 20, 17, 30)


def test_a_promise_into_a_year_not_loaded_is_provisional() -> None:
    due = deadline(at(12, 28), FIVE_DAYS, calendar=CALENDAR)

    assert due.provisional
    assert due.day == on(1, 4, year=2027)


def test_the_last_days_of_december_are_provisional_without_the_next_notice() -> None:
    due = deadline(at(12, 10), Span(15, Measure.WORKING_DAY), calendar=CALENDAR)

    assert due.at == at(1, 1, 0, year=2027)
    assert due.provisional


def test_what_ends_before_any_new_year_notice_has_reached_is_certain() -> None:
    due = deadline(at(12, 21), FIVE_DAYS, calendar=CALENDAR)

    assert due.day == on(12, 28)
    assert not due.provisional


def test_the_next_notice_makes_the_last_days_of_december_certain() -> None:
    both = replace(CALENDAR, years={**CALENDAR.years, 2027: Loaded("v", "通知")})

    due = deadline(at(12, 10), Span(15, Measure.WORKING_DAY), calendar=both)

    assert due.day == on(12, 31)
    assert not due.provisional


@given(st.integers(2005, 2025), st.integers(1, 365), spans, closings)
def test_what_was_certain_is_not_moved_by_the_next_notice(
    year: int, day: int, span: Span, closing: Closing | None
) -> None:
    start = at(1, 1, year=year) + timedelta(days=day - 1)

    then = deadline(start, span, calendar=known_in(year), closing=closing)

    assert then.provisional or then == deadline(start, span, calendar=ALL_YEARS, closing=closing)


def test_a_moment_told_in_another_zone_is_the_same_moment() -> None:
    in_utc = at(11, 21, 0, 30).astimezone(UTC)

    assert deadline(in_utc, FIVE_DAYS, calendar=CALENDAR).day == on(11, 27)


def test_a_pause_in_days_counts_what_was_left_on_from_the_day_of_resuming() -> None:
    pause = Pause(at(11, 24, 10), at(12, 1, 10))

    due = deadline(at(11, 20), FIVE_DAYS, calendar=CALENDAR, pauses=[pause])

    assert due.day == on(12, 4)


def test_a_pause_in_hours_adds_the_time_that_passed() -> None:
    pause = Pause(at(11, 20, 12), at(11, 22, 13))

    due = deadline(at(11, 20, 9), A_DAY_AND_NIGHT, calendar=CALENDAR, pauses=[pause])

    assert due.at == at(11, 23, 10)


def test_a_pause_that_still_lasts_changes_nothing_yet() -> None:
    paused = deadline(at(11, 20), FIVE_DAYS, calendar=CALENDAR, pauses=[Pause(at(11, 24))])

    assert paused == deadline(at(11, 20), FIVE_DAYS, calendar=CALENDAR)


def test_a_pause_after_the_end_changes_nothing() -> None:
    late = Pause(at(12, 1), at(12, 9))

    due = deadline(at(11, 20), FIVE_DAYS, calendar=CALENDAR, pauses=[late])

    assert due.day == on(11, 27)


def test_pauses_that_overlap_stop_the_clock_once() -> None:
    together = [Pause(at(11, 24), at(12, 1)), Pause(at(11, 25), at(11, 30))]

    due = deadline(at(11, 20), FIVE_DAYS, calendar=CALENDAR, pauses=together)

    assert due.day == on(12, 4)


def test_a_last_day_resumed_after_closing_time_leaves_the_next_one() -> None:
    pause = Pause(at(11, 27, 10), at(12, 1, 18))

    due = deadline(at(11, 20), FIVE_DAYS, calendar=CALENDAR, closing=HALF_PAST_FIVE, pauses=[pause])

    assert due.at == at(12, 2, 17, 30)


def test_an_extension_counts_on_from_the_current_end() -> None:
    due = deadline(at(9, 18), FIVE_DAYS, calendar=CALENDAR, added=[Span(10, Measure.WORKING_DAY)])

    assert due.day == on(10, 15)


def test_an_extension_in_days_of_a_limit_in_hours_ends_as_days_do() -> None:
    due = deadline(
        at(11, 20, 9),
        A_DAY_AND_NIGHT,
        calendar=CALENDAR,
        closing=HALF_PAST_FIVE,
        added=[Span(1, Measure.WORKING_DAY)],
    )

    assert due.at == at(11, 23, 17, 30)


def test_an_extension_in_hours_of_a_limit_in_days_runs_from_its_end() -> None:
    due = deadline(at(11, 20), FIVE_DAYS, calendar=CALENDAR, added=[A_DAY_AND_NIGHT])

    assert due.at == at(11, 29, 0)


@pytest.mark.parametrize("days_paused", [1, 7, 30])
def test_a_pause_of_days_never_shortens_a_promise(days_paused: int) -> None:
    pause = Pause(at(9, 21), at(9, 21) + timedelta(days=days_paused))

    paused = deadline(at(9, 18), FIVE_DAYS, calendar=CALENDAR, pauses=[pause])

    assert paused.at >= deadline(at(9, 18), FIVE_DAYS, calendar=CALENDAR).at


@given(moments, spans, closings, lengths)
def test_a_pause_of_no_length_changes_nothing(
    start: datetime, span: Span, closing: Closing | None, later: timedelta
) -> None:
    nothing = Pause(start + later, start + later)

    paused = deadline(start, span, calendar=ALL_YEARS, closing=closing, pauses=[nothing])

    assert paused == deadline(start, span, calendar=ALL_YEARS, closing=closing)


@given(moments, spans, closings, lengths, lengths, lengths)
def test_a_longer_pause_never_gives_an_earlier_end(
    start: datetime,
    span: Span,
    closing: Closing | None,
    later: timedelta,
    one: timedelta,
    other: timedelta,
) -> None:
    begins = start + later
    short, long = (Pause(begins, begins + length) for length in sorted([one, other]))

    sooner = deadline(start, span, calendar=ALL_YEARS, closing=closing, pauses=[short])
    later_end = deadline(start, span, calendar=ALL_YEARS, closing=closing, pauses=[long])

    assert sooner.at <= later_end.at


@given(moments, spans, closings, st.lists(st.tuples(lengths, lengths), max_size=4))
def test_a_promise_ends_after_it_began_and_in_days_on_a_working_day(
    start: datetime,
    span: Span,
    closing: Closing | None,
    stretches: list[tuple[timedelta, timedelta]],
) -> None:
    pauses = [Pause(start + since, start + since + length) for since, length in stretches]

    due = deadline(start, span, calendar=ALL_YEARS, closing=closing, pauses=pauses)

    assert due.at > start
    assert span.measure == Measure.HOUR or ALL_YEARS.is_working_day(due.day)


@given(moments, spans, closings, spans)
def test_an_extension_always_gives_more_time(
    start: datetime, span: Span, closing: Closing | None, more: Span
) -> None:
    plain = deadline(start, span, calendar=ALL_YEARS, closing=closing)

    extended = deadline(start, span, calendar=ALL_YEARS, closing=closing, added=[more])

    assert extended.at > plain.at
