"""The moves that actions are made of: take a step of the life table, get the next number."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NoReturn

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from mingchuang.base.locks import share_turn, wait_for_turn
from mingchuang.base.templatetags.words import moment
from mingchuang.hall.models import ServiceItem
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person
from mingchuang.visits.errors import BookingChanged, NotOfThisLine, WrongStep
from mingchuang.visits.models import Given, Line, Visit
from mingchuang.visits.queries.booked import visit_of
from mingchuang.visits.rules.booking import places_for
from mingchuang.visits.rules.life import LIFE, State, may_step
from mingchuang.visits.words.tables import STATES

# Sixty-four bits: nobody guesses the page of another's visit.
CODE = 8


def take_step(visit: Visit, verb: str) -> None:
    """Move the visit along the life table, or refuse in words."""
    if not may_step(State(visit.state), verb):
        state = dict(STATES)[State(visit.state)]
        raise WrongStep(number=visit.shown or visit.code[:6].upper(), state=state)
    visit.state = LIFE[verb].end


def named(by: Person | None) -> dict[str, str]:
    """Return who did it, as the ledger tells it: nobody where a resident did."""
    return {"by": by.badge} if by else {}


def join_line(site: int) -> None:
    """Many may join the lines of a site at once, but nobody is called meanwhile: whoever joined
    before a call, as the ledger tells it, was there to be called."""
    share_turn(_turn_of(site))


def choose_next(site: int) -> None:
    """One call after the other at a site, and nobody joins meanwhile."""
    wait_for_turn(_turn_of(site))


def _turn_of(site: int) -> str:
    return f"line:{site}"


def visit_in_line(code: str) -> Visit:
    """Return the visit of this code, locked, in the turn of the site where it stands. Who was
    moved to another site in the moment between is told so: its turn may not come after the row.
    """
    site = visit_of(code).site_id
    join_line(site)
    visit = visit_of(code, lock=True)
    if visit.site_id != site:
        refuse_changed(visit)
    return visit


def refuse_changed(visit: Visit) -> NoReturn:
    """Say that a booking was changed meanwhile, and what it is now."""
    raise BookingChanged(where=visit.site.name, when=_begins(visit))


def _begins(visit: Visit) -> str:
    return moment(visit.slot.starts_at if visit.slot else None)


def new_number(
    line: Line,
    persons: int,
    items: Collection[ServiceItem],
    *,
    key: str,
    at: datetime,
    given: Mapping[str, Any],
) -> Visit:
    """Let so many stand in this line from now on, under one number, for all of these items; what
    else is `given` goes into the row."""
    _refuse_what_is_done_elsewhere(line, items)
    join_line(line.site_id)
    named = [item.pk for item in items]
    visit = Visit(
        code=secrets.token_hex(CODE),
        key=key,
        site_id=line.site_id,
        line=line,
        persons=persons,
        places=places_for(persons, named, named),
        day=localdate(at),
        state=State.WAITING,
        at=at,
        stands_since=at,
        **given,
    )
    give_number(visit)
    visit.save()
    if items:
        visit.items.set(items)
    return visit


def _refuse_what_is_done_elsewhere(line: Line, items: Collection[ServiceItem]) -> None:
    done = set(line.items.values_list("pk", flat=True)) if items else set()
    for item in items:
        if item.pk not in done:
            raise NotOfThisLine(item=item.name, line=line.name)


def told_of_number(visit: Visit, items: Collection[ServiceItem]) -> dict[str, JSON]:
    """Return what the ledger tells of a number: nobody's name, nobody's phone."""
    told: dict[str, JSON] = {"line": visit.line.subject, "number": visit.shown}
    told |= {"green": visit.green, "persons": str(visit.persons)}
    return {**told, "items": sorted(item.code for item in items)}


def give_number(visit: Visit) -> None:
    """Let a visit stand in its line under the next number of its site and day (promise P8)."""
    visit.prefix = visit.line.prefix
    visit.number = _next(visit.site_id, visit.day, visit.prefix)


def _next(site: int, day: date, prefix: str) -> int:
    """Return the next number, which is ours until the end of this transaction."""
    given = Given.objects.filter(site=site, day=day, prefix=prefix)
    if not given.update(last=F("last") + 1):
        try:
            with transaction.atomic():
                Given.objects.create(site_id=site, day=day, prefix=prefix, last=1)
        except IntegrityError:  # somebody else was the first of the day
            given.update(last=F("last") + 1)
    return given.values_list("last", flat=True)[0]
