"""What is said of some people of a list, witnessed by the ledger; and days counted anew."""

from datetime import datetime

from mingchuang.cases.models.batch_items import ListNote
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.models.case import Case
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON


def tell_list(batch: Batch, text: str, verb: str, *, at: datetime, **told: JSON) -> ListNote:
    """Write down what happened to some of a list, with the digest of the words that were said."""
    note = ListNote(batch=batch, text=text, at=at)
    note.entry = record(verb, batch.subject, at=at, digest=note.digest, **told)
    note.save()
    return note


def plan_anew(batch: Batch, *, at: datetime) -> None:
    """Let the days be counted again, where they were counted before."""
    if batch.planned_at and not batch.plan_asked_at:
        batch.plan_asked_at = at
        batch.save(update_fields=["plan_asked_at"])


def plan_case_anew(case: Case, *, at: datetime) -> None:
    """Let the days of a case's list be counted again, since its due time moved."""
    for batch in Batch.objects.filter(case=case):
        plan_anew(batch, at=at)
