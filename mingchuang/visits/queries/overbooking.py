"""Who of those who booked came: what overbooking is reckoned from, and what it adds."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from mingchuang.visits.models import Line, Slot, Visit
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.overbooking import Came, Past

# Days further back are of another season.
BACK = timedelta(weeks=8)


def who_came(site: int, *, before: date) -> Past:
    """Return of the bookings of a hall in the eight weeks before this day how many came, by line
    and by how many days ahead they were made. Who cancelled gave the place back and is none."""
    gone = Q(state=State.CANCELLED, number__isnull=True)
    booked = Visit.objects.filter(site=site, slot__isnull=False).exclude(gone)
    over = booked.filter(day__range=(before - BACK, before - timedelta(days=1)))
    rows = over.order_by().values_list("line", "day", TruncDate("at"))
    found: dict[tuple[int, int], Came] = defaultdict(Came)
    for line, day, made, many, came in rows.annotate(many=Count("pk"), came=Count("number")):
        found[line, max(0, (day - made).days)] += Came(many, came)
    return found


def extra_on(lines: Iterable[Line], day: date) -> list[tuple[Line, int]]:
    """Return how many more may book on this day than the windows have time for, for each of these
    lines that takes more."""
    slots = Slot.objects.filter(line__in=lines, day=day, extra__gt=0).order_by("line")
    found = dict(slots.values_list("line").annotate(more=Sum("extra")))
    return [(line, found[line.pk]) for line in lines if line.pk in found] if found else []
