"""Who saw whom on a list: each look, and each list taken out, stands in the ledger."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from mingchuang.cases.models.batch_items import BatchItem
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.queries.batches import batch_held, batch_of, item_held
from mingchuang.cases.rules.said import REQUESTER
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


@transaction.atomic
def reveal_person(number: str, place: int, *, by: Person, at: datetime) -> BatchItem:
    """Show one person of the list in full to the contact or the handler; that they looked is in
    the ledger."""
    item = item_held(by, number, place)
    record("batch.revealed", item.batch.subject, at=at, digest="", listed=place, by=by.badge)
    return item


@transaction.atomic
def take_out_masked(number: str, *, by: Person, at: datetime) -> "QuerySet[BatchItem]":
    """Hand out the list as a file, names and numbers masked."""
    return _taken_out(batch_held(by, number), masked=True, by=by.badge, at=at)


@transaction.atomic
def take_out_whole(number: str, *, by: Person, at: datetime) -> "QuerySet[BatchItem]":
    """Hand out the list as a file with everything that stands in it."""
    return _taken_out(batch_held(by, number), masked=False, by=by.badge, at=at)


@transaction.atomic
def take_out_own(number: str, code: str, *, at: datetime) -> "QuerySet[BatchItem]":
    """Hand out the list to the company's clerk who sent it: whose matter is where."""
    batch, _said = batch_of(number, code)
    return _taken_out(batch, masked=False, by=REQUESTER, at=at)


def _taken_out(batch: Batch, *, masked: bool, by: str, at: datetime) -> "QuerySet[BatchItem]":
    rows = batch.people.exclude(salt=b"").select_related("delivery").order_by("place")
    told: dict[str, JSON] = {"masked": masked, "rows": rows.count(), "by": by}
    record("batch.exported", batch.subject, at=at, digest="", **told)
    return rows
