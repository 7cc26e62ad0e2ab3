"""Places of a holiday: released, closed, and drawn once, so that anybody can check it."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate, localtime

from mingchuang.base.locks import wait_for_turn
from mingchuang.hall.rules.hours import HoursKind
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person
from mingchuang.visits.actions._drawing import give_out
from mingchuang.visits.actions._places import offer_places, wait_for_line
from mingchuang.visits.actions._steps import named
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.errors import (
    ClosesTooLate,
    NotOpenSpecially,
    NotSealedYet,
    NotYetClosed,
    QuotaTooLarge,
    ReleasedAlready,
)
from mingchuang.visits.models import Line, Release
from mingchuang.visits.queries.lines import open_days
from mingchuang.visits.queries.releases import (
    beacon_of,
    entrants,
    free_on,
    line_released_by,
    release_for,
    sign_ups_in,
    taken_on,
)
from mingchuang.visits.rules.draw import listed, sha256

SEED = 32


@transaction.atomic
def open_release(
    line: int, day: date, *, quota: int, since: datetime, until: datetime, by: Person, at: datetime
) -> Release:
    """Let people sign up for a day the hall opens specially. The draw's seed is made now, kept
    secret, and committed to in the ledger."""
    found = line_released_by(by, line)
    wait_for_line(found.pk)
    _refuse_unless_special(found, day)
    if not at < until or localdate(until) >= day:
        raise ClosesTooLate
    if Release.objects.filter(line=found, day=day).exists():
        raise ReleasedAlready(line=found.name)
    renew_slots(found, day, many=1, at=at)
    most = sum(slot.left for slot in free_on(found, day, at=at))
    if quota > most:
        raise QuotaTooLarge(most=most)
    seed = secrets.token_hex(SEED)
    release = Release.objects.create(
        line=found,
        day=day,
        quota=quota,
        taken=taken_on(found, day),
        since=since,
        until=until,
        seed=seed,
        commitment=sha256(seed),
    )
    record("release.opened", release.subject, at=at, digest="", **_opening(release), by=by.badge)
    renew_slots(found, day, many=1, at=at)
    return release


@transaction.atomic
def close_release(pk: int, *, at: datetime, by: Person | None = None) -> Release:
    """Fix the list of who takes part, before anybody can know the beacon."""
    wait_for_turn(f"release:{pk}")
    release = release_for(pk, lock=True)
    if at < release.until:
        raise NotYetClosed(until=f"{localtime(release.until):%Y-%m-%d %H:%M}")
    if release.closing is None:
        people = sign_ups_in(release)
        told: dict[str, JSON] = {
            "list": sha256(listed(entrants(people))),
            "many": len(people),
            **named(by),
        }
        release.closing = record("release.closed", release.subject, at=at, digest="", **told)
        release.save(update_fields=["closing"])
    return release


@transaction.atomic
def draw_release(pk: int, *, at: datetime, by: Person | None = None) -> Release:
    """Draw, once: who is drawn in time has a place, the others stand by in the order drawn."""
    wait_for_line(release_for(pk).line_id)
    release = release_for(pk, lock=True)
    if release.drawn_at is not None:
        return release
    checkpoint = beacon_of(release)
    if checkpoint is None:
        raise NotSealedYet
    slots = {slot.pk: slot for slot in free_on(release.line, release.day, at=at)}
    release.drawn_at, release.beacon = at, bytes(checkpoint.root).hex()
    release.free = [[slot.starts_at.isoformat(), slot.left] for slot in slots.values()]
    release.save(update_fields=["drawn_at", "beacon", "free"])
    people = {one.mark: one for one in sign_ups_in(release)}
    record(
        "release.drawn",
        release.subject,
        at=at,
        digest="",
        seed=release.seed,
        beacon=release.beacon,
        size=checkpoint.size,
        free=release.free,
        many=len(people),
        **named(by),
    )
    give_out(release, people, slots, at=at)
    offer_places(release.line_id, release.day, at=at)
    return release


def _refuse_unless_special(line: Line, day: date) -> None:
    (opened,) = open_days(line, day, 1)
    if opened.kind != HoursKind.HOLIDAY:
        raise NotOpenSpecially(site=line.site.name)


def _opening(release: Release) -> dict[str, JSON]:
    return {
        "line": release.line.subject,
        "day": release.day.isoformat(),
        "quota": release.quota,
        "since": release.since.isoformat(),
        "until": release.until.isoformat(),
        "commitment": release.commitment,
    }
