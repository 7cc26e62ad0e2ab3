"""Which days count."""

from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.hall.rules.days import WorkCalendar, years_touched
from tests.hall.days import CALENDAR, CALENDARS, calendar_of, on

ALL_YEARS = calendar_of(*range(2004, 2027))
days = st.dates(date(2003, 1, 1), date(2029, 12, 31))
amounts = st.integers(0, 400)


@pytest.mark.parametrize(
    ("accepted", "n", "last"),
    [
        (on(2, 13), 1, on(2, 14)),
        (on(2, 13), 5, on(2, 27)),
        (on(9, 30), 1, on(10, 8)),
        (on(9, 30), 5, on(10, 13)),
        (on(5, 8), 1, on(5, 9)),
        (on(9, 18), 1, on(9, 20)),
        (on(9, 18), 5, on(9, 24)),
        (on(9, 18), 10, on(10, 9)),
        (on(2, 14), 5, on(2, 28)),
        (on(4, 3), 1, on(4, 7)),
        (on(12, 10), 15, on(12, 31)),
        (on(1, 2), 1, on(1, 4)),
    ],
)
def test_working_days_of_2026_count_as_the_notice_says(accepted: date, n: int, last: date) -> None:
    assert CALENDAR.after(accepted, n) == last


def test_2026_has_248_working_days() -> None:
    assert CALENDAR.working_days_between(on(12, 31, year=2025), on(12, 31)) == 248


def test_2027_is_provisional_until_its_notice_is_loaded() -> None:
    assert not CALENDAR.is_provisional(2026)
    assert CALENDAR.is_provisional(2027)


def test_a_year_that_is_not_loaded_knows_only_weekends() -> None:
    new_year, saturday = on(1, 1, year=2027), on(1, 2, year=2027)

    assert CALENDAR.is_working_day(new_year)
    assert not CALENDAR.is_working_day(saturday)


def test_an_empty_calendar_is_the_plain_week() -> None:
    friday, monday = on(3, 6), on(3, 9)

    assert WorkCalendar().after(friday, 1) == monday
    assert WorkCalendar().working_days_between(monday, friday) == -1


def test_every_shipped_year_agrees_with_chinesecalendar_on_every_day() -> None:
    every_day = [date(2004, 1, 1) + timedelta(days=n) for n in range(8401)]

    theirs = [day for day in every_day if is_workday(day)]  # type: ignore[no-untyped-call]

    assert every_day[-1] == date(2026, 12, 31)
    assert [day for day in every_day if ALL_YEARS.is_working_day(day)] == theirs


def test_every_year_since_2004_is_shipped() -> None:
    assert sorted(int(path.stem) for path in CALENDARS.glob("*.txt")) == list(range(2004, 2027))


def test_no_notice_has_reached_further_back_than_we_ask_it_for() -> None:
    named = [d for d, mark in ALL_YEARS.marks.items() if (d.month, mark.name) == (12, "元旦")]

    assert {d.year for d in named} == {2006, 2007, 2011, 2018, 2022, 2023}
    assert all(d.year + 1 in years_touched(d, d) for d in named)


@given(days, amounts, amounts)
def test_promises_add_up(day: date, m: int, n: int) -> None:
    assert ALL_YEARS.after(ALL_YEARS.after(day, m), n) == ALL_YEARS.after(day, m + n)


@given(days, st.integers(1, 400))
def test_a_promise_always_ends_on_a_working_day(day: date, n: int) -> None:
    assert ALL_YEARS.is_working_day(ALL_YEARS.after(day, n))


@given(days, amounts)
def test_counting_back_undoes_counting_on(day: date, n: int) -> None:
    later = ALL_YEARS.after(day, n)

    assert ALL_YEARS.working_days_between(later, day) == -n


@given(days, amounts)
def test_as_many_days_lie_between_as_were_counted(day: date, n: int) -> None:
    assert ALL_YEARS.working_days_between(day, ALL_YEARS.after(day, n)) == n


@given(days, st.integers(0, 40))
def test_counting_by_formula_is_counting_by_hand(day: date, length: int) -> None:
    end = day + timedelta(days=length)

    by_hand = sum(ALL_YEARS.is_working_day(day + timedelta(days=n + 1)) for n in range(length))

    assert ALL_YEARS.working_days_between(day, end) == by_hand
