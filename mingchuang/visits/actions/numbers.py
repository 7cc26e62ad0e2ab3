"""Giving out numbers: one each, at the kiosk, at the counter, on the phone."""

import secrets
from datetime import datetime

from django.db import transaction

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.visits.actions._steps import named, new_number
from mingchuang.visits.actions._telling import tell
from mingchuang.visits.models import Line, Visit

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
    code, many = secrets.token_hex(CODE), {"persons": persons, "places": persons}
    given = {"origin": origin, "green": green, "here_at": at, **many}
    visit = new_number(line, code=code, key=key, at=at, **given)
    told = {"line": line.subject, "number": visit.shown, "green": green, **named(by)}
    record("visit.issued", visit.subject, at=at, **told)
    tell(visit, at=at)
    return visit
