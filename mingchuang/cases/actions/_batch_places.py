"""Who of a list is meant: by the places somebody wrote, in handfuls a statement can name."""

from collections.abc import Iterable, Sequence

from mingchuang.cases.batching.errors import NoSuchPlaces
from mingchuang.cases.models.batch_items import BatchItem
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.rules.batches.places import places_in

SOME = 500


def chosen(batch: Batch, places: str) -> list[BatchItem]:
    """Return who stands at the places somebody wrote, in order; refused where one is no place."""
    wanted = places_in(places, most=batch.size) if batch.size else None
    if not wanted:
        raise NoSuchPlaces(size=batch.size)
    found: list[BatchItem] = []
    for start in range(0, len(wanted), SOME):
        some = batch.people.filter(place__in=wanted[start : start + SOME]).defer("person")
        found += some.order_by("place")
    return found


def handfuls(items: Sequence[BatchItem]) -> Iterable[Sequence[BatchItem]]:
    return (items[start : start + SOME] for start in range(0, len(items), SOME))
