"""Who is to be reminded of their booking now."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from mingchuang.visits.models import Reminder, Visit
from mingchuang.visits.queries.shut import SHUT
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.reminding import days_due


def visit_to_remind(at: datetime) -> Visit | None:
    """Return a booking whose holder is to be reminded by now, the earliest first.

    Who booked later than others are reminded has only just done so and needs no reminder; to a
    hall that stays shut that day nobody is called.
    """
    due = reduce(or_, (Q(day=day, at__lt=since) for day, since in days_due(at)), Q(pk__in=[]))
    tried = Reminder.objects.filter(visit=OuterRef("pk"), day=OuterRef("day"))
    is_done = Exists(tried.filter(Q(next_at__isnull=True) | Q(next_at__gt=at)))
    visits = Visit.objects.filter(due, ~is_done, state=State.BOOKED, slot__starts_at__gt=at)
    visits = visits.filter(~SHUT, requester__phone_index__gt="")
    visits = visits.select_related("site", "slot", "requester")
    return visits.order_by("slot__starts_at", "pk").first()
