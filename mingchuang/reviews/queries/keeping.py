"""Whose words of ratings, and whose phones, are kept longer than the table of retention says."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.keeping import FOUND, SOME, Overdue
from mingchuang.cases.rules.keeping import ended_by
from mingchuang.reviews.models import Rating, Review, Word


def of_whom_something_is_kept() -> "QuerySet[Rating]":
    """Return the ratings of which words, a phone, or what was noted about them, still stand, and
    which nobody is busy with."""
    noted = Word.objects.filter(review__rating=OuterRef("pk")).exclude(text="")
    kept = ~Q(words="") | ~Q(phone="") | Exists(noted)
    busy = Review.objects.open().filter(rating=OuterRef("pk"))
    return Rating.objects.filter(kept).exclude(Exists(busy)).order_by("pk")


def raters_due(
    term: Retention, now: datetime, *, among: Collection[int] | None = None
) -> "QuerySet[Rating]":
    """Return the ratings that were given, and if bad were closed, so long ago; `among` narrows to
    these keys."""
    if term.days is None:
        return Rating.objects.none()
    before = ended_by(now, term.days)
    later = Review.objects.filter(rating=OuterRef("pk"), closed_at__gt=before)
    due = of_whom_something_is_kept().filter(given_at__lte=before).exclude(Exists(later))
    return due if among is None else due.filter(pk__in=among)


def some_raters_due(term: Retention, now: datetime) -> list[list[int]]:
    """Return some of them in handfuls to be erased one by one: found before anybody waits."""
    found = list(raters_due(term, now).values_list("pk", flat=True)[:FOUND])
    return [found[start : start + SOME] for start in range(0, len(found), SOME)]


def raters_overdue(term: Retention, now: datetime) -> Overdue:
    """Return how many they are, and when the oldest was given."""
    due = raters_due(term, now).order_by()
    oldest: datetime | None = due.aggregate(oldest=Min("given_at"))["oldest"]
    return Overdue(term, count=due.count(), oldest=oldest)


def of_erased_matters() -> "QuerySet[Rating]":
    """Return the ratings of matters whose own words were erased: theirs go with them."""
    return of_whom_something_is_kept().filter(submission__salt=b"")


def may_forget(said: Collection[Rating]) -> bool:
    """Say whether something of these words of one person is left that they may have forgotten."""
    return of_whom_something_is_kept().filter(pk__in=[one.pk for one in said]).exists()
