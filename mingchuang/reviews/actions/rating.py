"""A rating is given once, for good: by who was served, or by somebody at the window."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.hall.models import Window
from mingchuang.ledger.actions import record
from mingchuang.reviews.models import Rating
from mingchuang.reviews.queries import call_to_rate, called_here, refuse_second
from mingchuang.reviews.rules import Origin
from mingchuang.visits.models import Call


@sent_twice_taken_once
@transaction.atomic
def rate_visit(code: str, grade: int, *, words: str = "", at: datetime) -> Rating:
    """Say how one was served: the voice of who holds the visit's code, once."""
    call = call_to_rate(code, at=at)
    return _give(call, Origin.CITIZEN, grade, words, at=at)


@sent_twice_taken_once
@transaction.atomic
def rate_number(
    window: Window, number: str, grade: int, *, words: str = "", at: datetime
) -> Rating:
    """Say how a number of today was served here: kept apart, since anybody could have typed it."""
    call = called_here(window, number, localdate(at))
    return _give(call, Origin.WINDOW, grade, words, at=at)


def _give(call: Call, origin: Origin, grade: int, words: str, *, at: datetime) -> Rating:
    refuse_second(call, origin)
    rating = Rating(
        visit=call.visit,
        window=call.window,
        origin=origin,
        grade=grade,
        words=words.strip(),
        given_at=at,
    )
    told = {"grade": grade, "origin": origin.value, "window": call.window.subject}
    rating.entry = record("rating.received", rating.subject, at=at, digest=rating.digest, **told)
    rating.save()
    return rating
