"""Some who book never come: how many more a line takes for that, and that it says so."""

from math import comb

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.ending import end_day
from mingchuang.visits.actions.lines import change_line
from mingchuang.visits.models import Line, Slot
from mingchuang.visits.queries.overbooking import who_came
from mingchuang.visits.rules.overbooking import GUESS, Came, overbooked, shows_of, with_extra
from mingchuang.visits.rules.slots import Terms, planned_slots
from tests.build import A_DAY, MONDAY, a_person
from tests.visits.bookable import a_bookable_line, booked, with_slots
from tests.visits.test_slots import DOORS

places = st.integers(0, 150)
chances = st.floats(0.3, 1.0)
LATER = MONDAY + 2 * A_DAY


@pytest.mark.parametrize(
    ("places", "shows", "taken"),
    [(20, 1.0, 20), (20, 0.95, 20), (20, 0.9, 21), (40, 0.9, 43), (100, 0.95, 104), (20, 0.5, 23)],
)
def test_the_fewest_bookings_that_fill_the_places_often_enough(
    places: int, shows: float, taken: int
) -> None:
    assert overbooked(places, shows) == taken


@given(places, chances)
def test_it_is_the_newsvendor_rule_and_never_more_than_fifteen_percent(
    places: int, shows: float
) -> None:
    taken = overbooked(places, shows)

    def filled(many: int) -> float:
        return sum(
            comb(many, came) * shows**came * (1 - shows) ** (many - came)
            for came in range(places, many + 1)
        )

    assert places <= taken <= places * 115 // 100
    assert taken == places or filled(taken - 1) < 0.25 + 1e-9
    assert taken == places * 115 // 100 or filled(taken) > 0.25 - 1e-9


@given(st.integers(1, 40), chances)
def test_no_slot_of_a_day_loses_by_it_and_the_day_takes_what_its_places_do(
    minutes: int, shows: float
) -> None:
    plain = planned_slots(DOORS, [(shift, 1) for shift in DOORS], Terms(minutes))

    found = with_extra(plain, shows)

    assert [slot.capacity - slot.extra for slot in found] == [slot.capacity for slot in plain]
    total = sum(slot.capacity for slot in plain)
    assert sum(slot.capacity for slot in found) == overbooked(total, shows)


def test_little_past_tells_little_and_who_books_early_comes_less_often() -> None:
    past = {(1, 0): Came(900, 855), (1, 7): Came(100, 70), (2, 0): Came(2, 0)}

    today, early, other = shows_of(past, 1, 0), shows_of(past, 1, 9), shows_of(past, 2, 0)

    assert shows_of({}, 1, 3) == GUESS
    assert today == pytest.approx(0.925, abs=0.002)
    assert early == pytest.approx(0.75, abs=0.01)
    assert 0.8 < other < today


def a_line_nobody_comes_to() -> Line:
    """A line that is booked a day ahead, by twelve people of whom none came on Tuesday."""
    line = a_bookable_line(minutes=5, days_ahead=3)
    for slot in with_slots(line, many=1)[:2]:
        for _ in range(6):
            booked(slot)
    end_day(at=LATER)
    return line


@pytest.mark.django_db
def test_a_line_takes_more_where_many_never_came_and_says_so() -> None:
    line = a_line_nobody_comes_to()
    keeper = a_person(Role.SUPERVISOR, unit=line.site.unit)
    day = Slot.objects.filter(line=line, day=(LATER + A_DAY).date())

    change_line(line.pk, {"overbooks": True}, by=keeper, at=LATER)
    more = list(day.order_by("pk").values_list("capacity", "extra"))
    client = Client()
    client.force_login(keeper)
    page = client.get(f"/desk/bookings/?day={(LATER + A_DAY).date()}").content.decode()
    change_line(line.pk, {"overbooks": False}, by=keeper, at=LATER)

    assert who_came(line.site_id, before=LATER.date()) == {(line.pk, 1): Came(12, 0)}
    assert [capacity - extra for capacity, extra in more] == [6, 6, 6, 6]
    assert sum(extra for _capacity, extra in more) == 24 * 15 // 100
    assert "这一天比窗口能办的多放了 3 个号" in page
    assert list(day.values_list("capacity", "extra")) == [(6, 0)] * 4


@pytest.mark.django_db
def test_what_is_taken_beyond_the_windows_is_a_part_of_what_a_slot_holds() -> None:
    slot = with_slots(a_bookable_line(), many=1)[0]

    with pytest.raises(IntegrityError, match="visits_slot_extra"), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(extra=slot.capacity + 1)
