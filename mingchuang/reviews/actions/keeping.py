"""What somebody wrote of how they were served is forgotten after its days, or when they wish."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mingchuang.base.database import leave_no_traces
from mingchuang.cases.actions.keeping import SYSTEM
from mingchuang.cases.models.keeping import Retention
from mingchuang.reviews.actions._forgetting import forget_rating
from mingchuang.reviews.errors import NothingToForget, StillVerified
from mingchuang.reviews.models import Rating, Review
from mingchuang.reviews.queries.keeping import (
    of_erased_matters,
    of_whom_something_is_kept,
    raters_due,
)
from mingchuang.reviews.queries.rated import Event, said_of

# Their own wish is reason enough; so is that the matter itself was erased.
WISH, WITH_THE_MATTER = {"wish": "erase"}, {"why": "case.erased"}


@transaction.atomic
def forget_raters(term: Retention, some: Collection[int], *, at: datetime, by: str = SYSTEM) -> int:
    """Forget the words and phones of a handful that `some_raters_due` found; return how many there
    were. Killed at any moment, all or none are erased."""
    _lock(some)
    due = list(raters_due(term, at, among=some).select_related("entry"))
    why = {"category": term.category, "source": term.source, "by": by}
    for rating in due:
        forget_rating(rating, why, at=at)
    transaction.on_commit(leave_no_traces, robust=True)
    return len(due)


@transaction.atomic
def forget_my_words(event: Event, *, at: datetime) -> list[Rating]:
    """Forget, as who rated wishes, what they wrote and how to call them, on the public page too;
    not before their bad rating is closed, since nobody could answer it then."""
    mine = [rating.pk for rating in said_of(event)]
    _lock(mine)
    if Review.objects.open().filter(rating__in=mine).exists():
        raise StillVerified
    kept = list(of_whom_something_is_kept().filter(pk__in=mine).select_related("entry"))
    if not kept:
        raise NothingToForget
    Review.objects.filter(rating__in=mine).update(shown="")
    for rating in kept:
        forget_rating(rating, WISH, at=at)
    transaction.on_commit(leave_no_traces, robust=True)
    return kept


@transaction.atomic
def forget_with_matters(*, at: datetime, most: int = 50) -> int:
    """Forget the words of ratings whose matter was erased; return how many there were. Call again
    until it returns 0."""
    _lock(list(of_erased_matters().values_list("pk", flat=True)[:most]))
    gone = list(of_erased_matters().select_related("entry")[:most])
    Review.objects.filter(rating__in=gone).update(shown="")
    for rating in gone:
        forget_rating(rating, WITH_THE_MATTER, at=at)
    if gone:
        transaction.on_commit(leave_no_traces, robust=True)
    return len(gone)


def _lock(keys: Collection[int]) -> None:
    rows = Rating.objects.filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update().values_list("pk"))
