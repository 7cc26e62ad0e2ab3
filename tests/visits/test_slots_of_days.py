"""Slots of days that are not like the others: the statutory calendar, and hours of their own."""

from datetime import date, time
from typing import Any

import pytest
from django.utils.timezone import localtime

from mingchuang.hall.actions import load_shipped_calendars
from mingchuang.hall.models import OpeningHours, SpecialHours
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.models import Line, Rota, Slot
from tests.build import MONDAY
from tests.visits.hall import a_line

pytestmark = pytest.mark.django_db

# 国办 2025-11-04: the holiday of 2026-10-01, the make-up Saturday before the week of 10-12.
HOLIDAY, MAKE_UP, SATURDAY = date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 17)


@pytest.fixture
def line() -> Line:
    """A line of one window at a hall that opens from nine to eleven, Monday to Friday."""
    load_shipped_calendars(at=MONDAY)
    line = a_line(share=100, minutes=30, step=60)
    for weekday in range(5):
        OpeningHours.objects.create(site=line.site, weekday=weekday, opens=time(9), closes=time(11))
    return line


def slots_on(line: Line, day: date) -> list[tuple[int, int]]:
    """Return the hour and the capacity of each slot of that day."""
    renew_slots(line, day, many=1, at=MONDAY)
    slots = Slot.objects.filter(line=line, day=day).order_by("starts_at")
    return [(localtime(slot.starts_at).hour, slot.capacity) for slot in slots]


def test_a_make_up_saturday_takes_bookings_as_a_working_day_does(line: Line) -> None:
    assert slots_on(line, MAKE_UP) == [(9, 2), (10, 2)]
    assert slots_on(line, SATURDAY) == []


def test_a_statutory_holiday_takes_none_unless_the_hall_opens_for_it(line: Line) -> None:
    shut = slots_on(line, HOLIDAY)
    SpecialHours.objects.create(
        site=line.site, day=HOLIDAY, kind="holiday", opens=time(9), closes=time(10)
    )

    assert shut == []
    assert slots_on(line, HOLIDAY) == [(9, 2)]


@pytest.mark.parametrize("kind", ["extended", "staggered"])
def test_hours_of_its_own_give_a_day_slots_of_its_own(line: Line, kind: str) -> None:
    day = date(2026, 10, 14)
    SpecialHours.objects.create(site=line.site, day=day, kind=kind, opens=time(17), closes=time(19))

    hours = slots_on(line, day)

    assert hours[-2:] == [(17, 2), (18, 2)]


def test_a_rota_is_of_the_ordinary_week_and_other_days_go_with_the_doors(line: Line) -> None:
    Rota.objects.create(window=line.site.windows.get(), weekday=3, since=time(9), until=time(10))
    SpecialHours.objects.create(
        site=line.site, day=HOLIDAY, kind="holiday", opens=time(9), closes=time(11)
    )

    assert slots_on(line, date(2026, 10, 15)) == [(9, 2)]
    assert slots_on(line, HOLIDAY) == slots_on(line, MAKE_UP) == [(9, 2), (10, 2)]


def test_a_window_gives_each_of_its_lines_a_part_of_its_time(line: Line) -> None:
    day = date(2026, 10, 12)
    alone = slots_on(line, day)
    other = a_line("B", site=line.site, windows=0, share=100, minutes=30, step=60)
    line.site.windows.get(number=1).items.add(*other.items.all())

    assert alone == [(9, 2), (10, 2)]
    assert slots_on(line, day) == slots_on(other, day) == [(9, 1), (10, 1)]


def test_a_month_of_slots_costs_as_many_statements_as_a_day(
    line: Line, django_assert_max_num_queries: Any
) -> None:
    renew_slots(line, HOLIDAY, many=1, at=MONDAY)

    with django_assert_max_num_queries(12):
        renew_slots(line, date(2026, 10, 12), many=1, at=MONDAY)
    with django_assert_max_num_queries(12):
        renew_slots(line, date(2026, 10, 13), many=31, at=MONDAY)
