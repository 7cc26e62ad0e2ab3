"""Real processes at one hall: what the benches measure, with fewer numbers. No time is asserted."""

import pytest

from mingchuang.outward.bench import booking, numbers
from mingchuang.outward.measuring.asked import Asked
from mingchuang.outward.measuring.halls import build_hall
from mingchuang.outward.measuring.results import Row
from mingchuang.visits.models import Slot
from tests.build import MONDAY

FEW = Asked(at=MONDAY, many=96, seconds=1)


def told(rows: list[Row]) -> dict[str, float]:
    return {row.what: row.ours for row in rows}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_sixty_four_people_who_want_one_slot_at_once_as_many_get_it_as_it_holds() -> None:
    hall = build_hall(windows=1, clerks=1, at=MONDAY)

    rows = booking.one_slot(hall, at=MONDAY)

    assert list(told(rows).values()) == [booking.PLACES, 0]
    assert Slot.objects.get().taken == booking.PLACES


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_sixteen_kiosks_and_eight_windows_give_and_call_each_number_once_and_in_turn() -> None:
    hall = build_hall(windows=numbers.WINDOWS, clerks=numbers.WINDOWS, at=MONDAY)

    rows = numbers.all_at_once(hall, 96, FEW)

    assert [row.ours for row in rows[:-1]] == [96, 0, 0, 96, 0]
    assert all(row.holds is not False for row in rows)


@pytest.mark.django_db
def test_a_month_of_slots_is_made_and_found_to_stand_already() -> None:
    hall = build_hall(windows=5, clerks=0, at=MONDAY)

    booking.a_month(hall, at=MONDAY)

    days = Slot.objects.order_by("day").values_list("day", flat=True).distinct()
    assert len(days) == booking.MONTH
