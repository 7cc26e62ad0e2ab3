"""Bookings at the desk: the list of a day, booking for somebody who calls, found by telephone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries

from mingchuang.hall.models import SpecialHours
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.models import Line, Slot, Visit
from mingchuang.visits.queries.reminding import visit_to_remind
from tests.build import A_DAY, a_person
from tests.visits.bookable import (
    a_bookable_line,
    another_item,
    another_place,
    booked,
    the_item,
    with_slots,
)

pytestmark = pytest.mark.django_db
LIST = "/desk/bookings/"
TOMORROW = f"{LIST}?day={localdate() + A_DAY:%Y-%m-%d}"
WHO = {"name": "王小芳", "phone": "13800000000", "green": "", "key": "k" * 32}


@pytest.fixture
def line() -> Line:
    line = a_bookable_line(windows=2)
    with_slots(line, at=now())
    return line


@pytest.fixture
def clerk(line: Line) -> Person:
    return a_person(Role.RECEPTION, unit=line.site.unit)


@pytest.fixture
def desk(client: Client, clerk: Person) -> Client:
    client.force_login(clerk)
    return client


def slots_of(line: Line) -> list[Slot]:
    return list(Slot.objects.filter(line=line).order_by("starts_at"))


def page(client: Client, path: str, sent: dict[str, Any] | None = None, status: int = 200) -> str:
    response = client.get(path) if sent is None else client.post(path, sent)
    assert response.status_code == status
    return response.content.decode()


def test_a_day_that_was_shut_since_is_nobody_elses_and_everybody_is_told(
    desk: Client, line: Line
) -> None:
    early, late = slots_of(line)[:2]
    gone, kept = booked(early, at=now()), booked(late, at=now())
    SpecialHours.objects.create(site=line.site, day=kept.day, kind="closed")
    renew_slots(line, kept.day, many=1, at=now())

    cancel_visit(gone.code, at=now())
    ticket = page(desk, reverse("visits:visit", args=[kept.code]))
    listed = page(desk, TOMORROW)

    early.refresh_from_db()
    assert (early.capacity, early.taken) == (0, 0)
    assert "这一天大厅临时休息，请改约。" in ticket
    assert "起可以取号" not in ticket
    assert f"{line.site.name}：这一天临时休息" in listed
    assert visit_to_remind(late.starts_at - timedelta(hours=1)) is None


def test_who_comes_on_a_day_is_listed_without_telling_who_they_are(
    desk: Client, line: Line
) -> None:
    booked(slots_of(line)[1], name="王小芳", phone="13800001234", green="elderly", at=now())

    told = page(desk, TOMORROW)

    assert all(words in told for words in ("王*芳", "138****1234", "09:30", "老年人", "已预约"))
    assert "13800001234" not in told
    assert "这一天没有预约" in page(desk, LIST)


def test_bookings_of_other_units_are_not_there(desk: Client, line: Line) -> None:
    other = another_place(line, "江滨分中心")
    visit = booked(with_slots(other, at=now())[0], phone="13800001234", at=now())

    assert "这一天没有预约" in page(desk, TOMORROW)
    assert "没有预约" in page(desk, LIST, {"phone": "13800001234"})
    for name in ("move_for", "cancel_for"):
        page(desk, reverse(f"visits:{name}", args=[visit.pk]), status=404)
    page(desk, reverse("visits:book_for", args=[other.pk]), status=404)
    other_slot = {**WHO, "slot": slots_of(other)[1].pk}
    page(desk, reverse("visits:book_for", args=[line.pk]), other_slot, status=404)


def test_a_long_list_is_paged_and_takes_no_more_statements(
    desk: Client, line: Line, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    slot = slots_of(line)[0]
    Slot.objects.filter(pk=slot.pk).update(capacity=80)
    for _ in range(60):
        booked(slot, items=[the_item(line)], at=now())
    page(desk, TOMORROW)

    with django_assert_max_num_queries(8):
        first = page(desk, TOMORROW)

    assert first.count("138****") == 50
    assert page(desk, f"{TOMORROW}&page=2").count("138****") == 10


def test_a_clerk_books_by_the_same_door(desk: Client, line: Line, clerk: Person) -> None:
    other, slot = another_item(line, "社保卡补领"), slots_of(line)[0]
    door = f"{reverse('visits:book_for', args=[line.pk])}?persons=2&also={other.code}"

    shown = page(desk, door)
    sent = desk.post(door, {**WHO, "slot": slot.pk})

    assert "社保卡补领" in shown
    assert sent["Location"] == TOMORROW
    visit = Visit.objects.get()
    assert (visit.slot, visit.places, list(visit.items.all())) == (slot, 2, [other])
    assert Entry.objects.get(verb="visit.booked").facts["by"] == clerk.badge


def test_a_slot_that_is_full_is_said_and_what_was_typed_stays(desk: Client, line: Line) -> None:
    slot, another = slots_of(line)[:2]
    Slot.objects.filter(pk=slot.pk).update(taken=F("capacity"))
    door = reverse("visits:book_for", args=[line.pk])

    full = page(desk, door, {**WHO, "slot": slot.pk}, status=422)
    nameless = page(desk, door, {**WHO, "name": "", "slot": another.pk}, status=422)
    timeless = page(desk, door, WHO, status=422)

    assert "刚刚约满了" in full
    assert 'value="王小芳"' in full
    assert f'value="{another.pk}" checked' in nameless
    assert "请选一个时间" in timeless


def test_the_limit_of_a_phone_holds_for_staff_too(desk: Client, line: Line) -> None:
    slot, *others = slots_of(line)[:3]
    for one in others:
        booked(one, phone=WHO["phone"], at=now())

    told = page(
        desk, reverse("visits:book_for", args=[line.pk]), {**WHO, "slot": slot.pk}, status=422
    )

    assert "已有 2 个预约" in told


def test_who_lost_their_page_is_found_by_telephone(desk: Client, line: Line) -> None:
    visit = booked(slots_of(line)[5], phone="138-0000-1234", at=now())
    booked(slots_of(line)[6], phone="13800009999", at=now())

    told = page(desk, LIST, {"phone": "1380000 1234"})

    assert told.count("138****") == 1
    assert reverse("visits:visit", args=[visit.code]) in told
    assert "请填能打通的电话" in page(desk, LIST, {"phone": "12"}, status=422)


def test_a_caller_moves_and_cancels_through_a_clerk(
    desk: Client, line: Line, clerk: Person
) -> None:
    first, second = slots_of(line)[:2]
    visit = booked(first, at=now())

    move, cancel = (reverse(f"visits:{way}_for", args=[visit.pk]) for way in ("move", "cancel"))
    moved = desk.post(move, {"slot": second.pk, "seen": visit.slot_id})
    cancelled = desk.post(cancel, {"seen": second.pk})

    assert moved["Location"] == cancelled["Location"] == TOMORROW
    visit.refresh_from_db()
    assert (visit.slot, visit.state) == (second, "cancelled")
    told = Entry.objects.filter(subject=visit.subject).order_by("pk")
    assert [(one.verb, one.facts.get("by")) for one in told] == [
        ("visit.booked", None),
        ("visit.moved", clerk.badge),
        ("visit.cancelled", clerk.badge),
    ]


def test_of_several_lines_one_is_chosen_and_of_one_it_is_that_one(desk: Client, line: Line) -> None:
    choose = reverse("visits:choose_line")
    door = reverse("visits:book_for", args=[line.pk])

    assert desk.get(choose)["Location"] == door
    another_item(line, "公积金", own_line="B")
    assert f'href="{door}"' in page(desk, choose)


def test_a_day_that_is_none_is_said_and_shows_today(desk: Client) -> None:
    assert "这一天没有预约" in page(desk, f"{LIST}?day=someday", status=422)
