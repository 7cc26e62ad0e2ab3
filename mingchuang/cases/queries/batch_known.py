"""Who is known already: in the list itself, in an earlier batch of the company, or in a batch of
somebody else, of which only the staff are told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingchuang.cases.models.batch_items import BatchItem
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.batches import batches_seen
from mingchuang.cases.rules.batches.life import TO_DO, Stage
from mingchuang.cases.rules.batches.papers import folded
from mingchuang.cases.rules.life import WAITING
from mingchuang.people.fields import text_index
from mingchuang.people.models import Person


class Earlier(NamedTuple):
    """Where somebody stands already: in which batch, at which place, and whether it is done."""

    number: str
    place: int
    is_done: bool


class Beside(NamedTuple):
    """Another batch in which somebody stands, by number where it may be read."""

    number: str
    organisation: str
    place: int
    is_done: bool


def person_index(identity: str) -> str:
    """Return what a person is found again by, in whatever batch."""
    return text_index("batch_person", identity)


def paper_index(person: str, paper: str) -> str:
    """Return what one paper of one person is found again by, in whatever batch and however its
    name is typed."""
    return text_index("batch_paper", f"{person}\n{folded(paper)}") if person else ""


def known_in(batch: Batch, indexes: Collection[str]) -> Mapping[str, BatchItem]:
    """Return who of these people stands in the list already."""
    rows = batch.people.filter(person_index__in=indexes)
    return {row.person_index: row for row in rows}


def crossed_in(batch: Batch, indexes: Collection[str]) -> "QuerySet[BatchItem]":
    """Return whom of these people somebody crossed out of the list, each time they were."""
    return batch.people.filter(crossed_index__in=indexes)


def batches_of_company(batch: Batch) -> "QuerySet[Batch]":
    """Return this batch and the others of the same company, whoever speaks for it now: of both the
    staff made sure that they come from who has this code. Until they did, it is who gave the same
    code and the same phone. Somebody who only knows the code of a company, which is public, does
    not learn whose matters it has here.
    """
    said = Submission.objects.filter(case=batch.case).select_related("requester").first()
    phone = said.requester.phone_index if said and said.requester else ""
    own = Q(pk=batch.pk)
    if batch.proof:
        own |= Q(credit_code=batch.credit_code) & ~Q(proof="")
    if phone:
        same = Submission.objects.filter(requester__phone_index=phone).order_by()
        own |= Q(credit_code=batch.credit_code, case__in=same.values("case"))
    return Batch.objects.filter(own).order_by()


def known_elsewhere(batch: Batch, indexes: Collection[str]) -> Mapping[str, Earlier]:
    """Return who of these stands in another batch of the same company for the same thing, over or
    not: their matter is done there, or it still goes on. Who was declined, or left behind by a
    batch that was withdrawn, may be sent again.
    """
    rows = _beside(batch, indexes).filter(batch__in=batches_of_company(batch))
    told = rows.select_related("batch__case").defer("person", "because").order_by("-pk")
    return {
        row.person_index: Earlier(row.batch.number, row.place, is_done=row.stage == Stage.DONE)
        for row in told
    }


def beside_of(
    person: Person, batch: Batch, people: Iterable[BatchItem]
) -> Mapping[str, Sequence[Beside]]:
    """Return who of these stands in a batch of somebody else for the same thing, too; which one
    it is, only where this person may read it. It is for who handles them, not for the company."""
    indexes = {item.person_index for item in people} - {""}
    seen = Exists(batches_seen(person).filter(pk=OuterRef("batch")))
    found: dict[str, list[Beside]] = defaultdict(list)
    rows = _beside(batch, indexes).annotate(seen=seen).select_related("batch__case")
    for row in rows.defer("person", "because").order_by("-pk"):
        named = (row.batch.number, row.batch.organisation, row.place) if row.seen else ("", "", 0)
        found[row.person_index].append(Beside(*named, is_done=row.stage == Stage.DONE))
    return found


def _beside(batch: Batch, indexes: Collection[str]) -> "QuerySet[BatchItem]":
    """Return where else these people stand for the same thing, done or still to be."""
    going_on = Q(
        batch__case__state__in=sorted(map(str, WAITING)), stage__in=sorted(map(str, TO_DO))
    )
    rows = BatchItem.objects.filter(going_on | Q(stage=Stage.DONE), person_index__in=indexes)
    return rows.filter(batch__item=batch.item_id).exclude(batch=batch)
