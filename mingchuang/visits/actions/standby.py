"""Standing by for a place of a full day: asked for, taken, let go; and offered in turn."""

import secrets
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from mingchuang.base.locks import wait_for_turn
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.hall.models import ServiceItem
from mingchuang.ledger.actions import record
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.fields import phone_index
from mingchuang.visits.actions._places import (
    booked_in,
    let_go,
    offer_places,
    places_of,
    step_standby,
    told_of,
    wait_for_line,
)
from mingchuang.visits.actions._steps import CODE
from mingchuang.visits.actions.booking import MOST_A_DAY
from mingchuang.visits.errors import (
    BookedEnough,
    DayShut,
    HeldNoLonger,
    StandsByAlready,
)
from mingchuang.visits.models import Line, Slot, Standby, Visit
from mingchuang.visits.queries.booked import booked_by
from mingchuang.visits.queries.shut import SLOT_SHUT
from mingchuang.visits.queries.standby import (
    days_waited_for,
    kept_by,
    lapsed_in,
    must_be_full,
    over_in,
    standby_of,
    stands_by,
)
from mingchuang.visits.rules.standby import Part


@sent_twice_taken_once
@transaction.atomic
def stand_by(
    line: Line,
    day: date,
    *,
    key: str,
    name: str,
    phone: str,
    at: datetime,
    items: Collection[ServiceItem] = (),
    persons: int = 1,
    part: str = Part.ANY,
    green: str = "",
) -> Standby:
    """Stand by for places of a full day for all of these items, behind everybody who asked before.

    Asked twice with one key, it is the same standing by.
    """
    if earlier := Standby.objects.filter(key=key).first():
        return earlier
    wait_for_turn(f"booking:{phone_index(phone)}")
    wait_for_line(line.pk)
    places = places_of(line, persons, items)
    must_be_full(line, day, places, Part(part), at=at, items=items)
    _refuse_too_many(phone, line, day)
    standby = Standby.objects.create(
        code=secrets.token_hex(CODE),
        key=key,
        line=line,
        day=day,
        part=part,
        persons=persons,
        places=places,
        green=green,
        requester=add_requester(name=name, phone=phone, at=at),
        phone_index=phone_index(phone),
        at=at,
    )
    standby.items.set(items)
    _tell(standby, items, at=at)
    return standby


def _tell(standby: Standby, items: Collection[ServiceItem], *, at: datetime) -> None:
    """Write down what somebody stands by for: nobody's name, nobody's phone."""
    line, day, many = standby.line.subject, standby.day.isoformat(), str(standby.persons)
    told = {"line": line, "day": day, "persons": many, "half": standby.part, "green": standby.green}
    named = sorted(item.code for item in items)
    record("standby.registered", standby.subject, at=at, digest="", items=named, **told)


@transaction.atomic
def take_offer(code: str, *, at: datetime) -> Visit:
    """Take the place that is held for one: the hold becomes the booking, nothing is taken anew."""
    phone = standby_of(code).requester.phone
    wait_for_turn(f"booking:{phone_index(phone)}")
    standby = standby_of(code, lock=True)
    if standby.visit is not None:
        return standby.visit
    step_standby(standby, "standby.taken")
    slot, until = standby.slot, standby.held_until
    if slot is None or until is None or until <= at:
        raise HeldNoLonger
    if Slot.objects.filter(SLOT_SHUT, pk=slot.pk).exists():
        raise DayShut
    if booked_by(phone, standby.day) >= MOST_A_DAY:
        raise BookedEnough(most=MOST_A_DAY)
    key = f"standby-{standby.code}"
    visit = booked_in(slot, standby, key=key, places=standby.places, at=at)
    visit.save()
    items = list(standby.items.order_by("code"))
    visit.items.set(items)
    standby.visit, standby.slot, standby.held_until = visit, None, None
    standby.save(update_fields=["state", "visit", "slot", "held_until"])
    record("standby.taken", standby.subject, at=at, digest="", visit=visit.subject)
    told = {"items": [item.code for item in items], **told_of(visit, slot)}
    record("visit.booked", visit.subject, at=at, digest="", **told)
    return visit


@transaction.atomic
def leave_standby(code: str, *, at: datetime) -> Standby:
    """Stand by no longer; a place that was held goes to the next at once."""
    wait_for_line(standby_of(code).line_id)
    standby = standby_of(code, lock=True)
    let_go(standby, "standby.left", at=at)
    offer_places(standby.line_id, standby.day, at=at)
    return standby


@transaction.atomic
def offer_freed(line: int, *, at: datetime) -> int:
    """Pass on what nobody answered for, offer what a grown plan made free, and tell those whose
    day is over. Returns how many this changed something for."""
    wait_for_line(line)
    lapsed, over = list(lapsed_in(line, at)), list(over_in(line, at))
    for standby in lapsed:
        let_go(standby, "standby.lapsed", at=at)
    for standby in over:
        let_go(standby, "standby.closed", at=at)
    offered = sum(offer_places(line, day, at=at) for day in days_waited_for(line))
    return len(lapsed) + len(over) + offered


def _refuse_too_many(phone: str, line: Line, day: date) -> None:
    if stands_by(phone, line.pk, day):
        raise StandsByAlready
    if kept_by(phone, day) >= MOST_A_DAY:
        raise BookedEnough(most=MOST_A_DAY)
