"""Whose name and phone are kept longer than the table of retention says."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.keeping import FOUND, SOME, Overdue
from mingchuang.cases.rules.keeping import ended_by
from mingchuang.people.models import Requester
from mingchuang.visits.models import Visit


def visitors_due(
    term: Retention, now: datetime, *, among: Collection[int] | None = None
) -> QuerySet[Requester]:
    """Return who came for nothing that is not over so long; `among` narrows to these keys."""
    if term.days is None:
        return Requester.objects.none()
    before = ended_by(now, term.days)
    ended = Visit.objects.filter(ended_at__lte=before, requester__isnull=False)
    ended = ended if among is None else ended.filter(requester__in=among)
    later = Q(ended_at__isnull=True) | Q(ended_at__gt=before)
    still = Visit.objects.filter(later, requester=OuterRef("pk"))
    known = Requester.objects.exclude(salt=b"").filter(submissions__isnull=True)
    return known.filter(~Exists(still), pk__in=ended.values("requester"))


def some_visitors_due(term: Retention, now: datetime) -> list[list[int]]:
    """Return some of them in handfuls to be erased one by one: found before anybody waits."""
    found = list(visitors_due(term, now).values_list("pk", flat=True)[:FOUND])
    return [found[start : start + SOME] for start in range(0, len(found), SOME)]


def visitors_overdue(term: Retention, now: datetime) -> Overdue:
    """Return how many they are, and when the visit of the oldest ended."""
    due = visitors_due(term, now)
    oldest = due.aggregate(at=Min("visits__ended_at"))["at"]
    return Overdue(term, count=due.count(), oldest=oldest)
