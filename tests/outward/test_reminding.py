"""People are reminded of their bookings by text message, through a gateway that is really there."""

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings as house
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.hall.models import SpecialHours
from mingchuang.ledger.models import Entry
from mingchuang.outward.place_notes_out import tell_of_place
from mingchuang.outward.reminding import remind_next
from mingchuang.visits.actions.booking import cancel_visit, move_visit
from mingchuang.visits.actions.place_notes import note_shut_days
from mingchuang.visits.actions.reminding import claim_reminder
from mingchuang.visits.actions.standby import leave_standby
from mingchuang.visits.models import PlaceNote, Reminder, SignUp, Slot, Visit
from mingchuang.visits.rules.reminding import MOST, PAUSES, days_due, next_try
from tests.build import A_DAY, AN_HOUR, MONDAY, SHANGHAI
from tests.outward.gateway import Gateway, a_gateway
from tests.outward.waiting import wait_until
from tests.tools.serving import database_of_tests, environment
from tests.tools.together import at_once
from tests.visits.bookable import a_bookable_line, booked, with_slots
from tests.visits.places import (
    CLOSED,
    a_drawn_release,
    a_full_day,
    a_release,
    a_sign_up,
    a_standby,
)

AFTERNOON = MONDAY.replace(hour=15)
PROCESSES = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with a_gateway() as opened:
        settings.SMS_GATEWAY = opened.address
        yield opened


def a_booking(**given: Any) -> Visit:
    """Somebody who comes on Tuesday at nine."""
    return booked(with_slots(a_bookable_line(), many=3)[0], phone="13800001234", **given)


@pytest.mark.django_db
def test_people_are_reminded_the_afternoon_before_and_once(gateway: Gateway) -> None:
    visit = a_booking()

    early = remind_next(at=AFTERNOON - timedelta(seconds=1))
    first, again = remind_next(at=AFTERNOON), remind_next(at=AFTERNOON + timedelta(hours=3))

    assert (early, first, again) == (False, True, False)
    assert [sent["phone"] for sent in gateway.got] == ["13800001234"]
    text = gateway.got[0]["text"]
    assert "2026年3月3日 周二 09:00" in text
    assert "城北政务服务中心（中山路 1 号）" in text
    assert visit.code not in text
    assert "王" not in text
    told = Entry.objects.get(verb="reminder.sent")
    assert told.facts == {"visit": visit.subject}


@pytest.mark.django_db
def test_who_books_after_the_reminders_went_out_is_not_reminded(gateway: Gateway) -> None:
    a_booking(at=AFTERNOON + timedelta(minutes=1))

    assert not remind_next(at=AFTERNOON + timedelta(minutes=2))
    assert not Reminder.objects.exists()


@pytest.mark.django_db
def test_who_has_cancelled_is_left_alone_and_who_moved_is_reminded_of_the_new_day(
    gateway: Gateway,
) -> None:
    slots = with_slots(a_bookable_line(), many=3)
    gone, moved = booked(slots[0]), booked(slots[1])
    cancel_visit(gone.code, at=MONDAY)
    remind_next(at=AFTERNOON)
    move_visit(moved.code, slots[-1].pk, at=AFTERNOON)

    days = [remind_next(at=AFTERNOON + n * A_DAY) for n in (1, 2)]

    assert days == [False, True]
    assert ["3月3日" in gateway.got[0]["text"], "3月5日" in gateway.got[1]["text"]] == [True, True]


@pytest.mark.django_db
def test_what_fails_is_tried_again_with_growing_pauses_and_at_last_given_up(
    gateway: Gateway,
) -> None:
    a_booking()
    gateway.answers[:] = [503, 302, 401, 500, 503]
    at, tried = AFTERNOON, []

    for pause in PAUSES:
        tried += [remind_next(at=at), remind_next(at=at + pause - timedelta(seconds=1))]
        at += pause
    tried += [remind_next(at=at), remind_next(at=at + timedelta(hours=5))]

    assert not any(tried)
    assert len(gateway.got) == MOST == 5
    assert len({heads["Idempotency-Key"] for heads in gateway.heads}) == 1
    assert {heads["path"] for heads in gateway.heads} == {"/send"}
    assert not Entry.objects.filter(verb="reminder.sent").exists()


@pytest.mark.django_db
def test_a_place_that_came_free_is_told_at_once_and_only_while_it_is_held(
    gateway: Gateway,
) -> None:
    first, second, *_ = a_full_day()
    standby, late = (a_standby(first.line, name=name) for name in ("王芳", "李明"))
    cancel_visit(first.code, at=MONDAY)

    told, again = tell_of_place(at=MONDAY), tell_of_place(at=MONDAY)
    cancel_visit(second.code, at=MONDAY)
    leave_standby(late.code, at=MONDAY)
    gone = tell_of_place(at=MONDAY + A_DAY)

    assert (told, again, gone) == (True, False, False)
    assert [sent["phone"] for sent in gateway.got] == [standby.requester.phone]
    text = gateway.got[0]["text"]
    assert "2026年3月3日 周二 09:00" in text
    assert "前打开候补的页面确认" in text
    assert standby.code not in text
    facts = Entry.objects.get(verb="placenote.sent").facts
    assert facts == {"kind": "offered", "standby": standby.subject}


@pytest.mark.django_db
def test_everybody_is_told_what_a_draw_brought_them(gateway: Gateway) -> None:
    release = a_release(quota=2)
    people = [a_sign_up(release) for _ in range(3)]
    a_drawn_release(release)

    while tell_of_place(at=CLOSED + AN_HOUR):
        pass

    texts = {sent["phone"]: sent["text"] for sent in gateway.got}
    drawn = {one.requester.phone for one in SignUp.objects.filter(visit__isnull=False)}
    assert texts.keys() == {one.requester.phone for one in people}
    assert {phone for phone, text in texts.items() if "摇中了" in text} == drawn
    assert len(drawn) == 2


@pytest.mark.django_db
def test_who_booked_a_day_that_was_shut_since_is_told_so_once_and_while_it_is_true(
    gateway: Gateway,
) -> None:
    first, second, *others = with_slots(a_bookable_line(), many=2)
    visit = booked(first, phone="13800001234")
    for one in (second, others[-1]):
        booked(one)
    shut = SpecialHours.objects.create(site=visit.site, day=visit.day, kind="closed")

    noted = [note_shut_days(at=MONDAY) for _ in range(2)]
    told = tell_of_place(at=MONDAY)
    shut.delete()
    open_again = tell_of_place(at=MONDAY)

    assert (noted, told, open_again) == ([2, 0], True, False)
    assert [sent["phone"] for sent in gateway.got] == ["13800001234"]
    text = gateway.got[0]["text"]
    assert "2026年3月3日 周二 09:00 不能办理：城北政务服务中心当天临时休息" in text
    assert visit.code not in text
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceNote.objects.create(kind="shut", visit=visit, day=visit.day)


@pytest.mark.django_db
def test_a_gateway_that_is_not_there_is_asked_again_later(gateway: Gateway, settings: Any) -> None:
    a_booking()
    settings.SMS_GATEWAY = "http://127.0.0.1:9/"
    nobody_there = remind_next(at=AFTERNOON)
    settings.SMS_GATEWAY = gateway.address.replace("//", "//hall:p%40ss@")

    assert not nobody_there
    assert remind_next(at=AFTERNOON + PAUSES[0])
    assert gateway.heads[0]["Authorization"] == "Basic aGFsbDpwQHNz"


@pytest.mark.django_db
def test_without_a_gateway_nobody_is_reminded_and_nothing_is_noted(settings: Any) -> None:
    settings.SMS_GATEWAY = ""
    a_booking()

    assert not remind_next(at=AFTERNOON)
    assert not Reminder.objects.exists()


@PROCESSES
def test_of_many_who_remind_at_once_one_does(gateway: Gateway) -> None:
    a_booking()

    at_once(*[partial(remind_next, at=AFTERNOON)] * 4)

    assert len(gateway.got) == 1
    assert Reminder.objects.get().sent_at == AFTERNOON


@PROCESSES
def test_a_process_killed_while_it_sends_leaves_nobody_unreminded(gateway: Gateway) -> None:
    a_booking()
    gateway.open.clear()
    words = (
        "import django; django.setup()\n"
        "from datetime import datetime\n"
        "from mingchuang.outward.reminding import remind_next\n"
        f"remind_next(at=datetime.fromisoformat({AFTERNOON.isoformat()!r}))"
    )
    environ = environment(house.HOME, database_of_tests())
    environ |= {"MINGCHUANG_SMS_URL": gateway.address}
    sender = subprocess.Popen([sys.executable, "-c", words], env=environ)
    wait_until(lambda: len(gateway.got) == 1)
    sender.kill()
    sender.wait(30)
    gateway.open.set()

    soon = remind_next(at=AFTERNOON + timedelta(minutes=1))
    later = remind_next(at=AFTERNOON + PAUSES[0])

    assert (soon, later) == (False, True)
    assert gateway.got[0] == gateway.got[1]
    assert gateway.heads[0]["Idempotency-Key"] == gateway.heads[1]["Idempotency-Key"]
    assert Entry.objects.filter(verb="reminder.sent").count() == 1


@pytest.mark.django_db
def test_who_cancels_while_it_is_tried_is_not_tried_again(gateway: Gateway) -> None:
    visit = a_booking()
    claim_reminder(visit, at=AFTERNOON)
    cancel_visit(visit.code, at=AFTERNOON)

    assert not remind_next(at=AFTERNOON + PAUSES[0])
    assert claim_reminder(visit, at=AFTERNOON + PAUSES[0]) is None
    assert gateway.got == []


@pytest.mark.django_db
def test_the_follower_reminds(gateway: Gateway) -> None:
    slot = with_slots(a_bookable_line(), at=now())[0]
    visit = booked(slot, at=now() - 3 * A_DAY)
    soon = now() + timedelta(minutes=30)
    Slot.objects.filter(pk=slot.pk).update(starts_at=soon, ends_at=soon + timedelta(minutes=30))
    Visit.objects.filter(pk=visit.pk).update(day=localdate())

    call_command("follow", "--once", stdout=io.StringIO())

    assert len(gateway.got) == 1


moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(SHANGHAI))


@given(moments)
def test_a_day_is_due_from_three_in_the_afternoon_before_to_its_end(at: datetime) -> None:
    days = dict(days_due(at))

    assert at.date() in days
    assert (at.date() + A_DAY in days) == (at.hour >= 15)
    assert all(since <= at for since in days.values())


def test_pauses_grow_and_end() -> None:
    pauses = [(next_try(n, MONDAY) or MONDAY) - MONDAY for n in range(1, MOST)]

    assert pauses == sorted(set(pauses))
    assert next_try(MOST, MONDAY) is None
