"""Which inspections hold notes and photos for longer than the table of retention says."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.keeping import FOUND, SOME, Overdue
from mingchuang.cases.rules.keeping import ended_by
from mingchuang.reviews.models import Act, Inspection
from mingchuang.reviews.rules.inspections import Deed


def inspections_due(
    term: Retention, now: datetime, *, among: Collection[int] | None = None
) -> "QuerySet[Inspection]":
    """Return what was finished, or called off, so long ago and is not forgotten; `among` narrows
    to these."""
    if term.days is None:
        return Inspection.objects.none()
    narrowed = Q() if among is None else Q(pk__in=among)
    off = Act.objects.filter(inspection=OuterRef("pk"), deed=Deed.CALL_OFF).values("at")
    over = Inspection.objects.annotate(over_at=Coalesce("finished_at", Subquery(off)))
    old = over.filter(narrowed, over_at__lte=ended_by(now, term.days))
    return old.filter(erased_at=None).order_by("pk")


def some_inspections_due(term: Retention, now: datetime) -> list[list[int]]:
    """Return some of them in handfuls to be erased one by one: found before anybody waits."""
    found = list(inspections_due(term, now).values_list("pk", flat=True)[:FOUND])
    return [found[start : start + SOME] for start in range(0, len(found), SOME)]


def inspections_overdue(term: Retention, now: datetime) -> Overdue:
    """Return how many they are, and when the oldest was over."""
    due = inspections_due(term, now).order_by()
    oldest: datetime | None = due.aggregate(oldest=Min("over_at"))["oldest"]
    return Overdue(term, count=due.count(), oldest=oldest)
