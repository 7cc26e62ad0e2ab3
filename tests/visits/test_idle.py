"""The minutes a hall's own load leaves idle, and a batch spread over them."""

from datetime import date, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.actions.batch_plans import ask_plan
from mingchuang.hall.models import OpeningHours
from mingchuang.visits.actions.calling import call_next, finish, start
from mingchuang.visits.queries.idle import idle_minutes
from mingchuang.visits.reckoning import is_anything_to_reckon, reckon
from mingchuang.visits.rules.idle import idle, minutes_open, shares
from tests.build import MONDAY
from tests.cases.batches.build import (
    a_batch,
    a_row,
    a_sheet,
    a_workbook,
    in_hand,
    sent,
    the_contact,
)
from tests.hall.build import a_site, a_window
from tests.visits.hall import a_clerk, a_line, a_visit

TUESDAY = date(2026, 3, 3)
amounts = st.dictionaries(st.dates(TUESDAY, TUESDAY + timedelta(30)), st.integers(0, 5000))


@given(amounts, amounts)
def test_what_is_idle_is_never_more_than_the_windows_have(
    capacity: dict[date, int], load: dict[date, int]
) -> None:
    left = idle(capacity, load)

    assert left.keys() == capacity.keys()
    assert all(0 <= left[day] <= capacity[day] for day in left)


def test_a_line_weighs_on_windows_by_the_part_they_have_in_it() -> None:
    own, other = 1, 2
    served = [(own, 3), (own, 4), (other, 4), (other, 5)]

    assert shares(served, {3, 4}) == {own: 1, other: Fraction(1, 3)}


def test_a_midday_break_is_not_open() -> None:
    assert minutes_open([(time(9), time(11, 30)), (time(13, 30), time(17))]) == 360


@pytest.mark.django_db
def test_a_batch_is_spread_by_the_doors_of_the_hall_that_does_it() -> None:
    sheet = a_sheet()
    site = a_site()
    a_window(site, 1, sheet.item)
    OpeningHours.objects.create(site=site, weekday=1, opens=time(9), closes=time(10))
    batch = in_hand(a_batch(sheet))
    sent(batch, a_workbook(*(a_row(n) for n in range(1, 6))))
    ask_plan(batch.number, by=the_contact(batch), at=MONDAY)

    assert is_anything_to_reckon(MONDAY)
    reckon(lambda: MONDAY)

    batch.refresh_from_db()
    assert idle_minutes(sheet.item, MONDAY.date(), many=1) == {TUESDAY: 51}
    assert batch.people.filter(planned_on=TUESDAY).count() == 4
    assert batch.promised_on == TUESDAY + timedelta(7)


@pytest.mark.django_db
def test_an_ordinary_monday_is_one_on_which_anybody_came() -> None:
    line = a_line()
    OpeningHours.objects.create(site=line.site, weekday=0, opens=time(9), closes=time(10))
    a_visit(line)
    clerk = a_clerk(line)
    for step in (call_next, start, finish):
        step(by=clerk, at=MONDAY)

    left = idle_minutes(line.items.get(), TUESDAY, many=6)

    assert left[TUESDAY + timedelta(6)] == 51 - line.minutes
