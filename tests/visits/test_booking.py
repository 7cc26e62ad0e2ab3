"""Slots follow the hall; a place is taken once, moved, given back, and becomes a number."""

from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils.timezone import localtime

from mingchuang.hall.models import OpeningHours, SpecialHours
from mingchuang.ledger.models import Entry
from mingchuang.visits import errors
from mingchuang.visits.actions.booking import book_visit, cancel_visit, check_in, move_visit
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.models import Line, Rota, Slot, Visit
from mingchuang.visits.rules.life import State
from tests.build import A_DAY, MONDAY
from tests.tools.together import at_once
from tests.visits.hall import a_line

TODAY = localtime(MONDAY).date()
TUESDAY = TODAY + A_DAY


def a_bookable_line(*, windows: int = 1, **given: Any) -> Line:
    line = a_line(windows=windows, **{"share": 100, "minutes": 15, **given})
    for weekday in range(5):
        OpeningHours.objects.create(site=line.site, weekday=weekday, opens=time(9), closes=time(11))
    return line


def renewed(line: Line, *, on: date = TUESDAY, many: int = 1) -> list[tuple[time, int]]:
    renew_slots(line, on, many=many, at=MONDAY)
    slots = Slot.objects.filter(line=line, day=on).order_by("starts_at")
    return [(localtime(slot.starts_at).time(), slot.capacity) for slot in slots]


def booked(slot: Slot, key: str = "k", phone: str = "13800000000", **given: Any) -> Visit:
    who = {"name": "王芳", "phone": phone, "at": MONDAY}
    return book_visit(slot.pk, key=key, **{**who, **given})


def a_slot(**given: Any) -> Slot:
    line = a_bookable_line(**given)
    renewed(line)
    return Slot.objects.filter(line=line).order_by("starts_at")[0]


@pytest.mark.django_db
def test_slots_follow_the_doors_the_windows_and_their_rota() -> None:
    line = a_bookable_line(windows=2)
    second = line.site.windows.get(number=2)
    Rota.objects.create(window=second, weekday=TUESDAY.weekday(), since=time(10), until=time(11))

    assert renewed(line) == [(time(9), 2), (time(9, 30), 2), (time(10), 4), (time(10, 30), 4)]


@pytest.mark.django_db
def test_what_has_not_changed_is_not_written_again() -> None:
    line = a_bookable_line()
    renewed(line)

    assert renew_slots(line, TUESDAY, many=1, at=MONDAY) == 0
    assert Entry.objects.filter(verb="line.renewed").count() == 1


@pytest.mark.django_db
def test_a_day_that_is_shut_takes_nobody_more_and_leaves_who_is_booked() -> None:
    line = a_bookable_line()
    renewed(line)
    first, second = Slot.objects.filter(line=line).order_by("starts_at")[:2]
    booked(first)
    SpecialHours.objects.create(site=line.site, day=TUESDAY, kind="closed")

    assert renewed(line)[0] == (time(9), 1)
    second.refresh_from_db()
    assert second.capacity == 0
    assert Entry.objects.filter(verb="line.renewed").order_by("-pk")[0].facts["crowded"] == 1


@pytest.mark.django_db
def test_a_place_is_booked_once_however_often_the_form_is_sent() -> None:
    slot = a_slot()

    first, again = booked(slot), booked(slot)

    slot.refresh_from_db()
    assert (first.pk, slot.taken, first.state) == (again.pk, 1, State.BOOKED)
    facts = Entry.objects.get(verb="visit.booked").facts
    assert "王" not in str(facts)
    assert "138" not in str(facts)


@pytest.mark.django_db
def test_a_full_slot_a_past_one_and_one_too_far_are_refused_in_words() -> None:
    slot = a_slot(minutes=30, days_ahead=7)
    booked(slot)

    with pytest.raises(errors.SlotFull):
        booked(slot, "other", "13900000000")
    with pytest.raises(errors.SlotOver):
        booked(slot, "late", "13900000000", at=slot.starts_at)
    with pytest.raises(errors.TooFarAhead, match="7 天"):
        booked(slot, "early", "13900000000", at=MONDAY - 9 * A_DAY)


@pytest.mark.django_db
def test_a_group_needs_as_many_places_as_it_has_people() -> None:
    slot = a_slot()

    with pytest.raises(errors.TooFewLeft, match="只余 2 个，放不下您要的 3 个"):
        booked(slot, persons=3)
    booked(slot, persons=2)

    slot.refresh_from_db()
    assert (slot.taken, slot.left) == (2, 0)


@pytest.mark.django_db
def test_one_phone_books_two_visits_a_day() -> None:
    slots = list(Slot.objects.filter(line=a_slot().line).order_by("starts_at"))
    for n, slot in enumerate(slots[:2]):
        booked(slot, f"k{n}")

    with pytest.raises(errors.BookedEnough, match="2 个预约"):
        booked(slots[2], "k3")


@pytest.mark.django_db
def test_a_place_is_moved_and_the_old_one_is_free_again() -> None:
    first, second = Slot.objects.filter(line=a_slot().line).order_by("starts_at")[:2]
    visit = booked(first)

    move_visit(visit.code, second.pk, at=MONDAY)
    cancel_visit(visit.code, at=MONDAY)

    for slot in (first, second):
        slot.refresh_from_db()
        assert slot.taken == 0
    told = Entry.objects.filter(subject=visit.subject).order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["visit.booked", "visit.moved", "visit.cancelled"]


@pytest.mark.django_db
def test_a_move_to_a_full_slot_keeps_the_place_one_has() -> None:
    first, second = Slot.objects.filter(line=a_slot(minutes=30).line).order_by("starts_at")[:2]
    visit = booked(first)
    booked(second, "other", "13900000000")

    with pytest.raises(errors.SlotFull):
        move_visit(visit.code, second.pk, at=MONDAY)

    first.refresh_from_db()
    assert (first.taken, Visit.objects.get(pk=visit.pk).slot) == (1, first)


@pytest.mark.django_db
def test_a_booked_visit_is_a_number_that_stands_from_its_slot_on() -> None:
    slot = a_slot()
    visit = booked(slot)
    minutes = partial(timedelta, minutes=1)

    with pytest.raises(errors.NotYetTime, match="08:00"):
        check_in(visit.code, at=slot.starts_at - 61 * minutes())
    with pytest.raises(errors.CameTooLate):
        check_in(visit.code, at=slot.ends_at)
    there = check_in(visit.code, at=slot.starts_at - 30 * minutes())

    assert (there.shown, there.state) == ("A001", State.WAITING)
    assert there.stands_since == slot.starts_at - 10 * minutes()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_one_slot_at_once_as_many_get_it_as_it_holds() -> None:
    slot = a_slot(minutes=10)
    deeds = [partial(booked, slot, f"k{n}", f"1380000{n:04d}") for n in range(16)]

    became = at_once(*deeds)

    slot.refresh_from_db()
    assert became == ["done"] * 3 + ["slot_full"] * 13
    assert (slot.taken, slot.capacity, Visit.objects.count()) == (3, 3, 3)


@pytest.mark.django_db(transaction=True)
def test_of_many_bookings_under_one_phone_at_once_two_are_taken() -> None:
    slot = a_slot(minutes=5)
    deeds = [partial(booked, slot, f"k{n}") for n in range(5)]

    became = at_once(*deeds)

    assert became == ["booked_enough"] * 3 + ["done"] * 2


@pytest.mark.django_db(transaction=True)
def test_of_moves_that_come_together_each_gives_back_the_place_it_leaves() -> None:
    first = a_slot()
    others = list(Slot.objects.filter(line=first.line).order_by("starts_at")[1:4])
    visit = booked(first)

    at_once(*[partial(move_visit, visit.code, slot.pk, at=MONDAY) for slot in others])

    visit.refresh_from_db()
    taken = Slot.objects.filter(taken__gt=0).values_list("pk", "taken")
    assert list(taken) == [(visit.slot_id, 1)]
    assert Entry.objects.filter(verb="visit.moved").count() == 3
