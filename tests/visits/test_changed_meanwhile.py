"""A booking that is changed in two places at once: nobody acts on what is no longer so."""

import threading
import time
from datetime import datetime
from functools import partial

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime, now

from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.booking import move_visit
from mingchuang.visits.actions.remote import arrive
from mingchuang.visits.models import Slot, Visit
from tests.build import MONDAY, a_person
from tests.tools.together import at_once
from tests.visits.bookable import a_bookable_line, another_place, booked, the_item, with_slots


def move_slowly(visit: Visit, slot: Slot, written: threading.Event) -> None:
    """Move a booking, and commit once somebody waits for its row."""
    with transaction.atomic():
        move_visit(visit.code, slot.pk, at=MONDAY)
        written.set()
        _until_somebody_waits()
    connections.close_all()


def _until_somebody_waits() -> None:
    here = "datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(f"SELECT COUNT(*) FROM pg_stat_activity WHERE {here}")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="one writer at a time on SQLite")
@pytest.mark.django_db(transaction=True)
def test_who_arrives_while_the_booking_is_moved_elsewhere_joins_no_line() -> None:
    line = a_bookable_line()
    other = another_place(line, "城南政务服务中心")
    here, there = with_slots(line)[0], with_slots(other)[0]
    visit = booked(here, items=[the_item(line)])
    written = threading.Event()
    slow = threading.Thread(target=move_slowly, args=(visit, there, written))

    slow.start()
    assert written.wait(20)
    became = at_once(partial(arrive, visit.code, at=here.starts_at))
    slow.join()

    visit.refresh_from_db()
    assert became == ["booking_changed"]
    assert (visit.site, visit.state, visit.number) == (other.site, "booked", None)


@pytest.mark.django_db
def test_a_page_grown_old_does_not_move_a_booking_again(client: Client) -> None:
    first, second, third = with_slots(a_bookable_line(), at=now())[:3]
    visit = booked(first, at=now())
    move = reverse("visits:move_visit", args=[visit.code])
    move_visit(visit.code, second.pk, at=now())

    again = client.post(move, {"slot": second.pk, "seen": first.pk})
    sent = client.post(move, {"slot": third.pk, "seen": first.pk})

    visit.refresh_from_db()
    assert again.status_code == 302
    told = sent.content.decode()
    assert (sent.status_code, visit.slot) == (422, second)
    assert f"{_clock(second.starts_at)}。这一步没有办" in told
    assert f'name="seen" value="{second.pk}"' in told


@pytest.mark.django_db
def test_a_page_grown_old_does_not_give_another_time_away(client: Client) -> None:
    first, second = with_slots(a_bookable_line(), at=now())[:2]
    visit = booked(first, at=now())
    cancel = reverse("visits:cancel_visit", args=[visit.code])
    move_visit(visit.code, second.pk, at=now())

    sent = client.post(cancel, {"seen": first.pk})

    visit.refresh_from_db()
    assert (sent.status_code, visit.state) == (422, "booked")
    assert f'name="seen" value="{second.pk}"' in sent.content.decode()


@pytest.mark.django_db
def test_a_page_at_the_desk_grown_old_moves_nothing_either(client: Client) -> None:
    line = a_bookable_line()
    first, second, third = with_slots(line, at=now())[:3]
    visit = booked(first, at=now())
    client.force_login(a_person(Role.RECEPTION, unit=line.site.unit))
    move_visit(visit.code, second.pk, at=now())

    sent = client.post(
        reverse("visits:move_for", args=[visit.pk]), {"slot": third.pk, "seen": first.pk}
    )

    visit.refresh_from_db()
    assert (sent.status_code, visit.slot) == (422, second)


def _clock(at: datetime) -> str:
    return f"{localtime(at):%H:%M}"
