"""Who of a workbook is known already: in the list itself, or in an earlier batch of the company."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db.models import Q

from mingchuang.cases.models.batch_items import BatchItem
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.batches.life import TO_DO, Stage
from mingchuang.cases.rules.batches.papers import folded
from mingchuang.cases.rules.life import WAITING
from mingchuang.people.fields import text_index


class Earlier(NamedTuple):
    """Where somebody stands already: in which batch, at which place, and whether it is done."""

    number: str
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


def known_elsewhere(batch: Batch, indexes: Collection[str]) -> Mapping[str, Earlier]:
    """Return who of these stands in another batch of the same company for the same thing, over or
    not: their matter is done there, or it still goes on. Who was declined, or left behind by a
    batch that was withdrawn, may be sent again.

    The same company is who gave the same code and the same phone: somebody who only knows the
    code of a company does not learn whose matters it has here.
    """
    said = Submission.objects.filter(case=batch.case).select_related("requester").first()
    phone = said.requester.phone_index if said and said.requester else ""
    if not phone:
        return {}
    going_on = Q(
        batch__case__state__in=sorted(map(str, WAITING)), stage__in=sorted(map(str, TO_DO))
    )
    rows = BatchItem.objects.filter(
        going_on | Q(stage=Stage.DONE),
        person_index__in=indexes,
        batch__credit_code=batch.credit_code,
        batch__item=batch.item_id,
        batch__case__submissions__requester__phone_index=phone,
    ).exclude(batch=batch)
    told = rows.select_related("batch__case").defer("person", "because").order_by("-pk")
    return {
        row.person_index: Earlier(row.batch.number, row.place, is_done=row.stage == Stage.DONE)
        for row in told
    }
