"""Whose data of the council are kept longer than the table of retention says."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, Min, Model, OuterRef, Q, QuerySet

from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.keeping import FOUND, SOME, Overdue
from mingchuang.cases.rules.keeping import COUNCIL, OBJECTORS, OWNERS, ended_by
from mingchuang.council.models import Movement, Objection, Owner, Stakeholder

Due = QuerySet[Any]


class Kept(NamedTuple):
    """One kind of people: where they stand, and which of them are forgotten already."""

    model: type[Model]
    topic: str
    known: Callable[[Due, datetime], Due]


def _unforgotten(rows: Due, _before: datetime) -> Due:
    return rows.exclude(salt=b"")


def _owning(rows: Due, before: datetime) -> Due:
    """Whose account had a line later than that is kept as long as it."""
    late = Movement.objects.filter(cost__topic=OuterRef("topic"), at__gt=before)
    return rows.exclude(requester__salt=b"").filter(~Exists(late))


KEPT: Mapping[str, Kept] = {
    COUNCIL: Kept(Stakeholder, "topic__", _unforgotten),
    OBJECTORS: Kept(Objection, "decision__topic__", _unforgotten),
    OWNERS: Kept(Owner, "topic__", _owning),
}


def council_due(term: Retention, now: datetime, *, among: Collection[int] | None = None) -> Due:
    """Return who is still known though their topic is over so long; `among` narrows to these."""
    kind = KEPT[term.category]
    if term.days is None:
        return kind.model._default_manager.none()
    before = ended_by(now, term.days)
    over = Q(**{f"{kind.topic}ended_at__lte": before})
    narrowed = Q() if among is None else Q(pk__in=among)
    return kind.known(kind.model._default_manager.filter(over, narrowed), before).order_by("pk")


def some_council_due(term: Retention, now: datetime) -> list[list[int]]:
    """Return some of them in handfuls to be erased one by one: found before anybody waits."""
    found = list(council_due(term, now).values_list("pk", flat=True)[:FOUND])
    return [found[start : start + SOME] for start in range(0, len(found), SOME)]


def council_overdue(term: Retention, now: datetime) -> Overdue:
    """Return how many they are, and when the oldest topic of theirs was over."""
    due = council_due(term, now).order_by()
    ended = due.annotate(over=F(f"{KEPT[term.category].topic}ended_at"))
    oldest: datetime | None = ended.aggregate(oldest=Min("over"))["oldest"]
    return Overdue(term, count=due.count(), oldest=oldest)
