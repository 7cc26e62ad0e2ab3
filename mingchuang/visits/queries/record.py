"""How good our forecasts were in the last days: one statement, asked anew every ten minutes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min
from django.utils.timezone import localdate

from mingchuang.base.memory import remembered_of_each
from mingchuang.visits.models import Forecast
from mingchuang.visits.queries.moments import PHONE
from mingchuang.visits.rules.forecast.published import Became, Left, Record, record_of
from mingchuang.visits.rules.life import ENDED

DAYS = timedelta(days=30)
TEN_MINUTES = 600.0
# What is read of a line, of who was told, and of what became of it.
NAMED = ("line__site__code", "line__site__name", "line__prefix", "line__name")
TOLD = ("at", "low", "middle", "high", "les", "visit__state", "visit__origin", "called")


@dataclass(frozen=True)
class LineRecord:
    """The record of one line under its names."""

    site: str
    place: str
    prefix: str
    name: str
    record: Record


def record_now(now: datetime) -> list[LineRecord]:
    """Return the record of every line that told somebody in the last thirty days, today too."""
    return _record_until(localdate(now))


@remembered_of_each(TEN_MINUTES)
def _record_until(today: date) -> list[LineRecord]:
    told = Forecast.objects.filter(day__gt=today - DAYS, day__lte=today)
    found: dict[tuple[str, str, str, str], list[Became]] = defaultdict(list)
    rows = told.annotate(called=Min("visit__calls__at")).order_by().values_list(*NAMED, *TOLD)
    for row in rows.iterator(chunk_size=5000):
        site, place, prefix, name, *rest = row
        found[site, place, prefix, name].append(_became(*rest))
    return [LineRecord(*named, record_of(found[named])) for named in sorted(found)]


def _became(at: datetime, low: float, middle: float, high: float, *rest: Any) -> Became:
    les, state, origin, called = rest
    if origin == PHONE:
        return Became(low, middle, high, les, None, Left.PHONE)
    if called is None:
        why = Left.LEFT if state in ENDED else Left.WAITS
        return Became(low, middle, high, les, None, why)
    return Became(low, middle, high, les, max(0.0, (called - at).total_seconds() / 60))
