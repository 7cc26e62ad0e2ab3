"""Whose name, and what proved a thing, is kept longer than the table of retention says."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from mingchuang.cases.models.found import FoundItem
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.models.lost import LostItem
from mingchuang.cases.queries.keeping import FOUND as MOST_FOUND
from mingchuang.cases.queries.keeping import SOME, Overdue
from mingchuang.cases.rules.keeping import FOUND, LOST, ended_by

THINGS: Mapping[str, type[FoundItem | LostItem]] = {LOST: LostItem, FOUND: FoundItem}


def things_due(
    term: Retention, now: datetime, *, among: Collection[int] | None = None
) -> "QuerySet[Any]":
    """Return the reports, or the things, that ended so long ago; `among` narrows to these keys."""
    rows = THINGS[term.category]._default_manager.exclude(salt=b"")
    if term.days is None:
        return rows.none()
    rows = rows.filter(ended_at__lte=ended_by(now, term.days))
    return rows if among is None else rows.filter(pk__in=among)


def some_things_due(term: Retention, now: datetime) -> list[list[int]]:
    """Return some of them in handfuls to be erased one by one: found before anybody waits."""
    due = things_due(term, now).order_by("ended_at")
    found = list(due.values_list("pk", flat=True)[:MOST_FOUND])
    return [found[start : start + SOME] for start in range(0, len(found), SOME)]


def things_overdue(term: Retention, now: datetime) -> Overdue:
    """Return how many they are, and when the oldest ended."""
    return Overdue(
        term, **things_due(term, now).aggregate(count=Count("pk"), oldest=Min("ended_at"))
    )
