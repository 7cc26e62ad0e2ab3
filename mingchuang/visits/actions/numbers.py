"""Giving out numbers: one each, at the kiosk, at the counter, on the phone."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.visits.actions._steps import give_number, join_line
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.rules.life import State

# Sixty-four bits: nobody guesses the page of another's visit.
CODE = 8


@sent_twice_taken_once
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
    join_line(line.site_id)
    visit = Visit(
        code=secrets.token_hex(CODE),
        key=key,
        site_id=line.site_id,
        line=line,
        day=localdate(at),
        persons=persons,
        origin=origin,
        green=green,
        state=State.WAITING,
        at=at,
        stands_since=at,
        here_at=at,
    )
    give_number(visit)
    visit.save()
    who = {"by": by.badge} if by else {}
    told = {"line": line.subject, "number": visit.shown, "green": green, **who}
    record("visit.issued", visit.subject, at=at, **told)
    return visit
