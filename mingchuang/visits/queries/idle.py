"""How many minutes the windows for a service item stand idle on the coming days."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, F, Q, Sum

from mingchuang.hall.models import ServiceItem, Site, Window
from mingchuang.hall.queries import days_of
from mingchuang.visits.models import Line, Slot, Visit
from mingchuang.visits.rules.idle import idle, minutes_open
from mingchuang.visits.rules.life import State

A_DAY = timedelta(days=1)
# Who walks in is counted over so many weeks that are over, weekday by weekday.
WEEKS = 4


def idle_minutes(item: ServiceItem, today: date, *, many: int = 60) -> dict[date, int]:
    """Return, for each of the days after today, the minutes that the hall's own load leaves at
    the windows that do this: booked and walking in, people come first."""
    left: Counter[date] = Counter()
    for site in Site.objects.filter(windows__items=item).distinct().order_by("code"):
        windows = Window.objects.filter(site=site, items=item)
        opened = days_of(site, today + A_DAY, many)
        capacity = {one.day: windows.count() * minutes_open(one.shifts) for one in opened}
        lines = list(Line.objects.filter(site=site, items__windows__in=windows).distinct())
        left.update(idle(capacity, _load(lines, today, capacity)))
    return dict(left)


def _load(lines: Iterable[Line], today: date, days: Iterable[date]) -> Counter[date]:
    """Return the minutes that who booked, and who usually walks in, will need."""
    lines, load = list(lines), Counter[date]()
    booked = Slot.objects.filter(line__in=lines, day__gt=today).order_by()
    needed = Sum(F("taken") * F("line__minutes"))
    for day, minutes in booked.values_list("day").annotate(needed=needed):
        load[day] += minutes
    usual = _walking_in(lines, today)
    for day in days:
        load[day] += usual[day.weekday()]
    return load


def _walking_in(lines: Iterable[Line], today: date) -> Counter[int]:
    """Return the minutes of an ordinary Monday, Tuesday …, rounded up: over the days on which
    anybody was here, so that a holiday or a hall that opened last week makes no day look idle."""
    since = today - timedelta(weeks=WEEKS)
    came = Visit.objects.filter(
        line__in=lines, day__gte=since, day__lt=today, state=State.FINISHED
    ).order_by()
    walked = Count("pk", filter=Q(slot__isnull=True))
    minutes, days = Counter[int](), defaultdict[int, set[date]](set)
    for day, each, many in came.values_list("day", "line__minutes").annotate(walked=walked):
        minutes[day.weekday()] += each * many
        days[day.weekday()].add(day)
    return Counter({weekday: -(-minutes[weekday] // len(seen)) for weekday, seen in days.items()})
