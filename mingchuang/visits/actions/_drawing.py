"""What a draw leaves behind: visits for who was drawn, a place in line for who was not."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.timezone import localtime

from mingchuang.ledger.actions import Past, record_past
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.visits.actions._places import booked_in, take_places, told_of
from mingchuang.visits.actions._steps import CODE
from mingchuang.visits.models import PlaceNote, Release, SignUp, Slot, Standby, Visit
from mingchuang.visits.queries.releases import entrants
from mingchuang.visits.queries.standby import halves_on
from mingchuang.visits.rules.draw import outcome
from mingchuang.visits.rules.place_notes import Kind
from mingchuang.visits.rules.standby import Free, Part


def give_out(
    release: Release, people: Mapping[str, SignUp], slots: Mapping[int, Slot], *, at: datetime
) -> None:
    """Make the visits of who was drawn and let the others stand by: few statements for many."""
    free = [Free(pk, localtime(slot.starts_at).time(), slot.left) for pk, slot in slots.items()]
    found = outcome(
        entrants(list(people.values())),
        free,
        quota=release.quota,
        seed=release.seed,
        beacon=release.beacon,
    )
    order = [people[one.mark] for one in found.order]
    for rank, one in enumerate(order, 1):
        one.rank = rank
    _book([(one, slots[found.slots[one.mark]]) for one in order if one.mark in found.slots], at=at)
    _let_stand_by([one for one in order if one.mark not in found.slots], release, at=at)
    SignUp.objects.bulk_update(order, ["rank", "visit", "standby"])
    PlaceNote.objects.bulk_create(_note(one, at=at) for one in order)


def _note(one: SignUp, *, at: datetime) -> PlaceNote:
    kind = Kind.DRAWN if one.visit else Kind.MISSED
    return PlaceNote(kind=kind, visit=one.visit, standby=one.standby, next_at=at)


def _book(won: Sequence[tuple[SignUp, Slot]], *, at: datetime) -> None:
    for slot in {slot.pk: slot for _one, slot in won}.values():
        take_places(slot, sum(one.persons for one, where in won if where == slot), at=at)
    visits = [_visit(one, slot, at=at) for one, slot in won]
    Visit.objects.bulk_create(visits)
    told = []
    for (one, slot), visit in zip(won, visits, strict=True):
        one.visit = visit
        told.append(_told("visit.booked", one, visit, told_of(visit, slot), at=at))
    record_past(told, at=at)


def _visit(one: SignUp, slot: Slot, *, at: datetime) -> Visit:
    return booked_in(slot, one, key=f"signup-{one.code}", places=one.persons, at=at)


def _let_stand_by(lost: Sequence[SignUp], release: Release, *, at: datetime) -> None:
    where = {"line": release.line.subject, "day": release.day.isoformat()}
    halves = halves_on(release.line_id, release.day, at=at)
    parts = [one.part if one.part in halves else Part.ANY for one in lost]
    standbys = [_standby(*both, release, at=at) for both in zip(lost, parts, strict=True)]
    Standby.objects.bulk_create(standbys)
    told = []
    for one, standby in zip(lost, standbys, strict=True):
        one.standby = standby
        facts = {**where, "half": standby.part, "persons": str(one.persons), "green": one.green}
        told.append(_told("standby.registered", one, standby, facts, at=at))
    record_past(told, at=at)


def _standby(one: SignUp, part: str, release: Release, *, at: datetime) -> Standby:
    return Standby(
        code=secrets.token_hex(CODE),
        key=f"signup-{one.code}",
        line=release.line,
        day=release.day,
        persons=one.persons,
        places=one.persons,
        part=part,
        green=one.green,
        requester_id=one.requester_id,
        phone_index=one.phone_index,
        at=at,
    )


def _told(
    verb: str, one: SignUp, row: Visit | Standby, facts: Mapping[str, JSON], *, at: datetime
) -> Past:
    return Past(verb, row.subject, at, "", {**facts, "sign_up": one.subject})
