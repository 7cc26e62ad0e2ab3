"""What the pages of a batch show: n of N, what is missing from whom, which parcel is where."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from mingchuang.cases.models.batch_items import BatchItem, Delivery, Paper
from mingchuang.cases.models.batches import Batch, BatchUpload, Overtime
from mingchuang.cases.rules.batches.columns import IDENTITY, MOBILE, NAME
from mingchuang.cases.rules.batches.life import ENDED, Stage
from mingchuang.cases.rules.batches.numbers import mask_identity
from mingchuang.people.rules.masking import mask_name, mask_phone

# So many people with something missing are named on one page.
NAMED = 100


@dataclass(frozen=True)
class Listed:
    """One person of a list as the page shows them: masked."""

    item: BatchItem

    @property
    def said(self) -> Mapping[str, str]:
        """Everything that stands in the list; nothing once it was erased."""
        found: dict[str, str] = json.loads(self.item.person or "{}")
        return found

    @property
    def name(self) -> str:
        return mask_name(self.said.get(NAME, ""))

    @property
    def identity(self) -> str:
        return mask_identity(self.said.get(IDENTITY, ""))

    @property
    def phone(self) -> str:
        return mask_phone(self.said.get(MOBILE, ""))


@dataclass(frozen=True)
class Lacking:
    """Somebody of whom papers are still needed."""

    who: Listed
    papers: Sequence[Paper]


@dataclass(frozen=True)
class Standing:
    """How far a batch is."""

    batch: Batch
    stages: Mapping[str, int]
    days: Sequence[tuple[date, int]]
    upload: BatchUpload | None
    deliveries: Sequence[Delivery]
    overtime: Sequence[Overtime]

    @property
    def done(self) -> int:
        return self.stages.get(Stage.DONE, 0)

    @property
    def declined(self) -> int:
        return self.stages.get(Stage.DECLINED, 0)

    @property
    def waiting(self) -> int:
        return sum(many for stage, many in self.stages.items() if stage not in ENDED)

    @property
    def lacking(self) -> int:
        return self.stages.get(Stage.NEEDS_MORE, 0)


def standing_of(batch: Batch) -> Standing:
    """Return how far a batch is: five statements, however many people it has."""
    people = batch.people.order_by()
    stages = people.values_list("stage").annotate(Count("pk"))
    days = people.filter(planned_on__isnull=False).to_do().order_by("planned_on")
    counted = days.values_list("planned_on").annotate(Count("pk"))
    parcels = batch.deliveries.annotate(many=Count("people")).order_by("pk")
    return Standing(
        batch=batch,
        stages=dict(stages),
        days=[(day, many) for day, many in counted if day],
        upload=batch.uploads.defer("content", "marked").order_by("-pk").first(),
        deliveries=list(parcels),
        overtime=list(batch.overtime.in_force().select_related("person")),
    )


def lacking_of(batch: Batch) -> list[Lacking]:
    """Return of whom which papers are still needed, in the order of the list."""
    rows = Paper.objects.filter(
        item__batch=batch, supplied_at__isnull=True, item__stage="needs_more"
    )
    first = batch.people.filter(stage=Stage.NEEDS_MORE).order_by("place")[:NAMED]
    people = {item.pk: item for item in first}
    papers: dict[int, list[Paper]] = defaultdict(list)
    for paper in rows.filter(item__in=people).order_by("pk"):
        papers[paper.item_id].append(paper)
    return [Lacking(Listed(item), papers[pk]) for pk, item in people.items() if papers[pk]]


def declined_of(batch: Batch) -> list[Listed]:
    """Return who was not taken on, each with why."""
    rows = batch.people.filter(stage=Stage.DECLINED).order_by("place")[:NAMED]
    return [Listed(item) for item in rows]


def papers_of(item: BatchItem) -> list[Paper]:
    """Return what was asked for one person, with the photos that were handed in."""
    return list(item.papers.prefetch_related("photos").order_by("pk"))


def people_of(batch: Batch, stage: str = "") -> "QuerySet[BatchItem]":
    """Return the people of a list, of one stage if one is named."""
    rows = batch.people.select_related("delivery").order_by("place")
    return rows.filter(stage=stage) if stage else rows


def marked_of(batch: Batch) -> str:
    """Return the newest workbook with its faults, as base64; nothing where none has any."""
    return batch.uploads.exclude(marked="").values_list("marked", flat=True).last() or ""
