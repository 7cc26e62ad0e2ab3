"""Papers put right: one that came and cannot be used is turned back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mingchuang.cases.actions._batch_notes import tell_list
from mingchuang.cases.actions._batch_papers import who
from mingchuang.cases.batching.errors import NothingToTurnBack
from mingchuang.cases.models.batch_items import Paper
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.queries.batch_papers import came_of
from mingchuang.cases.queries.batches import batch_in_hand
from mingchuang.cases.rules.batches.life import Stage
from mingchuang.people.models import Person


@transaction.atomic
def turn_back_papers(
    number: str, papers: Collection[int], why: str, because: str = "", *, by: Person, at: datetime
) -> Batch:
    """Turn back papers whose photo cannot be used: the company reads why, and their people wait
    for them again, in whatever batch they are needed."""
    batch = batch_in_hand(by, number)
    came = came_of(batch).filter(pk__in=papers).order_by()
    if not (found := dict(came.values_list("pk", "item_id"))):
        raise NothingToTurnBack
    because = " ".join(because.split())
    Paper.objects.filter(pk__in=found).update(
        supplied_at=None, turned_back_at=at, why=why, because=because
    )
    items = list(batch.people.filter(pk__in=found.values()).order_by("place"))
    batch.people.filter(pk__in=found.values()).update(stage=Stage.NEEDS_MORE, because="")
    told = {"papers": len(found), "why": why, **who(items, by)}
    tell_list(batch, because, "batch.turned_back", at=at, **told)
    return batch
