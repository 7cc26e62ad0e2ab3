"""Companions (陪办): asked for, sent, met, handed over, brought to the end."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.hall.models import Site
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import add_requester, erase_requester
from mingchuang.people.models import Person, Requester
from mingchuang.visits.actions._assists import (
    forget_places,
    keep,
    must_be_free,
    must_be_possible,
    must_be_theirs,
    take_step,
)
from mingchuang.visits.actions._steps import CODE, named
from mingchuang.visits.errors import (
    TakenByAnother,
    WrongAssistStep,
)
from mingchuang.visits.models import Assist, Visit
from mingchuang.visits.queries.assists import (
    assist_for,
    assist_of,
    colleague_for,
    leads,
    may_know,
    old_assists,
)
from mingchuang.visits.rules.assisting import State, Wanted
from mingchuang.visits.words.assisting import ASSIST_STATES

# So many of an earlier day are ended at one look.
SOME = 100


@sent_twice_taken_once
@transaction.atomic
def ask_for_companion(
    site: Site,
    wanted: Wanted,
    *,
    key: str,
    at: datetime,
    visit: Visit | None = None,
    by: Person | None = None,
) -> Assist:
    """Ask that somebody comes along, for a resident or by staff for them: the same door for both.

    Asked twice with one key, it is one assistance.
    """
    if earlier := Assist.objects.filter(key=key).select_related("site").first():
        return earlier
    must_be_possible(site, wanted, visit, at=at)
    assist = Assist.objects.create(
        code=secrets.token_hex(CODE),
        key=key,
        site=site,
        visit=visit,
        requester=_asker(wanted, at=at),
        category=wanted.category,
        need=wanted.need,
        persons=wanted.persons,
        from_place=wanted.from_place,
        to_place=wanted.to_place,
        wanted_at=wanted.wanted_at,
        day=localdate(wanted.wanted_at),
        origin=wanted.origin,
        state=State.ASKED,
        at=at,
    )
    told: dict[str, JSON] = {"site": site.code, "persons": wanted.persons, **named(by)}
    told["day"] = assist.day.isoformat()
    record("assist.asked_for", assist.subject, at=at, digest="", **told)
    return assist


def _asker(wanted: Wanted, *, at: datetime) -> Requester | None:
    """A place without a name may be somebody's own door: it is forgotten like a name."""
    if not (wanted.name or wanted.phone or wanted.from_place or wanted.to_place):
        return None
    return add_requester(name=wanted.name, phone=wanted.phone, at=at)


@transaction.atomic
def assign(assist: int, to: int, *, by: Person, at: datetime) -> Assist:
    """Send a colleague; they say whether they come."""
    found = assist_for(by, assist, lock=True)
    if not leads(by, found.site):
        raise NotFound
    take_step(found, "assist.assigned", at=at)
    found.companion = colleague_for(found.site, to)
    found.assigned_at = at
    told = {"companion": found.companion.badge, "by": by.badge}
    return keep(found, "assist.assigned", at=at, **told)


@transaction.atomic
def accept(assist: int, *, by: Person, at: datetime) -> Assist:
    """Say that one comes, sent or by one's own wish. Of two who say so at once, one does."""
    found = assist_for(by, assist, lock=True)
    if found.companion is not None and found.companion != by:
        raise TakenByAnother(badge=found.companion.badge)
    take_step(found, "assist.accepted", at=at)
    found.companion, found.assigned_at = by, found.assigned_at or at
    found.accepted_at = at
    return keep(found, "assist.accepted", at=at, companion=by.badge)


@transaction.atomic
def give_back(assist: int, reason: str, *, by: Person, at: datetime) -> Assist:
    """Say that one cannot come after all: it stands on the board again, with the reason."""
    found = assist_for(by, assist, lock=True)
    take_step(found, "assist.returned", at=at)
    companion = must_be_theirs(found, by)
    found.companion = found.assigned_at = found.accepted_at = None
    found.return_reason = reason
    told = {"companion": companion.badge, "reason": reason, "by": by.badge}
    return keep(found, "assist.returned", at=at, **told)


@transaction.atomic
def meet(assist: int, *, by: Person, at: datetime) -> Assist:
    """Say that both have met and are on their way; nobody accompanies two at once."""
    found = assist_for(by, assist, lock=True)
    take_step(found, "assist.met", at=at)
    companion = must_be_theirs(found, by)
    must_be_free(companion)
    found.met_at = at
    return keep(found, "assist.met", at=at, companion=companion.badge, by=by.badge)


@transaction.atomic
def hand_over(assist: int, to: int, *, by: Person, at: datetime) -> Assist:
    """Let a colleague go on from here; the two have agreed."""
    found = assist_for(by, assist, lock=True)
    take_step(found, "assist.handed_over", at=at)
    before = must_be_theirs(found, by)
    after = colleague_for(found.site, to)
    if after == before:
        raise TakenByAnother(badge=after.badge)
    if found.state == State.MET:
        must_be_free(after)
    found.companion = after
    told = {"companion": after.badge, "by": by.badge}
    return keep(found, "assist.handed_over", at=at, **told)


@transaction.atomic
def finish(assist: int, *, by: Person, at: datetime) -> Assist:
    """Say that they are where they wanted to be: counted in person-times from now on."""
    found = assist_for(by, assist, lock=True)
    take_step(found, "assist.finished", at=at)
    companion = must_be_theirs(found, by)
    return keep(found, "assist.finished", at=at, companion=companion.badge, by=by.badge)


@transaction.atomic
def not_met(assist: int, *, by: Person, at: datetime) -> Assist:
    """Say that whoever asked was not where both had agreed to meet."""
    found = assist_for(by, assist, lock=True)
    take_step(found, "assist.missed", at=at)
    companion = must_be_theirs(found, by)
    return keep(found, "assist.missed", at=at, companion=companion.badge, by=by.badge)


@transaction.atomic
def cancel(code: str, *, at: datetime) -> Assist:
    """Let whoever asked take it back: nobody waits for them."""
    found = assist_of(code, lock=True)
    take_step(found, "assist.cancelled", at=at)
    return keep(found, "assist.cancelled", at=at)


@transaction.atomic
def cancel_for(assist: int, *, by: Person, at: datetime) -> Assist:
    """Take it back for somebody who calls or comes to say so."""
    found = assist_for(by, assist, lock=True)
    if not leads(by, found.site):
        raise NotFound
    take_step(found, "assist.cancelled", at=at)
    return keep(found, "assist.cancelled", at=at, by=by.badge)


@transaction.atomic
def reveal_asker(assist: int, *, by: Person, at: datetime) -> Requester:
    """Show name and phone to whoever is sent; that they looked is in the ledger."""
    found = assist_for(by, assist, lock=True)
    asker = found.asker
    if asker is None or not may_know(by, found):
        raise NotFound
    told = {"requester": str(asker.handle), "reason": "call_requester", "by": by.badge}
    record("requester.revealed", found.subject, at=at, digest="", **told)
    return asker


@transaction.atomic
def end_old_assists(*, at: datetime) -> int:
    """End what earlier days left open; return how many there were. Who was met has been
    accompanied; that nobody came to the others is told and counted."""
    left = old_assists(localdate(at), SOME)
    for assist in left:
        take_step(assist, "assist.ended", at=at)
        keep(assist, "assist.ended", at=at, state=str(assist.state))
    return len(left)


@transaction.atomic
def forget_asker(code: str, *, at: datetime) -> Assist:
    """Forget the name, the phone and the places once it is over; that it was stays, and counts."""
    found = assist_of(code, lock=True)
    if found.is_open:
        raise WrongAssistStep(state=dict(ASSIST_STATES)[State(found.state)])
    if found.requester is not None and not found.requester.is_erased:
        erase_requester(found.requester, at=at, why={"wish": "erase"})
    if found.from_place or found.to_place:
        forget_places(found, at=at)
    return found
