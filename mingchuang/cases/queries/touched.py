"""Which promises hang on a year of the statutory calendar."""

from datetime import datetime

from django.db.models import Q, QuerySet

from mingchuang.cases.models.case import Case
from mingchuang.hall.rules.days import BEIJING


def touched_by(year: int) -> "QuerySet[Case]":
    """Return the running cases whose clock runs through the year, and the provisional ones.

    The notice of a year may name days of the December before it, so that counts too.
    """
    through = Q(
        clock_started_at__lt=datetime(year + 1, 1, 1, tzinfo=BEIJING),
        due_at__gte=datetime(year - 1, 12, 1, tzinfo=BEIJING),
    )
    return Case.objects.running().filter(through | Q(provisional=True)).order_by("pk")
