"""Several things and several people in one coming: what that takes, and where it is free."""

from functools import partial

import pytest
from django.db.models import F
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from mingchuang.hall.models import SpecialHours
from mingchuang.ledger.models import Entry
from mingchuang.people.rules.roles import Role
from mingchuang.visits import errors
from mingchuang.visits.actions.booking import move_visit
from mingchuang.visits.models import Line, Slot, Visit
from mingchuang.visits.queries.free import free_days, free_places, times_on
from mingchuang.visits.queries.wanted import Wanted, done_with, item_booked, lines_at
from mingchuang.visits.rules.booking import places_for
from tests.build import A_DAY, MONDAY, a_person
from tests.tools.together import at_once
from tests.visits.bookable import (
    a_bookable_line,
    a_rare_item,
    another_item,
    another_place,
    booked,
    the_item,
    with_slots,
)

TUESDAY = localdate(MONDAY) + A_DAY
some = st.sets(st.integers(1, 9))


@given(st.integers(1, 20), st.sets(st.integers(1, 9), min_size=1), some, some)
def test_what_a_booking_takes_adds_up_over_the_lines_that_do_it(
    persons: int, items: set[int], line: set[int], other: set[int]
) -> None:
    both = places_for(persons, items, line | other)

    assert both == places_for(persons, items, line) + places_for(persons, items, other - line)


def test_who_names_nothing_comes_for_one_thing() -> None:
    assert places_for(3, [], [1, 2]) == 3


@pytest.mark.django_db
def test_each_person_and_each_thing_done_in_the_line_takes_a_place() -> None:
    line = a_bookable_line(windows=4)
    same, elsewhere = another_item(line, "社保卡"), another_item(line, "公积金", own_line="B")
    slot = with_slots(line)[0]

    visit = booked(slot, persons=2, items=[the_item(line), same, elsewhere])

    slot.refresh_from_db()
    assert (visit.persons, visit.places, slot.taken) == (2, 4, 4)
    assert set(visit.items.all()) == {the_item(line), same, elsewhere}
    told = Entry.objects.get(verb="visit.booked").facts
    assert told["items"] == sorted(item.code for item in visit.items.all())


@pytest.mark.django_db
def test_what_is_not_done_at_that_place_is_refused_in_words() -> None:
    line, other = a_bookable_line(), a_bookable_line()
    slot = with_slots(line)[0]

    with pytest.raises(errors.NotDoneThere, match="城北政务服务中心"):
        booked(slot, items=[the_item(line), the_item(other)])
    with pytest.raises(errors.NotDoneThere):
        booked(slot, items=[the_item(other)])

    slot.refresh_from_db()
    assert slot.taken == 0


@pytest.mark.django_db
def test_a_move_to_a_day_with_enough_bookings_under_one_phone_is_refused() -> None:
    first, second, *_others, far = with_slots(a_bookable_line(), many=2)
    for slot in (first, second):
        booked(slot, phone="13900000000")
    visit = booked(far, phone="13900000000")

    with pytest.raises(errors.BookedEnough):
        move_visit(visit.code, first.pk, at=MONDAY)

    visit.refresh_from_db()
    assert visit.slot == far


@pytest.mark.django_db
def test_a_move_by_staff_says_who_moved_it_and_takes_what_it_took() -> None:
    line = a_bookable_line(windows=2)
    first, second = with_slots(line)[:2]
    visit = booked(first, persons=2, items=[the_item(line), another_item(line, "社保卡")])
    clerk = a_person(Role.RECEPTION)

    move_visit(visit.code, second.pk, at=MONDAY, by=clerk)

    for slot in (first, second):
        slot.refresh_from_db()
    assert (first.taken, second.taken) == (0, 4)
    assert Entry.objects.get(verb="visit.moved").facts["by"] == clerk.badge


@pytest.mark.django_db
def test_each_place_says_from_when_on_it_is_free_and_how_many_soon(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    line = a_bookable_line(minutes=30)
    far, full = another_place(line, "江滨分中心"), another_place(line, "城南分中心", days_ahead=1)
    for one in (line, far, full):
        with_slots(one)
    Slot.objects.filter(line=full).update(taken=F("capacity"))
    Slot.objects.filter(line=line, day=TUESDAY).update(taken=F("capacity"))
    wanted = Wanted([the_item(line)], 1)

    with django_assert_max_num_queries(3):
        places = free_places(wanted, now=MONDAY)

    assert [(p.site.name, p.first, p.left) for p in places] == [
        ("城北政务服务中心", TUESDAY + A_DAY, 20),
        ("江滨分中心", TUESDAY, 48),
        ("城南分中心", None, 0),
    ]


@pytest.mark.django_db
def test_a_group_is_shown_only_the_slots_that_hold_all_of_it() -> None:
    line = a_bookable_line(windows=2)
    slots = with_slots(line, many=1)
    booked(slots[0], persons=2)
    wanted = Wanted([the_item(line)], 3)
    lines = lines_at(line.site.code, wanted)

    times = times_on(lines, wanted, TUESDAY, now=MONDAY)

    assert [(left, fits) for _slot, left, fits in times] == [(2, False), *[(4, True)] * 3]
    assert free_places(wanted, now=MONDAY)[0].left == 12
    assert free_days(lines, wanted, now=MONDAY)[1].left == 12


@pytest.mark.django_db
def test_days_say_how_many_are_free_and_why_there_are_none() -> None:
    line = a_bookable_line(days_ahead=3)
    SpecialHours.objects.create(site=line.site, day=TUESDAY + A_DAY, kind="closed", note="设备检修")
    with_slots(line)
    Slot.objects.filter(line=line, day=TUESDAY).update(taken=F("capacity"))
    wanted = Wanted([the_item(line)], 1)

    days = free_days(lines_at(line.site.code, wanted), wanted, now=MONDAY)

    assert [(day.times, day.left) for day in days] == [(0, 0), (4, 0), (0, 0), (4, 8)]
    assert (days[2].open.kind, days[2].open.note) == ("closed", "设备检修")


@pytest.mark.django_db
def test_a_month_of_fifty_windows_takes_four_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    line = a_bookable_line(windows=50, days_ahead=30)
    with_slots(line, many=30)
    wanted = Wanted([the_item(line)], 1)
    lines = lines_at(line.site.code, wanted)

    with django_assert_max_num_queries(4):
        days = free_days(lines, wanted, now=MONDAY)

    assert [day.left for day in days] == [0, *[400] * 30]


@pytest.mark.django_db
def test_what_else_is_done_there_is_offered_and_nothing_of_lines_out_of_use() -> None:
    line = a_bookable_line()
    same, other = another_item(line, "社保卡"), another_item(line, "公积金", own_line="B")
    another_item(line, "旧业务", own_line="C")
    Line.objects.filter(prefix="C").update(active=False)
    a_bookable_line()

    assert set(done_with(the_item(line))) == {same, other}


@pytest.mark.django_db
def test_what_no_line_takes_in_is_not_booked_and_says_so() -> None:
    line = a_bookable_line()
    Line.objects.update(active=False)

    with pytest.raises(errors.NotBooked, match="直接到窗口"):
        item_booked(the_item(line).code)


@pytest.mark.django_db(transaction=True)
def test_of_sixty_four_at_once_residents_and_staff_get_exactly_what_the_slot_holds() -> None:
    line = a_bookable_line(windows=5)
    items, rare = [the_item(line), another_item(line, "社保卡")], a_rare_item(line)
    slot, clerk = with_slots(line, many=1)[0], a_person(Role.RECEPTION)
    doors = [clerk if n % 2 else None for n in range(64)]

    bound = at_once(*(partial(booked, slot, items=[rare], by=by) for by in doors[:8]))
    became = at_once(*(partial(booked, slot, items=items, by=by) for by in doors))

    slot.refresh_from_db()
    assert bound == ["done"] * 2 + ["slot_full"] * 6
    assert became == ["done"] * 4 + ["slot_full"] * 60
    assert (slot.taken, slot.capacity) == (10, 10)
    assert Visit.objects.count() == 6
