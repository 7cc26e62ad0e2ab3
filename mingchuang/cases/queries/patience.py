"""Who has guessed too often, asked without writing anything."""

from datetime import datetime, timedelta
from math import ceil

from mingchuang.people.fields import attempt_key
from mingchuang.people.models import Attempt


def minutes_to_wait(key: str, *, limit: int, minutes: int, at: datetime) -> int:
    """Return how many minutes whoever has this key must wait; 0 while there are tries left."""
    window = timedelta(minutes=minutes)
    spent = Attempt.objects.filter(
        key=attempt_key(key), count__gte=limit, window_start__gt=at - window
    )
    since = spent.values_list("window_start", flat=True).first()
    return ceil((since + window - at).total_seconds() / 60) if since else 0
