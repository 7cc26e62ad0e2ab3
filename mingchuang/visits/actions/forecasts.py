"""How long: told once to who takes a number, and learned from at night."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from mingchuang.ledger.actions import record
from mingchuang.visits.actions._telling import tell
from mingchuang.visits.models import Forecast, Known, Visit
from mingchuang.visits.queries.waiting import waiting_today

# So many nights are kept, and so many days of what was known when something was told: from
# these everything can be learned anew.
NIGHTS, DAYS = 7, timedelta(days=60)


@transaction.atomic
def tell_wait(visit: Visit, *, at: datetime) -> Forecast | None:
    """Tell whoever has just taken a number how long they will wait, and write down what they were
    told: it is what we are measured by. Asked again it is the same; who does not wait is told
    nothing."""
    if earlier := Forecast.objects.filter(visit=visit).first():
        return earlier
    waits = waiting_today(visit, at)
    return None if waits is None else tell(waits, at=at)


@transaction.atomic
def keep_known(
    day: date, content: bytes, *, heard: int, at: datetime, published: Sequence[Any] = ()
) -> Known:
    """Keep what a night taught; from now on it speaks. Old nights, and what was known long ago,
    are let go of."""
    kept_too = {"heard": heard, "content": content, "record": list(published)}
    known = Known.objects.create(day=day, at=at, **kept_too)
    newest = Known.objects.order_by("-day").values("pk")[:NIGHTS]
    Known.objects.exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    Forecast.objects.filter(day__lt=day - DAYS).exclude(known={}).update(known={})
    record("forecast.learned", known.subject, at=at, heard=heard)
    return known
