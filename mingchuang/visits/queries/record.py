"""How good our forecasts were in thirty days: reckoned at night, read by anybody."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet

from mingchuang.visits.models import Forecast, Known, Line
from mingchuang.visits.queries.moments import PHONE
from mingchuang.visits.rules.forecast.published import Became, Held, Left, held, record_of
from mingchuang.visits.rules.life import ENDED

DAYS = timedelta(days=30)
# What is read of a line, of who was told, and of what became of it.
NAMED = ("line__site__code", "line__site__name", "line__prefix", "line__name")
TOLD = ("at", "low", "middle", "high", "les", "visit__state", "visit__origin", "called")


def record_published() -> Known | None:
    """Return the newest day with the record of every line until then, without what was learned."""
    return Known.objects.exclude(record=[]).defer("content").order_by("-day").first()


def record_until(day: date) -> list[dict[str, Any]]:
    """Return the record of every line that told somebody in the thirty days that end with this
    one, as plain values: one statement, seconds for a large town."""
    told = Forecast.objects.filter(day__gt=day - DAYS, day__lte=day)
    found: dict[tuple[str, str, str, str], list[Became]] = defaultdict(list)
    rows = told.annotate(called=Min("visit__calls__at")).order_by().values_list(*NAMED, *TOLD)
    for row in rows.iterator(chunk_size=5000):
        site, place, prefix, name, *rest = row
        found[site, place, prefix, name].append(_became(*rest))
    return [_told(*named, found[named]) for named in sorted(found)]


def services_until(day: date) -> list[dict[str, Any]]:
    """Return for each service item how often what was told in these days held, whatever the line.

    Who said what they came for counts once for each of it; who did not, for everything their line
    is for, since they were told the same; `said` are the former. In three statements.
    """
    told = Forecast.objects.filter(day__gt=day - DAYS, day__lte=day)
    unsaid = _held(told.filter(visit__items__isnull=True), by="line")
    found = _held(told.filter(visit__items__isnull=False), by="visit__items")
    said = {item: held.told for item, held in found.items()}
    names: dict[int, str] = {}
    pairs = Line.items.through._default_manager.values_list(
        "line", "serviceitem", "serviceitem__name"
    )
    for line, item, name in pairs.order_by("serviceitem__code", "line"):
        names[item] = name
        found[item] += unsaid[line]
    return [
        {"name": name, "said": said.get(item, 0), **asdict(found[item])}
        for item, name in names.items()
        if found[item].told
    ]


def _held(told: QuerySet[Forecast], *, by: str) -> dict[int, Held]:
    found: dict[int, Held] = defaultdict(Held)
    rows = told.annotate(called=Min("visit__calls__at")).order_by().values_list(by, *TOLD)
    for which, *rest in rows.iterator(chunk_size=5000):
        found[which] += held(_became(*rest))
    return found


def _told(_code: str, place: str, prefix: str, name: str, became: list[Became]) -> dict[str, Any]:
    return {"place": place, "prefix": prefix, "name": name, "record": asdict(record_of(became))}


def _became(at: datetime, low: float, middle: float, high: float, *rest: Any) -> Became:
    les, state, origin, called = rest
    if origin == PHONE:
        return Became(low, middle, high, les, None, Left.PHONE)
    if called is None:
        why = Left.LEFT if state in ENDED else Left.WAITS
        return Became(low, middle, high, les, None, why)
    return Became(low, middle, high, les, max(0.0, (called - at).total_seconds() / 60))
