"""Papers put right: one that came and cannot be used is turned back, one that the one list left out
is added for all to see, one that is not needed is crossed out."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mingchuang.cases.actions._batch_notes import tell_list
from mingchuang.cases.actions._batch_papers import go_on, needed_of, spared, who
from mingchuang.cases.actions._batch_places import chosen, handfuls
from mingchuang.cases.batching.errors import (
    NotAskedYet,
    NothingToAsk,
    NothingToStrike,
    NothingToTurnBack,
    WrongStage,
)
from mingchuang.cases.batching.words import MOVES
from mingchuang.cases.models.batch_items import Paper
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.queries.batch_papers import came_of
from mingchuang.cases.queries.batches import batch_in_hand
from mingchuang.cases.rules.batches.life import MAY_OWE, Stage
from mingchuang.cases.rules.batches.places import written
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


@transaction.atomic
def add_papers(
    number: str, places: str, papers: Collection[str], because: str, *, by: Person, at: datetime
) -> Batch:
    """Tell the company what the one list left out, and why: it reads that this is a second one,
    and it is counted."""
    batch = batch_in_hand(by, number)
    items = chosen(batch, places)
    if unasked := [item.place for item in items if not item.asked_at]:
        raise NotAskedYet(places=written(unasked))
    if wrong := [item.place for item in items if item.stage not in MAY_OWE]:
        raise WrongStage(places=written(wrong), move=MOVES[Stage.NEEDS_MORE])
    because = " ".join(because.split())
    needed, here_of = needed_of(batch, items, papers, at=at, because=because)
    if not needed:
        raise NothingToAsk
    Paper.objects.bulk_create(needed)
    waiting = {paper.item_id for paper in needed}
    rows = [item for item in items if item.pk in waiting]
    for some in handfuls(rows):
        keys = [item.pk for item in some]
        batch.people.filter(pk__in=keys).update(stage=Stage.NEEDS_MORE, more_asked_at=at)
    told = {"papers": len(needed), **who(rows, by), **spared(here_of)}
    tell_list(batch, "\n".join([because, *papers]), "batch.told_more", at=at, **told)
    return batch


@transaction.atomic
def strike_papers(
    number: str, papers: Collection[int], because: str, *, by: Person, at: datetime
) -> Batch:
    """Cross out papers that are not needed after all; who owes nothing more goes on."""
    batch = batch_in_hand(by, number)
    owed = Paper.objects.filter(item__batch=batch, item__stage=Stage.NEEDS_MORE).owed()
    struck = list(owed.filter(pk__in=papers).select_related("item"))
    if not struck:
        raise NothingToStrike
    names = dict.fromkeys(paper.name for paper in struck)
    items = {paper.item_id: paper.item for paper in struck}
    keys = [paper.pk for paper in struck]
    Paper.objects.filter(pk__in=keys).update(struck_at=at, name_index="")
    onward = written(go_on(batch, items))
    told = {"papers": len(struck), **who(items.values(), by), "onward": onward}
    text = "\n".join([" ".join(because.split()), *names])
    tell_list(batch, text, "batch.papers_struck", at=at, **told)
    return batch
