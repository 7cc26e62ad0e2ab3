"""The hall's own log as past visits, from which plans are made."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min
from django.utils.timezone import localtime

from mingchuang.hall.rules.hours import Shift
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.lines import open_days
from mingchuang.visits.queries.moments import BOOKED
from mingchuang.visits.rules.life import ENDED, State
from mingchuang.visits.rules.past import GREEN, ORDINARY, PastVisit
from mingchuang.visits.rules.plan import weekdays_of

# Days further back are of another season.
BACK = timedelta(weeks=8)
READ = ("at", "here_at", "origin", "stands_since", "green", "state", "ended_at", "called")


def past_visits(line: Line, kind: str, *, before: date) -> list[PastVisit]:
    """Return who came to this line on days of that kind in the eight weeks before that day.

    Who has a number only: a booking nobody came for brought nobody.
    """
    days = [day + 1 for day in weekdays_of(kind)]
    visits = Visit.objects.filter(
        site=line.site_id,
        line=line,
        day__range=(before - BACK, before - timedelta(days=1)),
        day__iso_week_day__in=days,
        number__isnull=False,
        state__in=sorted(map(str, ENDED)),
    )
    rows = visits.annotate(called=Min("calls__at")).order_by("pk").values(*READ)
    doors = {day.day: sorted(day.shifts) for day in open_days(line, before - BACK, BACK.days)}
    return [_past(row, doors) for row in rows.iterator(chunk_size=5000)]


def _past(row: dict[str, Any], doors: Mapping[date, Sequence[Shift]]) -> PastVisit:
    """Who booked came when the line began to count, and whoever stood before shut doors when they
    opened: no window is planned before. Who was called before that, came then.

    What goes on until another day was forgotten to be finished: how long it took is not known.
    """
    came = row["stands_since"] if row["origin"] == BOOKED else row["at"]
    called = row["called"]
    done = row["ended_at"] if row["state"] == State.FINISHED else None
    if called is None or done is None or localtime(came).date() != localtime(done).date():
        called = done = None
    came = _once_open(_on_the_wall(came), doors)
    return PastVisit(
        came=came if called is None else min(came, _on_the_wall(called)),
        called=None if called is None else _on_the_wall(called),
        done=None if done is None else _on_the_wall(done),
        kind=GREEN if row["green"] else ORDINARY,
        booked=row["origin"] == BOOKED,
    )


def _once_open(came: datetime, doors: Mapping[date, Sequence[Shift]]) -> datetime:
    for opens, closes in doors.get(came.date(), ()):
        if came.time() < closes:
            return max(came, datetime.combine(came.date(), opens))
    return came


def _on_the_wall(at: datetime) -> datetime:
    return localtime(at).replace(tzinfo=None)
