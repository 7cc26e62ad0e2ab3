"""Papers that are needed, that came, and whom that lets go on."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from mingchuang.cases.actions._batch_places import SOME
from mingchuang.cases.models.batch_items import BatchItem, Paper
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.queries.batch_known import batches_of_company, paper_index
from mingchuang.cases.rules.batches.life import Stage
from mingchuang.cases.rules.batches.places import written
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


def who(items: Iterable[BatchItem], by: Person) -> dict[str, JSON]:
    """Return what an entry says of whom something was done for, and by whom."""
    return {"listed": written(item.place for item in items), "by": by.badge}


def spared(here_of: str) -> dict[str, JSON]:
    """Return what an entry says of those who were not asked for all of it: some is here."""
    return {"here_of": here_of} if here_of else {}


class Needed(NamedTuple):
    """Which papers are to be asked for, and the places of whom some are here of already."""

    papers: list[Paper]
    here_of: str


def needed_of(
    batch: Batch,
    items: Sequence[BatchItem],
    papers: Collection[str],
    *,
    at: datetime,
    because: str | None = None,
) -> Needed:
    """Return which of these papers are to be asked for, of whom: what is here, or is asked for
    already, is not. With a reason, even an empty one, they come after the one list."""
    wanted: dict[tuple[int, str], str] = {}
    for item in items:
        for paper in papers:
            wanted.setdefault((item.pk, paper_index(item.person_index, paper)), paper)
    there = _handed_in(batch, (index for _pk, index in wanted))
    asked = _asked([item.pk for item in items])
    late: dict[str, str | bool] = {} if because is None else {"is_late": True, "because": because}
    needed = [
        Paper(item_id=pk, name=paper, name_index=index, asked_at=at, **late)
        for (pk, index), paper in wanted.items()
        if index not in there and (pk, index) not in asked
    ]
    here = {pk for pk, index in wanted if index in there}
    return Needed(needed, written(item.place for item in items if item.pk in here))


def _handed_in(batch: Batch, indexes: Iterable[str]) -> set[str]:
    """Return which papers of which people are here already, from whatever batch of the company:
    what nobody has seen is not, nor what another company handed in, which this one cannot see."""
    wanted, found = list(indexes), set[str]()
    came = Paper.objects.filter(supplied_at__isnull=False, on_word=False)
    rows = came.filter(item__batch__in=batches_of_company(batch))
    for start in range(0, len(wanted), SOME):
        some = rows.filter(name_index__in=wanted[start : start + SOME])
        found.update(some.values_list("name_index", flat=True))
    return found


def _asked(items: Sequence[int]) -> set[tuple[int, str]]:
    found = set[tuple[int, str]]()
    for start in range(0, len(items), SOME):
        rows = Paper.objects.filter(item__in=items[start : start + SOME])
        found.update(rows.values_list("item_id", "name_index"))
    return found


def go_on(batch: Batch, items: Iterable[int]) -> list[int]:
    """Let go on who waited and owes nothing more, of these; return their places."""
    owing = Paper.objects.filter(item__batch=batch).owed()
    free = set(items) - set(owing.values_list("item_id", flat=True))
    rows = batch.people.filter(pk__in=free, stage=Stage.NEEDS_MORE)
    back = list(rows.values_list("place", flat=True))
    rows.update(stage=Stage.ACCEPTED, because="")
    return back
