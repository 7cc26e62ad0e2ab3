"""The people of a list some hundred at a time, however many they are."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mingchuang.cases.models.batch_items import BatchItem
from mingchuang.cases.queries.batch_pages import Lacking, Listed, lacking_of
from mingchuang.cases.rules.batches.life import Stage

if TYPE_CHECKING:
    from django.db.models import QuerySet

SLICE = 500


def one_by_one(rows: "QuerySet[BatchItem]") -> Iterator[BatchItem]:
    """Yield people in the order of their places, some hundred at a time."""
    for some in _handfuls(rows):
        yield from some


def each_with_papers(rows: "QuerySet[BatchItem]") -> Iterator[Lacking]:
    """Yield people in the order of their places, each with what is still needed of them."""
    for some in _handfuls(rows):
        papers = {one.who.item.pk: one.papers for one in lacking_of(some)}
        for item in some:
            owed = papers.get(item.pk, ()) if item.stage == Stage.NEEDS_MORE else ()
            yield Lacking(Listed(item), owed)


def _handfuls(rows: "QuerySet[BatchItem]") -> Iterator[list[BatchItem]]:
    last = 0
    while some := list(rows.filter(place__gt=last)[:SLICE]):
        yield some
        last = some[-1].place
