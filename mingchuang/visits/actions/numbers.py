"""Giving out numbers: one each, at the kiosk, at the counter, on the phone."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.hall.models import ServiceItem
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.visits.actions._steps import named, new_number, told_of_number
from mingchuang.visits.actions._telling import tell
from mingchuang.visits.models import Line, Visit


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
    items: Collection[ServiceItem] = (),
    by: Person | None = None,
) -> Visit:
    """Give somebody, or so many together, one number in this line for all of these items of it.

    Asked twice with one key, it is the same number.
    """
    if earlier := Visit.objects.filter(key=key).select_related("line").first():
        return earlier
    given = {"origin": origin, "green": green, "here_at": at}
    visit = new_number(line, persons, items, key=key, at=at, given=given)
    told = {**told_of_number(visit, items), **named(by)}
    record("visit.issued", visit.subject, at=at, digest="", **told)
    tell(visit, at=at)
    return visit
