"""What the pages of a batch show: n of N, what is missing from whom, which parcel is where."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate

from mingchuang.base.typing import Text
from mingchuang.cases.batching.words import STAGES
from mingchuang.cases.models.batch_items import BatchItem, Delivery, Paper
from mingchuang.cases.models.batches import Batch, BatchUpload, Overtime
from mingchuang.cases.queries.batch_known import Beside, beside_of
from mingchuang.cases.rules.batches.columns import IDENTITY, MOBILE, NAME
from mingchuang.cases.rules.batches.life import TO_DO, Stage
from mingchuang.cases.rules.batches.numbers import mask_identity
from mingchuang.cases.rules.batches.papers import ToldOnce
from mingchuang.cases.rules.batches.spread import promise_by
from mingchuang.people.models import Person
from mingchuang.people.rules.masking import mask_name, mask_phone


@dataclass(frozen=True)
class Listed:
    """One person of a list as the page shows them: masked, but to the clerk who sent the list."""

    item: BatchItem
    # Where else they stand for the same thing, on the pages of the staff.
    beside: Sequence[Beside] = ()

    @property
    def said(self) -> Mapping[str, str]:
        """Everything that stands in the list; nothing once it was erased."""
        found: dict[str, str] = json.loads(self.item.person or "{}")
        return found

    @property
    def full_name(self) -> str:
        return self.said.get(NAME, "")

    @property
    def row(self) -> int:
        """The row of the workbook in which the company wrote them, as its own program counts."""
        return self.item.sheet_row + 1

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
    told_once: ToldOnce

    @property
    def done(self) -> int:
        return self.stages.get(Stage.DONE, 0)

    def by_stage(self, also: str = "") -> list[tuple[str, Text, int]]:
        """Return how many are where, in the order of their way; the empty stages are left out, but
        the one that was asked for."""
        each = ((stage, words, self.stages.get(stage, 0)) for stage, words in STAGES)
        return [one for one in each if one[2] or one[0] == also]

    @property
    def declined(self) -> int:
        return self.stages.get(Stage.DECLINED, 0)

    @property
    def taken_out(self) -> int:
        return self.stages.get(Stage.TAKEN_OUT, 0)

    @property
    def listed(self) -> int:
        """How many are on the list now: without those who were crossed out."""
        return self.batch.size - self.taken_out

    @property
    def waiting(self) -> int:
        return sum(many for stage, many in self.stages.items() if stage in TO_DO)

    @property
    def undated(self) -> int:
        """How many wait without a day, where days were given at all."""
        dated = sum(many for _day, many in self.days)
        return self.waiting - dated if self.batch.planned_at else 0

    @property
    def ahead(self) -> list[tuple[date, int]]:
        """How many are planned for which day, from today on."""
        today = localdate()
        return [one for one in self.days if one[0] >= today]

    @property
    def passed(self) -> int:
        """How many still wait whose day went by."""
        return sum(many for _day, many in self.days) - sum(many for _day, many in self.ahead)

    @property
    def is_late(self) -> bool:
        """Whether the promised day went by with somebody still waiting."""
        promised = self.batch.promised_on
        return bool(promised and promised < localdate() and self.waiting)

    @property
    def ends_late_on(self) -> date | None:
        """The last planned day where it is beyond the day on which an answer is due."""
        due, ends_on = self.batch.case.due_at, self.days[-1][0] if self.days else None
        due_on = localdate(due) if due else None
        return None if promise_by(ends_on, due_on) else ends_on

    @property
    def lacking(self) -> int:
        return self.stages.get(Stage.NEEDS_MORE, 0)


def standing_of(batch: Batch) -> Standing:
    """Return how far a batch is: five statements, however many people it has."""
    people = batch.people.order_by()
    asked = Count("asked_at"), Count("more_asked_at")
    stages = list(people.values_list("stage").annotate(Count("pk"), *asked))
    told, more = (sum(row[nth] for row in stages) for nth in (2, 3))
    days = people.filter(planned_on__isnull=False).to_do().order_by("planned_on")
    counted = days.values_list("planned_on").annotate(Count("pk"))
    parcels = batch.deliveries.annotate(many=Count("people")).select_related("entry")
    return Standing(
        batch=batch,
        stages={stage: many for stage, many, *_asked in stages},
        days=[(day, many) for day, many in counted if day],
        upload=batch.uploads.order_by("-pk").first(),
        deliveries=list(parcels.order_by("pk")),
        overtime=list(batch.overtime.in_force().select_related("person")),
        told_once=ToldOnce(told - more, told),
    )


def who_lacks(batch: Batch) -> "QuerySet[BatchItem]":
    """Return of whom papers are still needed, in the order of the list."""
    return batch.people.filter(stage=Stage.NEEDS_MORE).select_related("upload").order_by("place")


def lacking_of(people: Sequence[BatchItem]) -> list[Lacking]:
    """Return what each of these people still lacks."""
    asked = Paper.objects.filter(item__in=people).owed()
    papers: dict[int, list[Paper]] = defaultdict(list)
    for paper in asked.order_by("pk"):
        papers[paper.item_id].append(paper)
    return [Lacking(Listed(item), papers[item.pk]) for item in people if papers[item.pk]]


def declined_of(batch: Batch) -> "QuerySet[BatchItem]":
    """Return who was not taken on or crossed out, each with why."""
    ended = batch.people.filter(stage__in=[Stage.DECLINED, Stage.TAKEN_OUT])
    return ended.select_related("upload").order_by("place")


def people_of(batch: Batch, stage: str = "") -> "QuerySet[BatchItem]":
    """Return the people of a list, of one stage if one is named."""
    rows = batch.people.select_related("delivery").order_by("place")
    return rows.filter(stage=stage) if stage else rows


def listed_to(person: Person, batch: Batch, people: Sequence[BatchItem]) -> list[Listed]:
    """Return these people as the staff read them: also where else each of them stands."""
    beside = beside_of(person, batch, people)
    return [Listed(item, beside.get(item.person_index, ())) for item in people]
