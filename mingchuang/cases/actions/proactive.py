"""Act before people ask (未诉先办)."""

import secrets
from datetime import datetime

from django.db import transaction

from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.models.case import Case
from mingchuang.cases.queries.desk import case_for, desk_unit
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.said import Said
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person


@transaction.atomic
def raise_proactively(
    cause: str, *, title: str, text: str, place: str, kind: str, by: Person, at: datetime
) -> Case:
    """Raise a case of our own about what many people asked, before more of them have to ask.

    `cause` is the number of one of their cases; each page leads to the other.
    """
    prompted_by = case_for(by, cause, duty=Duty.DISPATCH)
    said = Said(
        text=text,
        key=f"proactive:{secrets.token_urlsafe(24)}",
        kind=kind,
        title=title,
        place=place,
        channel="proactive",
    )
    case = receive_submission(said, unit=desk_unit(by), at=at, taken_by=by).case
    case.prompted_by = prompted_by
    case.save(update_fields=["prompted_by"])
    record("case.prompted", case.subject, at=at, by=by.badge, cause=prompted_by.number)
    return case
