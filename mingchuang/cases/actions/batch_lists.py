"""The list of a batch as it comes in: a workbook is kept, read beside the pages, and let go."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from mingchuang.base.errors import Refused, in_each_language
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.cases.actions._batch_notes import plan_anew
from mingchuang.cases.actions._batch_pieces import keep_pieces, let_go_of
from mingchuang.cases.actions._batch_reading import Count
from mingchuang.cases.batching.errors import ListFull, UploadWaits
from mingchuang.cases.models.batch_items import BatchItem
from mingchuang.cases.models.batches import Batch, BatchPiece, BatchUpload
from mingchuang.cases.queries.batch_known import (
    Earlier,
    crossed_in,
    known_elsewhere,
    known_in,
    person_index,
)
from mingchuang.cases.queries.batches import batch_of, batch_under, must_go_on
from mingchuang.cases.rules.batches.columns import IDENTITY, NAME
from mingchuang.cases.rules.batches.sheet import Fault, Line
from mingchuang.cases.rules.life import WAITING
from mingchuang.cases.rules.said import REQUESTER
from mingchuang.ledger.actions import Past, record, record_past
from mingchuang.ledger.rules.canonical import canonical

MOST = 200_000


@sent_twice_taken_once
@transaction.atomic
def keep_upload(
    number: str, code: str, content: Iterable[bytes], *, key: str, at: datetime
) -> BatchUpload:
    """Keep a workbook, as it comes, until it is read; the next one waits for its turn."""
    if earlier := BatchUpload.objects.filter(key=key).first():
        return earlier
    batch, _said = batch_of(number, code, lock=True)
    must_go_on(batch)
    if batch.uploads.filter(read_at__isnull=True).exists():
        raise UploadWaits
    language = get_language() or "zh-hans"
    upload = BatchUpload.objects.create(batch=batch, key=key, language=language, at=at)
    keep_pieces(upload, BatchPiece.SENT, content)
    return upload


@transaction.atomic
def let_go_of_copies(*, at: datetime) -> int:
    """Let go of marked workbooks that nobody can mend any more, since their case is over by now;
    return how many they were."""
    marked = BatchUpload.objects.filter(pieces__part_of=BatchPiece.MARKED, pieces__nth=0)
    over = marked.filter(at__lte=at).exclude(batch__case__state__in=WAITING)
    gone = over.count()
    let_go_of(over, BatchPiece.MARKED)
    return gone


@transaction.atomic
def add_people(
    upload: BatchUpload, rows: Sequence[tuple[int, Line]], *, at: datetime
) -> list[bool | Fault]:
    """Put some people, each with the row of the workbook they stand in, on the list together.

    Returns for each whether they are new; who stands there already stays as they are, and who
    cannot be put there is a fault. Read again after a power cut, the same row is new again.
    """
    batch = batch_under(upload)
    indexes = [person_index(line.identity) for _row, line in rows]
    known = dict(known_in(batch, indexes))
    crossed = {item.person: item.place for item in crossed_in(batch, indexes)}
    elsewhere = known_elsewhere(batch, set(indexes) - set(known))
    new: list[BatchItem] = []
    done: list[bool | Fault] = []
    for (row, line), index in zip(rows, indexes, strict=True):
        if there := known.get(index):
            done.append(_again(there, upload, row, line))
        elif place := crossed.get(_written(line)):
            done.append(Fault(IDENTITY, "crossed", place))
        elif found := elsewhere.get(index):
            done.append(_earlier(found))
        else:
            place = batch.size + len(new) + 1
            known[index] = item = _item(upload, place, row, line, index, at=at)
            new.append(item)
            done.append(True)
    _keep(batch, new, at=at)
    return done


def _item(
    upload: BatchUpload, place: int, row: int, line: Line, index: str, *, at: datetime
) -> BatchItem:
    return BatchItem(
        batch_id=upload.batch_id,
        upload=upload,
        place=place,
        sheet_row=row,
        person=_written(line),
        person_index=index,
        at=at,
    )


def _written(line: Line) -> str:
    return canonical(dict(line.said)).decode()


def _again(there: BatchItem, upload: BatchUpload, row: int, line: Line) -> bool | Fault:
    """Say what a row is whose person stands in the list: itself, a double, known, or different."""
    if there.upload_id == upload.pk:
        if there.sheet_row == row:
            return True
        same = _name_of(there) == line.name
        return Fault(IDENTITY, "twice" if same else "one_number", there.sheet_row + 1)
    if there.person == _written(line):
        return False
    code = "differs" if _name_of(there) == line.name else "one_number_listed"
    return Fault(IDENTITY, code, there.place)


def _name_of(item: BatchItem) -> str:
    return str(json.loads(item.person or "{}").get(NAME, ""))


def _earlier(found: Earlier) -> Fault:
    code = "done_elsewhere" if found.is_done else "elsewhere"
    return Fault(IDENTITY, code, found.place, found.number)


def _keep(batch: Batch, new: Sequence[BatchItem], *, at: datetime) -> None:
    if batch.size + len(new) > MOST:
        raise ListFull(most=MOST)
    subject = batch.subject
    told = (
        Past("batch.added", subject, at, item.digest, {"listed": item.place, "by": REQUESTER})
        for item in new
    )
    for item, entry in zip(new, record_past(told, at=at), strict=True):
        item.entry = entry
    BatchItem.objects.bulk_create(new)
    batch.size += len(new)
    batch.save(update_fields=["size"])


@transaction.atomic
def finish_upload(
    upload: BatchUpload,
    count: Count,
    marked: Iterable[bytes],
    refused: Refused | None,
    *,
    at: datetime,
) -> BatchUpload:
    """Let go of the workbook, keep the copy with its faults, and say what became of it.

    Of two who read it at once, the first one's word counts.
    """
    kept = BatchUpload.objects.select_for_update().get(pk=upload.pk)
    if kept.read_at is None:
        kept.read_at = at
        kept.good, kept.known, kept.faulty = count.good, count.known, count.faulty
        kept.rows, kept.faults = count.rows, count.faults
        kept.refusal = in_each_language(refused) if refused else {}
        kept.save()
        let_go_of(BatchUpload.objects.filter(pk=kept.pk), BatchPiece.SENT)
        if count.faulty or not refused:
            # What was refused unread leaves the copy before it to be mended.
            let_go_of(BatchUpload.objects.filter(batch=kept.batch_id), BatchPiece.MARKED)
            keep_pieces(kept, BatchPiece.MARKED, marked)
        if count.good:
            # Who came on the list has no day yet: what was promised was promised without them.
            plan_anew(kept.batch, at=at)
        facts = {"rows": kept.rows, "added": count.good, "faulty": count.faulty}
        told = {"unread": refused.code} if refused else {}
        record("batch.read", kept.batch.subject, at=at, digest="", by=REQUESTER, **facts, **told)
    return kept
