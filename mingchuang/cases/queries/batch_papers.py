"""The papers of the people on a list: what came and how, what is turned back, what was mended."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mingchuang.cases.models.batch_items import BatchItem, ListNote, Paper
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.rules.batches.life import TO_DO
from mingchuang.cases.rules.batches.papers import ToldOnce

ADDED, STRUCK = "batch.told_more", "batch.papers_struck"
ASKED = ("batch.told_once", ADDED)
SHOWN = 20


@dataclass(frozen=True)
class Mended:
    """One time a list that was sent was put right: for whom, which papers, and why."""

    note: ListNote

    @property
    def is_added(self) -> bool:
        return self.note.entry.verb == ADDED

    @property
    def places(self) -> str:
        return str(self.note.entry.facts.get("listed", ""))

    @property
    def because(self) -> str:
        return self.note.text.split("\n")[0]

    @property
    def papers(self) -> list[str]:
        return self.note.text.split("\n")[1:]


def papers_of(item: BatchItem) -> list[Paper]:
    """Return what was asked for one person, with the photos that were handed in."""
    return list(item.papers.prefetch_related("photos").order_by("pk"))


def claimed_of(batch: Batch) -> "QuerySet[Paper]":
    """Return the papers of people still in hand that came without a photo, newest first."""
    return _came(batch).filter(~_shown() | Q(on_word=True))


def came_of(batch: Batch) -> "QuerySet[Paper]":
    """Return the papers of people still in hand of which a photo came, newest first."""
    return _came(batch).filter(_shown(), on_word=False)


def mended_of(batch: Batch) -> list[Mended]:
    """Return what was added to the one lists or crossed out of them, newest first."""
    notes = batch.notes.filter(entry__verb__in=[ADDED, STRUCK]).exclude(salt=b"")
    return [Mended(note) for note in notes.select_related("entry").order_by("-pk")[:SHOWN]]


def spared_at(batch: Batch, at: datetime) -> str:
    """Return the places of those who were not asked for a paper then, since it is here."""
    note = batch.notes.filter(at=at, entry__verb__in=ASKED).select_related("entry").last()
    return str(note.entry.facts.get("here_of", "")) if note else ""


def told_once_in(batches: "QuerySet[Batch]") -> ToldOnce:
    """Return of how many people on these lists all that was needed stood on one list."""
    people = BatchItem.objects.filter(batch__in=batches.order_by().values("pk"))
    found = people.aggregate(told=Count("asked_at"), more=Count("more_asked_at"))
    return ToldOnce(found["told"] - found["more"], found["told"])


def _came(batch: Batch) -> "QuerySet[Paper]":
    rows = Paper.objects.filter(item__batch=batch, item__stage__in=sorted(map(str, TO_DO)))
    came = rows.filter(supplied_at__isnull=False).exclude(name_index="")
    return came.select_related("item").defer("item__because").order_by("-supplied_at", "-pk")


def _shown() -> Exists:
    return Exists(Paper.photos.through.objects.filter(paper=OuterRef("pk")))
