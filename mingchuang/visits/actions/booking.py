"""Booking: a place taken, moved, given back, and turned into a number on the day."""

import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate, localtime

from mingchuang.base.locks import wait_for_turn
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.hall.models import ServiceItem
from mingchuang.ledger.actions import record
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person
from mingchuang.visits.actions._assists import cancel_of
from mingchuang.visits.actions._places import (
    give_back,
    offer_places,
    places_of,
    take_places,
    told_of,
    wait_for_line,
)
from mingchuang.visits.actions._steps import (
    CODE,
    give_number,
    named,
    refuse_changed,
    take_step,
    visit_in_line,
)
from mingchuang.visits.actions._telling import tell
from mingchuang.visits.errors import (
    BookedEnough,
    CameTooLate,
    DrawnFirst,
    NotYetTime,
    SlotOver,
    TooFarAhead,
)
from mingchuang.visits.models import Slot, Visit
from mingchuang.visits.queries.booked import booked_by, slot_for, visit_of
from mingchuang.visits.queries.releases import is_to_be_drawn
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.remote import GRACE

# Under one phone so many on one day: a family, not a dealer in places.
MOST_A_DAY = 2
# So long before a slot one may take its number; one stands sooner than the slot by GRACE.
EARLY = timedelta(minutes=60)


@sent_twice_taken_once
@transaction.atomic
def book_visit(
    slot: int,
    *,
    key: str,
    name: str,
    phone: str,
    at: datetime,
    items: Collection[ServiceItem] = (),
    persons: int = 1,
    green: str = "",
    by: Person | None = None,
) -> Visit:
    """Take a place in a slot for all of these items, for a resident or by staff for them: the same
    door for both. Asked twice with one key, it is the same visit."""
    if earlier := Visit.objects.filter(key=key).select_related("line__site", "slot").first():
        return earlier
    place = _bookable(slot, at=at)
    places = places_of(place.line, persons, items)
    _refuse_too_many(phone, place)
    take_places(place, places, items, at=at)
    visit = Visit.objects.create(
        code=secrets.token_hex(CODE),
        key=key,
        site_id=place.line.site_id,
        line=place.line,
        day=place.day,
        slot=place,
        requester=add_requester(name=name, phone=phone, at=at),
        persons=persons,
        places=places,
        origin="booked",
        green=green,
        state=State.BOOKED,
        at=at,
    )
    visit.items.set(items)
    told = {"items": sorted(item.code for item in items), **told_of(visit, place), **named(by)}
    record("visit.booked", visit.subject, at=at, digest="", **told)
    return visit


@transaction.atomic
def move_visit(code: str, slot: int, *, at: datetime, by: Person | None = None) -> Visit:
    """Take another place before the old one is given back: never is there none."""
    visit = visit_of(code, lock=True)
    take_step(visit, "visit.moved")
    place, old = _bookable(slot, at=at), visit.slot
    if place == old or old is None:
        return visit
    items = list(visit.items.all())
    places = places_of(place.line, visit.persons, items)
    if place.day != visit.day and visit.requester is not None:
        _refuse_too_many(visit.requester.phone, place)
    for line in sorted({place.line_id, old.line_id}):
        wait_for_line(line)
    for one in sorted([place, old], key=lambda one: one.pk):
        if one == place:
            take_places(place, places, items, at=at)
        else:
            give_back(old, visit.places, at=at)
    visit.slot, visit.day, visit.line, visit.places = place, place.day, place.line, places
    visit.site_id = place.line.site_id
    visit.save(update_fields=["slot", "day", "line", "places", "site"])
    told = {**told_of(visit, place), **named(by)}
    record("visit.moved", visit.subject, at=at, digest="", **told)
    offer_places(old.line_id, old.day, at=at)
    return visit


@transaction.atomic
def cancel_visit(code: str, *, at: datetime, by: Person | None = None) -> Visit:
    """Give a place back, so that somebody else may have it; nobody comes to accompany any more."""
    visit = visit_of(code, lock=True)
    was_booked = visit.state == State.BOOKED
    take_step(visit, "visit.cancelled")
    visit.ended_at = at
    visit.save(update_fields=["state", "ended_at"])
    if was_booked and visit.slot is not None:
        wait_for_line(visit.slot.line_id)
        give_back(visit.slot, visit.places, at=at)
        offer_places(visit.slot.line_id, visit.day, at=at)
    record("visit.cancelled", visit.subject, at=at, **named(by))
    cancel_of(visit, at=at, **named(by))
    return visit


@transaction.atomic
def as_shown(
    deed: Callable[..., Visit], code: str, seen: int | None, *, at: datetime, by: Person | None
) -> Visit:
    """Move or cancel a booking if it still has the slot that the page showed: a page grown old,
    in another tab or at the desk, changes nothing that its reader did not see."""
    visit = visit_of(code, lock=True)
    if visit.slot_id != seen:
        refuse_changed(visit)
    return deed(code, at=at, by=by)


@transaction.atomic
def check_in(code: str, *, at: datetime) -> Visit:
    """Turn a booked visit into a number: it waits from its slot on, or from now if it is late."""
    visit = visit_in_line(code)
    take_step(visit, "visit.checked_in")
    place = visit.slot
    if place is None or at >= place.ends_at:
        raise CameTooLate
    if at < place.starts_at - EARLY:
        raise NotYetTime(since=f"{localtime(place.starts_at - EARLY):%H:%M}")
    visit.stands_since, visit.here_at = max(place.starts_at - GRACE, at), at
    give_number(visit)
    visit.save(update_fields=["state", "stands_since", "here_at", "prefix", "number"])
    since = visit.stands_since.isoformat()
    record("visit.checked_in", visit.subject, at=at, number=visit.shown, since=since)
    tell(visit, at=at)
    return visit


def _bookable(pk: int, *, at: datetime) -> Slot:
    slot = slot_for(pk)
    if slot.starts_at <= at:
        raise SlotOver
    if (slot.day - localdate(at)).days > slot.line.days_ahead:
        raise TooFarAhead(days=slot.line.days_ahead)
    if is_to_be_drawn(slot.line_id, slot.day):
        raise DrawnFirst
    return slot


def _refuse_too_many(phone: str, slot: Slot) -> None:
    """Let one phone have so many bookings on one day, also where many are sent at once."""
    wait_for_turn(f"booking:{phone_index(phone)}")
    if booked_by(phone, slot.day) >= MOST_A_DAY:
        raise BookedEnough(most=MOST_A_DAY)
