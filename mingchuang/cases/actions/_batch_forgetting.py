"""Emptying the list of a batch: who stood on it and what was needed of them; places and stages
stay, and the tombstone names the digest that each was witnessed by."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from mingchuang.cases.models.batch_items import BatchItem, Paper
from mingchuang.cases.models.batches import BatchUpload
from mingchuang.cases.models.case import Case
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON


def forget_people(keys: Collection[int], why: Mapping[str, JSON], *, at: datetime) -> None:
    """Forget these people of lists, their papers, and the marked workbooks they stood in."""
    rows = BatchItem.objects.filter(pk__in=keys).exclude(salt=b"")
    for item in rows.select_related("entry").order_by("pk"):
        item.person = item.person_index = item.because = ""
        item.salt = b""
        item.save()
        told = {"of": item.entry.digest, "listed": item.place, **why}
        record("batch.erased", item.entry.subject, at=at, digest="", **told)
    Paper.objects.filter(item__in=keys).update(name="", name_index="")
    uploads = BatchUpload.objects.filter(batch__people__in=keys, read_at__isnull=False)
    BatchUpload.objects.filter(pk__in=uploads.values("pk")).update(marked="")


def forget_copies(cases: Iterable[Case]) -> None:
    """Forget the workbooks of these batches, also where nobody of them came on the list."""
    BatchUpload.objects.filter(batch__case__in=cases).update(content="", marked="")
