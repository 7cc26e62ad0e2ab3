"""Who was put on a list by mistake, or written wrong, is crossed out before their matter is done.

Put right they are sent again: whoever is crossed out stands on no list. The row as it was is not
taken in a second time, so that the whole workbook may be sent.
"""

from datetime import datetime

from django.db import transaction

from mingchuang.cases.actions._batch_notes import tell_list
from mingchuang.cases.actions._batch_places import chosen, handfuls
from mingchuang.cases.batching.errors import NotCrossedOut
from mingchuang.cases.models.batch_items import BatchItem
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.queries.batches import batch_held, batch_of, must_go_on
from mingchuang.cases.rules.batches.life import Stage, may_move
from mingchuang.cases.rules.batches.places import written
from mingchuang.cases.rules.said import REQUESTER
from mingchuang.people.models import Person

WRITTEN = ("stage", "because", "planned_on", "person_index", "crossed_index")


@transaction.atomic
def cross_out(number: str, code: str, places: str, because: str, *, at: datetime) -> Batch:
    """Let the company's clerk take people off her own list, all of those named or none."""
    batch, _said = batch_of(number, code, lock=True)
    return _crossed_out(batch, places, because, by=REQUESTER, at=at)


@transaction.atomic
def cross_out_for(number: str, places: str, because: str, *, by: Person, at: datetime) -> Batch:
    """Take people off a list for the company, which reads why."""
    batch = batch_held(by, number, lock=True)
    return _crossed_out(batch, places, because, by=by.badge, at=at)


def _crossed_out(batch: Batch, places: str, because: str, *, by: str, at: datetime) -> Batch:
    must_go_on(batch)
    items = chosen(batch, places)
    if wrong := [item.place for item in items if not may_move(item.stage, Stage.TAKEN_OUT)]:
        raise NotCrossedOut(places=written(wrong))
    for some in handfuls(items):
        for item in some:
            item.stage, item.because, item.planned_on = Stage.TAKEN_OUT, because, None
            # Nobody is known by this row any more: put right, they may be sent again.
            item.crossed_index, item.person_index = item.person_index, ""
        BatchItem.objects.bulk_update(some, WRITTEN)
    listed = written(item.place for item in items)
    tell_list(batch, because, "batch.taken_out", at=at, people=len(items), listed=listed, by=by)
    return batch
