"""The papers of the people on a list: what came and how, what is turned back, what was mended."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingchuang.cases.models.batch_items import BatchItem, Paper
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.rules.batches.life import TO_DO


def papers_of(item: BatchItem) -> list[Paper]:
    """Return what was asked for one person, with the photos that were handed in."""
    return list(item.papers.prefetch_related("photos").order_by("pk"))


def claimed_of(batch: Batch) -> "QuerySet[Paper]":
    """Return the papers of people still in hand that came without a photo, newest first."""
    return _came(batch).filter(~_shown() | Q(on_word=True))


def came_of(batch: Batch) -> "QuerySet[Paper]":
    """Return the papers of people still in hand of which a photo came, newest first."""
    return _came(batch).filter(_shown(), on_word=False)


def _came(batch: Batch) -> "QuerySet[Paper]":
    rows = Paper.objects.filter(item__batch=batch, item__stage__in=sorted(map(str, TO_DO)))
    came = rows.filter(supplied_at__isnull=False).exclude(name_index="")
    return came.select_related("item").defer("item__because").order_by("-supplied_at", "-pk")


def _shown() -> Exists:
    return Exists(Paper.photos.through.objects.filter(paper=OuterRef("pk")))
