"""Rows taken out of the house leave a trace in it."""

from datetime import datetime

from django.db import transaction

from mingchuang.cases.rules.figures import Period
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person


@transaction.atomic
def note_export(
    what: str, part: str, period: Period, *, rows: int, by: Person, at: datetime
) -> None:
    """Keep who took which rows out as a file, and how many; what is in them is not repeated."""
    record(
        "figures.exported",
        by.subject,
        at=at,
        by=by.badge,
        rate=what,
        what=part,
        rows=rows,
        since=period.first.isoformat(),
        until=period.last.isoformat(),
    )
