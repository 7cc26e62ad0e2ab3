"""The desk of bad ratings: what waits, what is late first, and until when one may speak."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from mingchuang.reviews.models import Rating, Review, Showing
from mingchuang.reviews.rules.life import TO_CONTEST, State
from mingchuang.reviews.rules.offices import Offices


def to_review(mine: Offices) -> "QuerySet[Review]":
    """Return the open ones this person's office reviews, what is late first."""
    reviews = Review.objects.open().filter(unit__in=mine.reviewed).late_first()
    return reviews.select_related("unit", "rating", "rectification__case")


def to_answer(mine: Offices) -> "QuerySet[Review]":
    """Return what was found about this person's own office; who rated is not in it."""
    reviews = Review.objects.found().filter(unit__in=mine.answered)
    return reviews.select_related("unit", "rating", "rectification__case").order_by("-found_at")


def written_about(mine: Offices) -> "QuerySet[Rating]":
    """Return what people wrote about those whom this person's office reviews, the newest first:
    whatever the grade, and however it came."""
    said = Rating.objects.filter(unit__in=mine.reviewed).exclude(words="")
    whose = ("visit__requester", "submission__requester")
    said = said.annotate(
        is_shown=Exists(Showing.objects.filter(rating=OuterRef("pk"), down_at=None))
    )
    return said.select_related("unit", "window__site", "review", *whose).order_by(
        "-given_at", "-pk"
    )


def due_of(review: Review, *, is_office: bool) -> datetime | None:
    """Return by when the reviewing office has to get on with it; the rated one reads until when it
    may object."""
    if not is_office:
        return objection_until(review)
    timed = Review.objects.open().timed().filter(pk=review.pk).first()
    return timed.due if timed else None


def objection_until(review: Review) -> datetime | None:
    """Return until when the rated office may object, where it still can."""
    if review.state != State.FOUND or review.agreed_by_id or review.decided_by_id:
        return None
    return review.found_at and review.found_at + TO_CONTEST
