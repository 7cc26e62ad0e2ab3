"""One-time notices (一次性告知), acceptance with a gap (容缺受理), and what is brought after."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person
from mingchuang.visits.errors import (
    AnotherNumber,
    BroughtAlready,
    NothingMissing,
    NothingToRemindOf,
    NotThatDay,
    ShutThatDay,
    ToldOnce,
)
from mingchuang.visits.models import Supplement, Visit
from mingchuang.visits.models.supplements import WAITED_FOR
from mingchuang.visits.queries.desks import desk_of, visit_near
from mingchuang.visits.queries.supplements import guides_for, is_open_on, is_told, supplement_for
from mingchuang.visits.rules.reminding import next_try
from mingchuang.visits.rules.supplements import Why, is_possible, missing_of, remind_at


class Missing(NamedTuple):
    """What is missing: of which item, which materials of its guide, counted from 1; until when it
    is waited for, and at which number to remind."""

    item: str
    materials: Collection[int]
    due_on: date | None = None
    phone: str = ""


@sent_twice_taken_once
@transaction.atomic
def tell_at_once(visit: int, missing: Missing, *, key: str, by: Person, at: datetime) -> Supplement:
    """Tell a visitor in writing everything that is missing, once; with a day, their matter is taken
    in all the same and they bring it by then. Nothing is asked for that the guide does not name."""
    if earlier := Supplement.objects.filter(key=key).first():
        return earlier
    found = visit_near(desk_of(by), visit, on=localdate(at))
    guide = next((one for one in guides_for(found) if one.item.code == missing.item), None)
    texts = missing_of(guide.material_list, missing.materials) if guide else []
    if guide is None or not texts:
        raise NothingMissing
    if is_told(found, guide.item):
        raise ToldOnce(item=guide.item.name)
    due_on = _possible(found, missing.due_on, at=at)
    if missing.phone and not due_on:
        raise NothingToRemindOf
    if due_on:
        _keep_phone(found, missing.phone, at=at)
    told = Supplement.objects.create(
        key=key,
        visit=found,
        item=guide.item,
        materials="\n".join(texts),
        due_on=due_on,
        next_at=remind_at(due_on, at) if due_on else None,
        by=by,
        at=at,
    )
    facts: dict[str, JSON] = {"visit": found.subject, "item": guide.item.code}
    facts |= {"papers": len(texts), "due": str(due_on or ""), "by": by.badge}
    record("supplement.told_once", told.subject, at=at, digest="", **facts)
    return told


def _possible(visit: Visit, due_on: date | None, *, at: datetime) -> date | None:
    """Return the day, if something can be brought on it."""
    if due_on is None:
        return None
    if not is_possible(due_on, localdate(at)):
        raise NotThatDay
    if not is_open_on(visit, due_on):
        raise ShutThatDay
    return due_on


def _keep_phone(visit: Visit, phone: str, *, at: datetime) -> None:
    """Keep at which number to remind, of who left none when they came; it is forgotten like that
    of any visitor."""
    if phone and visit.requester is not None:
        if visit.requester.phone_index != phone_index(phone):
            raise AnotherNumber
    elif phone:
        visit.requester = add_requester(phone=phone, at=at)
        visit.save(update_fields=["requester"])


@transaction.atomic
def note_brought(supplement: int, *, by: Person, at: datetime) -> Supplement:
    """Say that what was missing is here now: nobody is reminded any more."""
    found = _waited_for(by, supplement)
    found.brought_at, found.next_at = at, None
    found.save(update_fields=["brought_at", "next_at"])
    record("supplement.supplied", found.subject, at=at, digest="", by=by.badge)
    return found


@transaction.atomic
def end_waiting(supplement: int, because: Why, *, by: Person, at: datetime) -> Supplement:
    """Wait no longer for what nobody brought, and say why: nobody is reminded, the list is rid of
    it, and the same item may be told anew."""
    found = _waited_for(by, supplement)
    found.ended_at, found.because, found.next_at = at, because, None
    found.save(update_fields=["ended_at", "because", "next_at"])
    told = {"reason": str(because), "by": by.badge}
    record("supplement.ended", found.subject, at=at, digest="", **told)
    return found


def _waited_for(by: Person, supplement: int) -> Supplement:
    """Return, locked, what is still to be brought."""
    found = supplement_for(by, supplement, lock=True)
    if not found.is_waited_for:
        raise BroughtAlready
    return found


@transaction.atomic
def claim_supplement(
    found: Supplement, *, at: datetime, may_send: bool = True
) -> Supplement | None:
    """Let one process remind now; none where another one does, or it was brought meanwhile. Where
    nothing can be sent it is not tried again: nobody was reminded, and the list says so."""
    due = Supplement.objects.select_for_update().filter(pk=found.pk, next_at__lte=at)
    mine = due.filter(WAITED_FOR).first()
    if mine is None:
        return None
    mine.tries += 1
    mine.next_at = next_try(mine.tries, at) if may_send else None
    mine.save(update_fields=["tries", "next_at"])
    return mine


@transaction.atomic
def note_reminded(found: Supplement, way: str, *, at: datetime) -> Supplement:
    """Say that somebody was reminded, and how."""
    found.reminded_at, found.next_at = at, None
    found.save(update_fields=["reminded_at", "next_at"])
    record("supplement.reminded", found.subject, at=at, digest="", channel=way)
    return found
