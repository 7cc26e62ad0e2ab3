"""What is known of lines right now: their day so far, in two statements however many they are."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime, time
from typing import Any

from django.db.models import Min
from django.utils.timezone import localtime, make_aware

from mingchuang.visits.models import Desk, Line, Visit
from mingchuang.visits.rules.forecast.log import Day, Stood, Told
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.past import GREEN, ORDINARY

BOOKED, PHONE = "booked", "phone"
SEEN = ("pk", "line_id", "at", "here_at", "stands_since", "green", "state", "origin")
ASKED = (*SEEN, "forecast__at", "forecast__ahead", "called")


def minute_of(at: datetime) -> float:
    """Return the minute of the day at which this was, by the clock on the wall."""
    return (at - _midnight(at)).total_seconds() / 60


def days_so_far(lines: Collection[Line], at: datetime) -> dict[int, Day]:
    """Return the day of each line until now, by its key. The lines come with their sites."""
    stood = _stood(lines, at)
    windows = _windows(lines)
    return {
        line.pk: Day(
            hall=line.site.code,
            line=line.prefix,
            stood=stood[line.pk],
            windows=windows[line.pk],
            norm=float(line.minutes),
        )
        for line in lines
    }


def _stood(lines: Collection[Line], at: datetime) -> dict[int, list[Stood]]:
    """Return who stood or stands in each line today; a booked visit that is not here is in none."""
    visits = Visit.objects.filter(
        site__in={line.site_id for line in lines},
        day=localtime(at).date(),
        line__in=lines,
        number__isnull=False,
    )
    midnight = _midnight(at)
    found: dict[int, list[Stood]] = defaultdict(list)
    for row in visits.annotate(called=Min("calls__at")).values(*ASKED):
        found[row["line_id"]].append(_one(row, midnight))
    return found


def _one(row: dict[str, Any], midnight: datetime) -> Stood:
    def minute(at: datetime | None) -> float | None:
        return None if at is None else (at - midnight).total_seconds() / 60

    came = minute(row["here_at"] if row["origin"] == BOOKED else row["at"])
    since, told = minute(row["stands_since"]), minute(row["forecast__at"])
    assert came is not None
    assert since is not None  # promised of whoever has a number
    # When a number taken on the phone is called depends on when its holder comes: no outcome.
    counts = told is not None and row["origin"] != PHONE
    return Stood(
        row=row["pk"],
        came=came,
        since=since,
        kind=GREEN if row["green"] else ORDINARY,
        waits=row["state"] == State.WAITING,
        called=minute(row["called"]),
        told=Told(told, row["forecast__ahead"]) if told is not None and counts else None,
    )


def _windows(lines: Collection[Line]) -> Counter[int]:
    """Return how many windows call each line now: somebody sits there and is not away."""
    desks = Desk.objects.filter(until__isnull=True, away_since__isnull=True)
    called = desks.filter(window__items__lines__in=lines)
    pairs = called.values_list("window__items__lines", "window", "window__site").distinct()
    site = {line.pk: line.site_id for line in lines}
    return Counter(line for line, _window, at in pairs if site.get(line) == at)


def _midnight(at: datetime) -> datetime:
    return make_aware(datetime.combine(localtime(at).date(), time()))
