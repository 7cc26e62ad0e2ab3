"""How many minutes the windows for a service item stand idle on the coming days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from django.db.models import Count, F, Q, Sum

from mingchuang.hall.models import ServiceItem, Site, Window
from mingchuang.hall.queries import days_of
from mingchuang.visits.models import Line, Slot, Visit
from mingchuang.visits.rules.idle import idle, minutes_open, shares
from mingchuang.visits.rules.life import State

A_DAY = timedelta(days=1)
# Who walks in is counted over so many weeks that are over, weekday by weekday.
WEEKS = 4


def idle_minutes(item: ServiceItem, today: date, *, many: int = 60) -> dict[date, int]:
    """Return, for each of the days after today, the minutes that the hall's own load leaves at
    the windows that do this: booked and walking in, people come first."""
    left: Counter[date] = Counter()
    for site in Site.objects.filter(windows__items=item).distinct().order_by("code"):
        windows = set(Window.objects.filter(site=site, items=item).values_list("pk", flat=True))
        opened = days_of(site, today + A_DAY, many)
        capacity = {one.day: len(windows) * minutes_open(one.shifts) for one in opened}
        lines = Line.objects.filter(site=site, items__windows__site=site)
        served = set(lines.order_by().values_list("pk", "items__windows"))
        left.update(idle(capacity, _load(shares(served, windows), today, capacity)))
    return dict(left)


def _load(lines: Mapping[int, Fraction], today: date, days: Iterable[date]) -> Mapping[date, int]:
    """Return the minutes that who booked, and who usually walks in, will need of these windows:
    of each line the part that falls on them, rounded up."""
    load = defaultdict[date, Fraction](Fraction)
    booked = Slot.objects.filter(line__in=lines, day__gt=today).order_by()
    needed = Sum(F("taken") * F("line__minutes"))
    for line, day, minutes in booked.values_list("line", "day").annotate(needed=needed):
        load[day] += lines[line] * minutes
    usual = _walking_in(lines, today)
    for day in days:
        load[day] += usual[day.weekday()]
    return {day: ceil(minutes) for day, minutes in load.items()}


def _walking_in(lines: Mapping[int, Fraction], today: date) -> Mapping[int, Fraction]:
    """Return the minutes of an ordinary Monday, Tuesday …: over the days on which anybody was
    here, so that a holiday or a hall that opened last week makes no day look idle."""
    since = today - timedelta(weeks=WEEKS)
    came = Visit.objects.filter(
        line__in=lines, day__gte=since, day__lt=today, state=State.FINISHED
    ).order_by()
    walked = Count("pk", filter=Q(slot__isnull=True))
    minutes, days = defaultdict[int, Fraction](Fraction), defaultdict[int, set[date]](set)
    each = came.values_list("line", "day", "line__minutes").annotate(walked=walked)
    for line, day, long, many in each:
        minutes[day.weekday()] += lines[line] * long * many
        days[day.weekday()].add(day)
    usual = {weekday: minutes[weekday] / len(seen) for weekday, seen in days.items()}
    return defaultdict(Fraction, usual)
