"""Whose turn it was lately: who sat in sittings of other topics, found again by their phone."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from mingchuang.council.models import Attendance, Stakeholder
from mingchuang.council.rules.lottery.terms import MONTHS, months_before


def sittings_of(people: Sequence[Stakeholder], at: datetime) -> Counter[str]:
    """Count by phone how often people sat in sittings of other topics in the last months."""
    phones = {one.phone_index for one in people if one.phone_index}
    topics = {one.topic_id for one in people}
    lately = Q(sitting__opened_at__gte=months_before(at, MONTHS), sitting__opened_at__lt=at)
    came = Attendance.objects.filter(lately, seat__isnull=False)
    came = came.filter(stakeholder__phone_index__in=phones).exclude(sitting__topic__in=topics)
    return Counter(came.values_list("stakeholder__phone_index", flat=True))
