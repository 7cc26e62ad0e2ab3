"""How long: what a night teaches is kept. What is told is written with the number (`_telling`)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from mingchuang.ledger.actions import record
from mingchuang.visits.models import Forecast, Known

# So many nights are kept, and so many days of what was known when something was told: from
# these everything can be learned anew.
NIGHTS, DAYS = 7, timedelta(days=60)


@transaction.atomic
def keep_known(
    day: date,
    content: bytes,
    *,
    heard: int,
    at: datetime,
    published: Sequence[Any] = (),
    services: Sequence[Any] = (),
) -> Known:
    """Keep what a night taught; from now on it speaks. Old nights, and what was known long ago,
    are let go of."""
    told = {"record": list(published), "services": list(services)}
    known = Known.objects.create(day=day, at=at, heard=heard, content=content, **told)
    newest = Known.objects.order_by("-day").values("pk")[:NIGHTS]
    Known.objects.exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    Forecast.objects.filter(day__lt=day - DAYS).exclude(known={}).update(known={})
    record("forecast.learned", known.subject, at=at, heard=heard)
    return known
