"""Whose turn it was: who sat in sittings of other topics, found again by their phone."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from mingchuang.council.models import Attendance, Stakeholder
from mingchuang.council.rules.lottery.terms import MONTHS, REST_MONTHS, months_before


class Turns(NamedTuple):
    """By phone: how often people sat in the months that count, and who did just now."""

    times: Counter[str]
    lately: set[str]


def turns_of(people: Sequence[Stakeholder], at: datetime) -> Turns:
    """Return how often people sat, with a seat, in sittings of other topics."""
    phones = {one.phone_index for one in people if one.phone_index}
    topics = {one.topic_id for one in people}
    lately = Q(sitting__opened_at__gte=months_before(at, MONTHS), sitting__opened_at__lt=at)
    came = Attendance.objects.filter(lately, seat__isnull=False)
    came = came.filter(stakeholder__phone_index__in=phones).exclude(sitting__topic__in=topics)
    found = list(came.values_list("stakeholder__phone_index", "sitting__opened_at"))
    rest = months_before(at, REST_MONTHS)
    times = Counter(phone for phone, _opened in found)
    return Turns(times, {phone for phone, opened in found if opened and opened >= rest})
