"""Numbers taken on the phone: on the way, here in time, here late; and back in the line."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.locks import wait_for_turn
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.base.templatetags.words import day as day_words
from mingchuang.hall.models import ServiceItem
from mingchuang.ledger.actions import record
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Requester
from mingchuang.visits.actions._steps import (
    new_number,
    take_step,
    told_of_number,
    visit_in_line,
)
from mingchuang.visits.actions._telling import tell
from mingchuang.visits.actions.booking import check_in
from mingchuang.visits.errors import NotItsDay, NumbersEnough
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.closing import called_by
from mingchuang.visits.queries.forecasts import soonest_of
from mingchuang.visits.queries.pace import soonest_call
from mingchuang.visits.queries.remote import numbers_on_the_way
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.remote import back_by, late_since, stands_since

# On the way at one time, under one phone or from one browser: oneself and one's mother.
MOST_ON_THE_WAY = 2


@sent_twice_taken_once
@transaction.atomic
def take_number_by_phone(
    line: Line,
    *,
    key: str,
    at: datetime,
    phone: str = "",
    green: str = "",
    persons: int = 1,
    items: Collection[ServiceItem] = (),
    mine: Iterable[str] = (),
    soonest: timedelta | None = None,
) -> Visit:
    """Give a number to somebody who is not in the hall, and say by when to be there.

    `soonest` is the P10 of a forecast; without one the pace of the line tells. `mine` are the
    codes this browser holds already. Asked twice with one key, it is the same number.
    """
    if earlier := Visit.objects.filter(key=key).select_related("line__site").first():
        return earlier
    wait_for_turn(f"on the way:{phone_index(phone) or key}")
    if numbers_on_the_way(phone, mine, localdate(at)) >= MOST_ON_THE_WAY:
        raise NumbersEnough(most=MOST_ON_THE_WAY)
    come_by = back_by(at, soonest or soonest_of(line, at, green) or soonest_call(line, at, green))
    # Behind shut doors nobody is called.
    come_by = called_by(line.site_id, come_by, at)
    who = _holder(phone, at=at)
    given = {"origin": "phone", "requester": who, "back_by": come_by, "green": green}
    visit = new_number(line, persons, items, key=key, at=at, given=given)
    told = {**told_of_number(visit, items), "back_by": come_by.isoformat()}
    record("visit.issued", visit.subject, at=at, digest="", **told)
    tell(visit, at=at)
    return visit


def _holder(phone: str, *, at: datetime) -> Requester | None:
    return add_requester(phone=phone, at=at) if phone else None


@transaction.atomic
def arrive(code: str, *, at: datetime) -> Visit:
    """Say that one is in the hall: what was booked becomes a number, who was on the way can be
    called, who was passed over waits again. Said twice it is the same."""
    visit = visit_in_line(code)
    if visit.day != localdate(at):
        raise NotItsDay(day=day_words(visit.day))
    if visit.state == State.BOOKED:
        return check_in(code, at=at)
    if visit.state == State.SKIPPED:
        return _come_back(visit, at=at)
    if visit.here_at is None:
        return _arrive(visit, at=at)
    return visit


def _arrive(visit: Visit, *, at: datetime) -> Visit:
    """In time one stands as from when the number was taken; late, with the places that costs."""
    take_step(visit, "visit.arrived")
    visit.here_at, come_by = at, visit.back_by or at
    visit.stands_since = stands_since(visit.at, come_by, at)
    visit.save(update_fields=["here_at", "stands_since"])
    late, since = visit.stands_since != visit.at, visit.stands_since.isoformat()
    record("visit.arrived", visit.subject, at=at, digest="", late=late, since=since)
    return visit


def _come_back(visit: Visit, *, at: datetime) -> Visit:
    """Who did not hear their call is late like somebody who was still on the way."""
    take_step(visit, "visit.came_back")
    visit.stands_since = late_since(visit.stands_since or at, at)
    visit.window = visit.for_window = None
    visit.save(update_fields=["state", "window", "for_window", "stands_since"])
    record("visit.came_back", visit.subject, at=at, since=visit.stands_since.isoformat())
    return visit
