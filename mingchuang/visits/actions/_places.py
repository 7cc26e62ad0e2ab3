"""The moves that booking, standing by and drawing share: a place taken, held, given back."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NoReturn

from django.db.models import F
from django.utils.timezone import localtime

from mingchuang.base.locks import wait_for_turn
from mingchuang.hall.models import ServiceItem
from mingchuang.ledger.actions import record
from mingchuang.visits.actions._steps import CODE
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.errors import NotDoneThere, NotOffered, SlotFull, TooFewLeft
from mingchuang.visits.models import Line, PlaceNote, SignUp, Slot, Standby, Visit
from mingchuang.visits.queries.left import bound_of, left_of_each, left_within
from mingchuang.visits.queries.lines import done_at
from mingchuang.visits.queries.shut import SLOT_SHUT
from mingchuang.visits.rules.booking import places_for
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.place_notes import Kind
from mingchuang.visits.rules.standby import (
    STEPS,
    Free,
    Part,
    StandbyState,
    Wanted,
    answer_by,
    handed_out,
)


def places_of(line: Line, persons: int, items: Collection[ServiceItem]) -> int:
    """Return what this takes of a slot of the line; all of it must be done at its site."""
    wanted, done = {item.pk for item in items}, done_at(line.site_id)
    places = places_for(persons, wanted, done.get(line.pk, ()))
    if not places or wanted.difference(*done.values()):
        raise NotDoneThere(site=line.site.name)
    return places


def take_places(
    slot: Slot, places: int, items: Collection[ServiceItem] = (), *, at: datetime
) -> None:
    """Take places of a slot if it still has them: asked and taken in one statement (P8). Then its
    row is ours, and what the windows have left that take these items in stands still."""
    free = Slot.objects.filter(pk=slot.pk, capacity__gte=F("taken") + places)
    if not free.update(taken=F("taken") + places):
        slot.refresh_from_db(fields=["capacity", "taken"])
        _refuse_too_many(slot.left, places)
    left = left_within(slot, items, at=at)
    if left is not None and left < places:
        _refuse_too_many(left, places)


def _refuse_too_many(left: int, wanted: int) -> NoReturn:
    raise TooFewLeft(left=left, wanted=wanted) if left > 0 else SlotFull


def give_back(slot: Slot, places: int, *, at: datetime) -> None:
    """Give places of a slot back. One that was full may have held more than is planned, because
    the hall shuts that day or a rota was cut: then they are nobody's (`rules.slots`). Needs the
    line's turn."""
    Slot.objects.filter(pk=slot.pk).update(taken=F("taken") - places)
    was_full = Slot.objects.filter(pk=slot.pk, capacity=F("taken") + places).exists()
    if was_full and slot.starts_at > at:
        renew_slots(slot.line, slot.day, many=1, at=at)


def wait_for_line(line: int) -> None:
    """Wait until nobody else frees or offers places of this line.

    Whoever frees a place takes this turn before they touch a slot; else two could wait for each
    other. `renew_slots` takes the same.
    """
    wait_for_turn(f"slots:{line}")


def offer_places(line: int, day: date, *, at: datetime) -> int:
    """Offer what is free of that day to who stands by for it, in the order of asking; return to
    how many. Needs the line's turn."""
    waiting = list(Standby.objects.waiting().filter(line=line, day=day).select_for_update())
    slots = {slot.pk: slot for slot in _free(line, day, at=at)} if waiting else {}
    given = handed_out(*_asked(waiting, slots, at=at))
    for one in waiting:
        if one.pk in given:
            _offer(one, slots[given[one.pk]], at=at)
    return len(given)


def _asked(
    waiting: Sequence[Standby], slots: Mapping[int, Slot], *, at: datetime
) -> tuple[list[Wanted[int]], list[Free[int]]]:
    """Return what each would have, by the windows that take it in, and what these have left."""
    bound = bound_of(waiting, at=at) if slots else {}
    left = left_of_each(slots.values(), bound.values(), at=at)
    wanted = [
        Wanted(one.pk, one.places, (Part(one.part),), bound.get(one.pk, ())) for one in waiting
    ]
    free = [
        Free(pk, localtime(slot.starts_at).time(), slot.left, left.get(pk, {}))
        for pk, slot in slots.items()
    ]
    return wanted, free


def _free(line: int, day: date, *, at: datetime) -> list[Slot]:
    """Return the slots with a place that can still be offered, locked: nobody books them now."""
    slots = Slot.objects.filter(line=line, day=day, taken__lt=F("capacity"), starts_at__gt=at)
    found = slots.filter(~SLOT_SHUT).select_for_update(of=("self",)).order_by("starts_at")
    return [slot for slot in found if _answer_by(at, slot) is not None]


def _answer_by(at: datetime, slot: Slot) -> datetime | None:
    return answer_by(localtime(at), localtime(slot.starts_at))


def _offer(standby: Standby, slot: Slot, *, at: datetime) -> None:
    """Hold a place of this slot for somebody, who is told so by text message. Every offer is made
    here."""
    take_places(slot, standby.places, at=at)
    step_standby(standby, "standby.offered")
    standby.slot, standby.held_until = slot, _answer_by(at, slot)
    standby.save(update_fields=["state", "slot", "held_until"])
    until = standby.held_until.isoformat() if standby.held_until else ""
    told = {"slot": slot.starts_at.isoformat(), "until": until}
    record("standby.offered", standby.subject, at=at, digest="", **told)
    PlaceNote.objects.create(kind=Kind.OFFERED, standby=standby, next_at=at)


def step_standby(standby: Standby, verb: str) -> None:
    """Move somebody who stands by along the table of steps, or refuse in words."""
    start, end = STEPS[verb]
    if StandbyState(standby.state) not in start:
        raise NotOffered(state=standby.get_state_display())
    standby.state = end


def let_go(standby: Standby, verb: str, *, at: datetime) -> None:
    """End standing by; a place that was held is free again. Needs the line's turn."""
    held = standby.slot
    step_standby(standby, verb)
    if held is not None:
        give_back(held, standby.places, at=at)
    standby.slot = standby.held_until = None
    standby.save(update_fields=["state", "slot", "held_until"])
    record(verb, standby.subject, at=at)


def booked_in(slot: Slot, asked: Standby | SignUp, *, key: str, places: int, at: datetime) -> Visit:
    """Return the visit of somebody whose places in this slot are theirs already, as they asked
    for it; not yet saved."""
    return Visit(
        code=secrets.token_hex(CODE),
        key=key,
        site_id=slot.line.site_id,
        line_id=slot.line_id,
        day=slot.day,
        slot=slot,
        requester_id=asked.requester_id,
        persons=asked.persons,
        places=places,
        origin="booked",
        green=asked.green,
        state=State.BOOKED,
        at=at,
    )


def told_of(visit: Visit, slot: Slot) -> dict[str, str]:
    """Return what the ledger tells of a booking: nobody's name, nobody's phone."""
    starts = slot.starts_at.isoformat()
    told = {"line": slot.line.subject, "slot": starts, "persons": str(visit.persons)}
    return {**told, "green": visit.green}
