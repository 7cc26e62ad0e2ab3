"""Giving out numbers: one each, at the kiosk, at the counter, on the phone."""

import secrets
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.visits.models import Given, Line, Visit
from mingchuang.visits.rules.life import State

# Sixty bits: nobody guesses the page of another's visit.
CODE = 8


@transaction.atomic
def issue_visit(
    line: Line,
    *,
    key: str,
    origin: str,
    at: datetime,
    green: str = "",
    persons: int = 1,
    by: Person | None = None,
) -> Visit:
    """Give somebody a number in this line. Asked twice with one key, it is the same number."""
    if earlier := Visit.objects.filter(key=key).select_related("line").first():
        return earlier
    visit = Visit(
        code=secrets.token_hex(CODE),
        key=key,
        site_id=line.site_id,
        line=line,
        day=localdate(at),
        persons=persons,
        origin=origin,
        green=green,
        at=at,
        stands_since=at,
    )
    _give_number(visit)
    visit.save()
    who = {"by": by.badge} if by else {}
    told = {"line": line.subject, "number": visit.shown, "green": green, **who}
    record("visit.issued", visit.subject, at=at, **told)
    return visit


def _give_number(visit: Visit) -> None:
    """Let a visit wait in its line under the next number of its site and day (promise P8)."""
    visit.prefix = visit.line.prefix
    visit.number = _next(visit.site_id, visit.day, visit.prefix)
    visit.state = State.WAITING


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
