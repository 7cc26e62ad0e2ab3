"""Good words that everybody may read: those the reviewing office may publish, and the public."""

from django.db.models import QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.people.models import Person
from mingchuang.reviews.models import Rating, Showing
from mingchuang.reviews.queries.reviewing import offices
from mingchuang.reviews.rules.offices import Duty

WHOSE = ("unit", "window__site", "entry", "visit__requester", "submission__requester")


def words_for(person: Person, handle: str, *, lock: bool = False) -> Rating:
    """Return words this person may publish: those who gave them agreed, and they are still here.
    Lock them if something is to be done about them."""
    mine = Rating.objects.filter(
        handle=handle, may_show=True, unit__in=offices(person).of[Duty.VERIFY]
    )
    if lock:
        list(mine.select_for_update().values_list("pk"))
    rating = mine.exclude(words="").select_related(*WHOSE).first()
    if rating is None:
        raise NotFound
    return rating


def shown_of(rating: Rating) -> Showing | None:
    """Return what everybody reads of it now."""
    return Showing.objects.filter(rating=rating, down_at=None).first()


def good_words() -> "QuerySet[Showing]":
    """Return the good words everybody reads, the newest first."""
    shown = Showing.objects.filter(down_at=None).select_related("rating__unit")
    return shown.order_by("-at", "-pk")
