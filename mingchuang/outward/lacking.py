"""Who came to the hall of the demo town and had not all they need: told in writing, once."""

from datetime import datetime

from django.utils.timezone import localdate

from mingchuang.outward.playing import PlayedHall
from mingchuang.visits.actions.supplements import Missing, tell_at_once
from mingchuang.visits.models import Visit
from mingchuang.visits.rules.life import State

# The item most come for, and which of its materials was missing, counted from 1.
ITEM, MISSING = "pension-transfer", (2,)


def tell_what_is_missing(hall: PlayedHall, now: datetime) -> None:
    """Tell the last one of the day who came for it what to bring, before the window shuts."""
    served = Visit.objects.filter(day=localdate(now), state=State.FINISHED, line__items__code=ITEM)
    visit, by = served.order_by("ended_at", "pk").last(), hall.places[0].clerk
    if visit:
        key = f"demo-notice-{visit.day}"
        tell_at_once(visit.pk, Missing(ITEM, MISSING), key=key, by=by, at=now)
