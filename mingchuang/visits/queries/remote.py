"""Numbers of those who are not in the hall yet."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from mingchuang.people.fields import phone_index
from mingchuang.visits.models import Visit
from mingchuang.visits.rules.life import State


def numbers_on_the_way(phone: str, mine: Iterable[str], day: date) -> int:
    """Return how many numbers of that day whose holder is still to come were taken under this
    phone, or are known to this browser by their codes."""
    theirs = Q(code__in=list(mine))
    if index := phone_index(phone):
        theirs |= Q(requester__phone_index=index)
    waiting = Visit.objects.filter(theirs, state=State.WAITING, here_at__isnull=True, day=day)
    return waiting.count()
