"""Whose thanks and gifts are known longer than the table of retention says."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django.utils.timezone import localdate

from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.keeping import FOUND, SOME, Overdue
from mingchuang.cases.rules.keeping import ended_by
from mingchuang.reviews.models import Commendation, Gift


def thanks_due(
    term: Retention, now: datetime, *, among: Collection[int] | None = None
) -> "QuerySet[Commendation]":
    """Return the entries whose giver and words are still known so long after the day."""
    if term.days is None:
        return Commendation.objects.none()
    before = localdate(ended_by(now, term.days))
    due = Commendation.objects.filter(given_on__lte=before).exclude(salt=b"")
    return (due if among is None else due.filter(pk__in=among)).order_by("pk")


def gifts_due(
    term: Retention, now: datetime, *, among: Collection[int] | None = None
) -> "QuerySet[Gift]":
    """Return the gifts of which the same is true, counted from the day they were settled."""
    if term.days is None:
        return Gift.objects.none()
    before = localdate(ended_by(now, term.days))
    due = Gift.objects.filter(settled_on__lte=before).exclude(salt=b"")
    return (due if among is None else due.filter(pk__in=among)).order_by("pk")


def some_thanks_due(term: Retention, now: datetime) -> list[list[int]]:
    """Return some of them in handfuls; gifts by their number below zero."""
    found = list(thanks_due(term, now).values_list("pk", flat=True)[:FOUND])
    found += [-pk for pk in gifts_due(term, now).values_list("pk", flat=True)[:FOUND]]
    return [found[start : start + SOME] for start in range(0, len(found), SOME)]


def thanks_overdue(term: Retention, now: datetime) -> Overdue:
    """Return how many they are, and of when the oldest is."""
    found = [
        due.order_by().aggregate(n=Count("pk"), oldest=Min("at"))
        for due in (thanks_due(term, now), gifts_due(term, now))
    ]
    days: list[datetime] = [one["oldest"] for one in found if one["oldest"]]
    return Overdue(term, count=sum(one["n"] for one in found), oldest=min(days, default=None))
