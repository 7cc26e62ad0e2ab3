"""Emptying the list of a batch: who stood on it, what was needed of them, and the numbers of their
parcels; places and stages stay, and the tombstone names the digest that each was witnessed by."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from mingchuang.cases.actions._batch_pieces import let_go_of
from mingchuang.cases.models.batch_items import BatchItem, Delivery, ListNote, Paper
from mingchuang.cases.models.batches import Batch, BatchPiece, BatchUpload
from mingchuang.cases.models.case import Case
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON


def forget_people(keys: Collection[int], why: Mapping[str, JSON], *, at: datetime) -> None:
    """Forget these people of lists, their papers, the marked workbooks they stood in, and the
    numbers of the parcels in which nobody is known any more."""
    rows = BatchItem.objects.filter(pk__in=keys).exclude(salt=b"")
    for item in rows.select_related("entry").order_by("pk"):
        item.person = item.person_index = item.crossed_index = item.because = ""
        item.salt = b""
        item.save()
        told = {"of": item.entry.digest, "listed": item.place, **why}
        record("batch.erased", item.entry.subject, at=at, digest="", **told)
    Paper.objects.filter(item__in=keys).update(name="", name_index="", because="")
    batches = Batch.objects.filter(people__in=keys)
    read = BatchUpload.objects.filter(batch__in=batches.values("pk"), read_at__isnull=False)
    let_go_of(read, BatchPiece.MARKED)
    _empty_notes(batches, why, at=at)
    _forget_parcels(keys, why, at=at)


def _empty_notes(batches: "QuerySet[Batch]", why: Mapping[str, JSON], *, at: datetime) -> None:
    """Forget what was said of them: what one note says, it may say of all of them."""
    notes = ListNote.objects.filter(batch__in=batches.values("pk")).exclude(salt=b"")
    for note in notes.select_related("entry").order_by("pk"):
        note.text, note.salt = "", b""
        note.save()
        record("batch.erased", note.entry.subject, at=at, digest="", of=note.entry.digest, **why)


def _forget_parcels(keys: Collection[int], why: Mapping[str, JSON], *, at: datetime) -> None:
    known = BatchItem.objects.filter(delivery=OuterRef("pk")).exclude(salt=b"")
    rows = Delivery.objects.filter(people__in=keys).exclude(Exists(known)).exclude(salt=b"")
    for parcel in rows.distinct().select_related("entry").order_by("pk"):
        parcel.tracking = parcel.missed = parcel.answer = ""
        parcel.salt = b""
        parcel.save()
        told = {"of": parcel.entry.digest, **why}
        record("parcel.erased", parcel.entry.subject, at=at, digest="", **told)


def forget_copies(cases: Iterable[Case]) -> None:
    """Forget the workbooks of these batches, also where nobody of them came on the list."""
    let_go_of(BatchUpload.objects.filter(batch__case__in=cases))
