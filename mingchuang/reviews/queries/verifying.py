"""By when who rated badly is to be called, and which of them were."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db.models import Min, QuerySet

from mingchuang.cases.rules.timing import Timing
from mingchuang.hall.queries import NoTimeLimit, time_limit_for, work_calendar
from mingchuang.hall.rules.kinds import Kind
from mingchuang.reviews.models import Review
from mingchuang.reviews.rules.figures import Begun, begun_in
from mingchuang.reviews.rules.life import TO_GO_ON


def first_contact_by(given_at: datetime) -> datetime:
    """Return by when who rated is to be called, by the profile of rectifications; our own number
    where it has none."""
    return _first_contacts()(given_at)


def verified(bad: "QuerySet[Review]", now: datetime) -> Begun:
    """Return of these bad ratings how many somebody began to verify by when they had to: who rated
    was called for the first time, or, without a number, it was found what was in it."""
    steps = bad.annotate(first=Min("story__at")).order_by()
    told = list(steps.values_list("rating__given_at", "first"))
    due_by = _first_contacts() if told else None
    return begun_in(((first, due_by(then)) for then, first in told if due_by), now)


def _first_contacts() -> Callable[[datetime], datetime]:
    """Return what tells the day of each: profile and calendar are read once."""
    try:
        span = time_limit_for(settings.RECTIFY_PROFILE, Kind.RECTIFY, "normal").first_contact
    except NoTimeLimit:
        return lambda given_at: given_at + TO_GO_ON
    timing = Timing(work_calendar())
    return lambda given_at: timing.end(given_at, span)
