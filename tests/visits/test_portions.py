"""What only some windows of a line take in is not booked beyond what these can do."""

from datetime import time
from fractions import Fraction

import pytest
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.hall.models import SpecialHours
from mingchuang.people.rules.roles import Role
from mingchuang.visits import errors
from mingchuang.visits.actions.booking import cancel_visit, move_visit
from mingchuang.visits.actions.standby import take_offer
from mingchuang.visits.models import Line, Rota
from mingchuang.visits.queries.free import free_days, free_places, times_near, times_on
from mingchuang.visits.queries.standby import slots_miscounted
from mingchuang.visits.queries.wanted import Wanted, lines_at
from mingchuang.visits.rules.portions import stretches
from mingchuang.visits.rules.skills import Skills
from mingchuang.visits.rules.slots import Shared
from tests.build import A_DAY, MONDAY, a_person
from tests.visits.bookable import a_bookable_line, a_rare_item, booked, the_item, with_slots
from tests.visits.places import a_standby

TUESDAY = localdate(MONDAY) + A_DAY
HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
NINE, ELEVEN = time(9), time(11)
some = st.frozensets(st.integers(1, 5))


def test_windows_without_a_rota_have_their_part_of_every_day() -> None:
    found = stretches({1: Shared(()), 2: Shared((), 2), 3: Shared((), 2)}, {2})

    assert {one.portion for one in found} == {QUARTER}
    assert [one.weekday for one in found] == [*range(7)]


def test_a_portion_is_that_of_who_is_on_duty_then_the_least_first() -> None:
    windows = {1: Shared([(0, NINE, ELEVEN), (1, NINE, ELEVEN)]), 2: Shared([(0, NINE, ELEVEN)])}

    assert stretches(windows, {2}) == [(0, 1, NINE, ELEVEN), (HALF, 0, NINE, ELEVEN)]
    assert stretches({}, {2}) == []


@given(some, st.dictionaries(st.integers(1, 4), some), some)
def test_nobody_is_bound_to_windows_that_cannot_do_it_nor_where_all_can(
    line: frozenset[int], windows: dict[int, frozenset[int]], items: frozenset[int]
) -> None:
    skills = Skills({9: line}, windows)

    bound = skills.bound(9, items)

    only, wanted = skills.only(9, items), items & line
    assert only is None or not only or only in bound
    assert all(one < skills.calling(9) for one in bound)
    assert not bound or any(not wanted <= windows[one] for one in skills.calling(9))


def test_who_is_bound_to_one_window_is_bound_to_all_sets_it_is_in() -> None:
    a, b, c = (frozenset({item}) for item in (1, 2, 3))
    skills = Skills({9: a | b | c}, {1: a, 2: a | b, 3: a | b | c})

    assert skills.bound(9, c) == [{3}, {2, 3}]
    assert skills.bound(9, a | b) == [{2, 3}]
    assert skills.bound(9, a) == []


def left(line: Line, wanted: Wanted) -> tuple[int, int, list[tuple[int, bool]]]:
    """What each page tells: of places, of the day, of its times."""
    lines = lines_at(line.site.code, wanted)
    times = [(n, fits) for _slot, n, fits in times_on(lines, wanted, TUESDAY, now=MONDAY)]
    (place,) = free_places(wanted, now=MONDAY)
    return place.left, free_days(lines, wanted, now=MONDAY)[1].left, times


@pytest.mark.django_db
def test_of_four_windows_one_that_takes_it_in_has_a_fourth_of_each_slot() -> None:
    line = a_bookable_line(windows=4)
    plain, rare = the_item(line), a_rare_item(line)
    first, second, *_others = with_slots(line, many=1)
    wanted = Wanted([rare], 1)

    booked(first, items=[rare], persons=2, by=a_person(Role.RECEPTION))
    booked(second, items=[rare])
    with pytest.raises(errors.SlotFull, match="刚刚约满"):
        booked(first, items=[rare])
    with pytest.raises(errors.TooFewLeft, match="只余 1 个"):
        booked(second, items=[rare, plain])

    assert left(line, wanted) == (5, 5, [(0, False), (1, True), (2, True), (2, True)])
    assert left(line, Wanted([plain], 1))[0] == 29
    near = times_near(lines_at(line.site.code, wanted), wanted, first, many=4, now=MONDAY)
    assert first not in near
    assert second in near
    booked(first, items=[plain], persons=6)
    first.refresh_from_db()
    assert first.taken == first.capacity == 8


@pytest.mark.django_db
def test_a_move_takes_of_the_portion_and_gives_it_back() -> None:
    line = a_bookable_line(windows=2)
    rare = a_rare_item(line)
    first, second, *_others = with_slots(line, many=1)
    full = booked(first, items=[rare], persons=2)
    mine = booked(second, items=[rare])

    with pytest.raises(errors.SlotFull):
        move_visit(mine.code, first.pk, at=MONDAY)
    cancel_visit(full.code, at=MONDAY)
    move_visit(mine.code, first.pk, at=MONDAY)

    mine.refresh_from_db()
    assert mine.slot == first


@pytest.mark.django_db
def test_on_a_day_on_which_nobody_is_there_who_takes_it_in_it_is_not_booked() -> None:
    line = a_bookable_line(windows=2)
    rare = a_rare_item(line)
    window = line.site.windows.get(number=1)
    Rota.objects.create(window=window, weekday=TUESDAY.weekday(), since=time(9), until=time(9, 45))
    slots = with_slots(line, many=2)

    told = left(line, Wanted([rare], 1))

    assert [slot.capacity for slot in slots] == [4, 3, 2, 2, 2, 2, 2, 2]
    assert told == (3, 3, [(2, True), (1, True), (0, False), (0, False)])


@pytest.mark.django_db
def test_on_a_day_with_hours_of_its_own_no_rota_keeps_a_portion_back() -> None:
    line = a_bookable_line(windows=2)
    rare = a_rare_item(line)
    window = line.site.windows.get(number=1)
    Rota.objects.create(window=window, weekday=TUESDAY.weekday(), since=time(9), until=time(9, 45))
    own = {"site": line.site, "day": TUESDAY, "kind": "extended"}
    SpecialHours.objects.create(**own, opens=time(9), closes=time(10))
    slots = with_slots(line, many=2)

    told = left(line, Wanted([rare], 1))

    assert [slot.capacity for slot in slots if slot.day == TUESDAY] == [4, 4]
    assert told == (4, 4, [(2, True), (2, True)])


@pytest.mark.django_db
def test_a_place_that_came_free_is_offered_to_whom_its_windows_can_help() -> None:
    line = a_bookable_line(windows=2)
    plain, rare = the_item(line), a_rare_item(line)
    slots = with_slots(line, many=1)
    for full in slots[1:]:
        booked(full, items=[plain], persons=full.capacity)
    bound, other = booked(slots[0], items=[rare], persons=2), booked(slots[0], items=[plain])
    first = a_standby(line, items=[rare])
    booked(slots[0], items=[plain])
    second = a_standby(line, items=[plain])

    cancel_visit(other.code, at=MONDAY)
    first.refresh_from_db()
    second.refresh_from_db()
    then = [first.state, second.state]
    cancel_visit(bound.code, at=MONDAY)
    visit = take_offer(first.code, at=MONDAY)

    assert then == ["waiting", "offered"]
    assert visit.slot == slots[0]
    assert left(line, Wanted([rare], 1))[0] == 1
    assert not slots_miscounted().exists()
