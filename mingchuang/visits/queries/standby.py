"""Who stands by, in which place, and what a phone already has on a day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, localtime

from mingchuang.base.errors import NotFound, Refused
from mingchuang.hall.models import ServiceItem
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.fields import phone_index
from mingchuang.visits.errors import (
    DrawnFirst,
    NotFull,
    NothingThatDay,
    NothingThatHalf,
    NotReleased,
    TooFarAhead,
)
from mingchuang.visits.models import Line, SignUp, Slot, Standby, Visit
from mingchuang.visits.queries.left import booked_and_held, left_for
from mingchuang.visits.queries.lines import done_at
from mingchuang.visits.queries.releases import is_to_be_drawn
from mingchuang.visits.queries.shut import SLOT_SHUT, SLOT_UNRELEASED
from mingchuang.visits.rules.booking import places_for
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.standby import WAY, Part, StandbyState, part_of


class Told(NamedTuple):
    """One thing that happened to somebody who stands by."""

    deed: str
    at: datetime
    slot: datetime | None


def standby_of(code: str, *, lock: bool = False) -> Standby:
    """Return who stands by, for the holder of this code; locked if it changes.

    What is locked is read alone: PostgreSQL gives the newest row with the neighbours of the old.
    """
    found = Standby.objects.filter(code=code)
    near = found.select_related("line__site", "slot", "visit__slot")
    standby = (found.select_for_update() if lock else near).first()
    if standby is None:
        raise NotFound
    return standby


def ahead_of(standby: Standby) -> int:
    """Return how many asked before them for the same day and are not offered a place yet."""
    same = Standby.objects.waiting().filter(line=standby.line_id, day=standby.day)
    return same.filter(pk__lt=standby.pk).count()


def story_of(standby: Standby) -> Sequence[Told]:
    """Return what happened, as the ledger tells it."""
    return [_told(entry) for entry in entries_of(standby.subject)]


def _told(entry: Entry) -> Told:
    slot = entry.facts.get("slot")
    return Told(
        entry.verb.partition(".")[2], entry.at, datetime.fromisoformat(slot) if slot else None
    )


def slots_to_come(line: int, day: date, *, at: datetime) -> QuerySet[Slot]:
    """Return the slots of that day that have not begun."""
    there = Slot.objects.filter(line=line, day=day, capacity__gt=0, starts_at__gt=at)
    return there.filter(~SLOT_SHUT).order_by("starts_at")


def halves_on(line: int, day: date, *, at: datetime) -> set[Part]:
    """Return the halves of that day that have a time still to come, and the whole day."""
    return {Part.ANY, *map(_half, slots_to_come(line, day, at=at))}


def must_be_full(
    line: Line,
    day: date,
    places: int,
    part: Part,
    *,
    at: datetime,
    items: Collection[ServiceItem] = (),
) -> None:
    """Refuse whoever would stand by for a day, or a half of it, that has a place or none at all."""
    if (day - localdate(at)).days > line.days_ahead:
        raise TooFarAhead(days=line.days_ahead)
    if is_to_be_drawn(line.pk, day):
        raise DrawnFirst
    free = left_for([line], items, at=at)
    there = slots_to_come(line.pk, day, at=at)
    slots = list(there.annotate(free=free, is_unreleased=SLOT_UNRELEASED))
    if not slots:
        raise NothingThatDay
    if slots[0].is_unreleased:
        raise NotReleased
    within = [slot for slot in slots if part in {Part.ANY, _half(slot)}]
    if not within:
        raise NothingThatHalf
    if any(slot.free >= places for slot in within):
        raise NotFull


def _half(slot: Slot) -> Part:
    return part_of(localtime(slot.starts_at).time())


def why_not(
    line: Line, day: date, persons: int, items: Collection[ServiceItem], *, at: datetime
) -> str:
    """Return why nobody need stand by for that day, before anything is filled in."""
    done = done_at(line.site_id).get(line.pk, set())
    places = places_for(persons, {item.pk for item in items}, done)
    try:
        must_be_full(line, day, max(1, places), Part.ANY, at=at, items=items)
    except Refused as why:
        return str(why)
    return ""


def kept_by(phone: str, day: date) -> int:
    """Return how many visits on that day are booked, stood by for or signed up for by a phone."""
    index = phone_index(phone)
    if not index:
        return 0
    booked = Visit.objects.filter(state=State.BOOKED, day=day, requester__phone_index=index)
    stood = Standby.objects.still().filter(day=day, phone_index=index)
    signed = SignUp.objects.filter(release__day=day, phone_index=index, withdrawn_at=None)
    return booked.count() + stood.count() + signed.filter(rank=None).count()


def stands_by(phone: str, line: int, day: date) -> bool:
    same = Standby.objects.still().filter(line=line, day=day)
    return same.filter(phone_index=phone_index(phone)).exists()


def lines_to_offer(at: datetime) -> list[int]:
    """Return the lines in which a place may be offered, a held one has lapsed, or a day is over
    for who stands by: what the follower looks for."""
    day = Slot.objects.filter(line=OuterRef("line"), day=OuterRef("day"))
    fits = Q(capacity__gte=F("taken") + OuterRef("places"), starts_at__gt=at + WAY)
    waiting = Q(Exists(day.filter(fits))) | ~Q(Exists(day.filter(starts_at__gt=at)))
    due = Q(state=StandbyState.OFFERED, held_until__lte=at)
    found = Standby.objects.still().filter(due | Q(state=StandbyState.WAITING) & waiting)
    return sorted(set(found.values_list("line", flat=True)))


def days_waited_for(line: int) -> list[date]:
    """Return the days of this line for which somebody waits."""
    waiting = Standby.objects.waiting().filter(line=line)
    return sorted(set(waiting.values_list("day", flat=True)))


def lapsed_in(line: int, at: datetime) -> QuerySet[Standby]:
    """Return who was offered a place of this line and did not answer in time, locked."""
    lapsed = Standby.objects.offered().filter(line=line, held_until__lte=at)
    return lapsed.select_for_update(of=("self",)).select_related("slot")


def over_in(line: int, at: datetime) -> QuerySet[Standby]:
    """Return who waits in this line for a day whose last slot has begun, locked."""
    to_come = Slot.objects.filter(line=line, day=OuterRef("day"), starts_at__gt=at)
    waiting = Standby.objects.waiting().filter(~Exists(to_come), line=line)
    return waiting.select_for_update(of=("self",))


def slots_miscounted() -> QuerySet[Slot]:
    """Return the slots that do not hold exactly what is booked in them and what is held of them:
    a hold that was lost, or a place that was given twice. There must be none."""
    return Slot.objects.annotate(told=booked_and_held()).exclude(taken=F("told"))
