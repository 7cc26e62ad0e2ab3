"""What earlier days have left open. Locked: at night nobody else is in the hall."""

from datetime import date, datetime, time

from django.utils.timezone import make_aware

from mingchuang.visits.models import Desk, Visit
from mingchuang.visits.rules.life import LEFT_OPEN


def visits_left_open(before: date, many: int) -> list[Visit]:
    """Return some visits of days before this one that nobody has ended."""
    states = sorted(map(str, LEFT_OPEN))
    visits = Visit.objects.select_for_update().filter(day__lt=before, state__in=states)
    return list(visits.order_by("pk")[:many])


def desks_left_on(before: date, many: int) -> list[Desk]:
    """Return some desks at which somebody sat down before this day and never got up."""
    midnight = make_aware(datetime.combine(before, time.min))
    desks = Desk.objects.select_for_update(of=("self",)).filter(until__isnull=True)
    return list(desks.filter(since__lt=midnight).select_related("window__site")[:many])
