"""What is known of lines right now: their day so far, in four statements however many they are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.utils.timezone import localtime, make_aware

from mingchuang.visits.models import Desk, Line, Visit
from mingchuang.visits.queries.waiting import favoured_in_each
from mingchuang.visits.rules.forecast.log import Day, Stood, Told
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.past import GREEN, ORDINARY

BOOKED, PHONE = "booked", "phone"
# What was called longer ago tells nothing of how a line goes now.
LATELY = timedelta(hours=2)
READ = ("line_id", "pk", "origin", "green", "state", "at", "here_at", "stands_since", "called_at")
TOLD = ("forecast__at", "forecast__ahead")


def minute_of(at: datetime) -> float:
    """Return the minute of the day at which this was, by the clock on the wall."""
    return _minutes(at, _midnight(at))


def days_so_far(lines: Collection[Line], at: datetime) -> dict[int, Day]:
    """Return the day of each line until now, by its key. The lines come with their sites."""
    today = localtime(at).date()
    visits, rows = _of(lines, today), favoured_in_each(lines, today)
    stood, calls, windows = _stood(visits, at), _calls(visits, at), _windows(lines)
    return {
        line.pk: Day(
            hall=line.site.code,
            line=line.prefix,
            stood=stood[line.pk],
            calls=calls.get(line.pk, ()),
            windows=windows[line.pk],
            row=rows[line.pk],
            norm=float(line.minutes),
        )
        for line in lines
    }


def _of(lines: Collection[Line], day: date) -> QuerySet[Visit]:
    """Return who has a number in these lines that day; a booked visit that is not here has none."""
    sites = {line.site_id for line in lines}
    return Visit.objects.filter(site__in=sites, day=day, line__in=lines, number__isnull=False)


def _stood(visits: QuerySet[Visit], at: datetime) -> Mapping[int, list[Stood]]:
    """Return who stands in each line, and who was called lately."""
    near = Q(state=State.WAITING) | Q(called_at__gte=at - LATELY)
    midnight = _midnight(at)
    found: dict[int, list[Stood]] = defaultdict(list)
    for line, *row in visits.filter(near).values_list(*READ, *TOLD):
        found[line].append(_one(midnight, *row))
    return found


def _one(
    midnight: datetime,
    pk: int,
    origin: str,
    green: str,
    state: str,
    *times: Any,
) -> Stood:
    at, here_at, since, called, told, ahead = times
    waits = state == State.WAITING
    # When a number taken on the phone is called depends on when its holder comes: no outcome.
    counts = told is not None and origin != PHONE
    return Stood(
        row=pk,
        came=_minutes(here_at if origin == BOOKED else at, midnight),
        since=_minutes(since, midnight),
        kind=GREEN if green else ORDINARY,
        waits=waits,
        # Who waits again was called in another line, or did not come.
        called=None if waits else _minutes(called, midnight),
        told=Told(_minutes(told, midnight), ahead) if counts else None,
    )


def _calls(visits: QuerySet[Visit], at: datetime) -> dict[int, tuple[float, float]]:
    """Return when the first and the last of each line was called today."""
    midnight = _midnight(at)
    found = visits.filter(called_at__isnull=False).order_by().values_list("line_id")
    rows = found.annotate(first=Min("called_at"), last=Max("called_at"))
    return {
        line: (_minutes(first, midnight), _minutes(last, midnight)) for line, first, last in rows
    }


def _windows(lines: Collection[Line]) -> Counter[int]:
    """Return how many windows call each line now: somebody sits there and is not away."""
    desks = Desk.objects.filter(until__isnull=True, away_since__isnull=True)
    called = desks.filter(window__items__lines__in=lines)
    pairs = called.values_list("window__items__lines", "window", "window__site").distinct()
    site = {line.pk: line.site_id for line in lines}
    return Counter(line for line, _window, at in pairs if site.get(line) == at)


def _minutes(at: datetime, midnight: datetime) -> float:
    return (at - midnight).total_seconds() / 60


def _midnight(at: datetime) -> datetime:
    return make_aware(datetime.combine(localtime(at).date(), time()))
