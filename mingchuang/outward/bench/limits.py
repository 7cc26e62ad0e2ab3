"""The ends of limits in working days by our calendar of 2004–2026, against `businesstimedelta`
(PyPI) on the same limits and the same days off. It knows no make-up days (调休): the ends must be
the same wherever no such day is counted."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile
from time import perf_counter
from typing import Any

from mingchuang.hall.actions import CALENDARS
from mingchuang.hall.rules.days import BEIJING, DayKind, Mark, WorkCalendar
from mingchuang.hall.rules.limits import deadline
from mingchuang.hall.rules.spans import Closing, Measure, Span
from mingchuang.hall.rules.table import CalendarTable, parse_calendar
from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.peers import ask_peer, peer_versions
from mingchuang.outward.measuring.results import Row, ours_at_least, ratio_at_least

PEER = "businesstimedelta"
SCRIPT = Path(__file__).parent.parent / "measuring" / "peer" / "limits.py"
CLOSING = Closing((time(18),) * 5 + (None, None))
AMOUNTS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 60)
# How many times we answer what the peer answers once: both are then timed for long enough.
AGAIN = 20

Limit = tuple[date, int]


def measure(asked: Asked) -> Found:
    calendar, limits = _calendar(), _limits(asked.rounds * 10)
    began = perf_counter()
    for _ in range(AGAIN):
        ours = [_end(calendar, *limit) for limit in limits]
    seconds = (perf_counter() - began) / AGAIN
    peer = _peer(calendar, limits)
    same, comparable = _agreed(calendar, limits, ours, peer["ends"])
    each = 1e6 / len(limits)
    theirs = peer["seconds"]
    rows = [
        Row(
            "time for one limit of 1 to 60 working days",
            seconds * each,
            "µs",
            peer=theirs * each,
            peer_name=PEER,
            ratio=theirs / seconds,
            goal=ratio_at_least(100),
        ),
        Row(
            "limits without a make-up day that end at the same minute",
            100 * same / comparable,
            "%",
            goal=ours_at_least(100),
        ),
    ]
    notes = [f"{len(limits)} limits, {comparable} of them comparable, {same} the same."]
    return Found(rows, peer_versions(PEER), notes)


def _calendar() -> WorkCalendar:
    marks: dict[date, Mark] = {}
    for path in sorted(CALENDARS.glob("*.txt")):
        table = parse_calendar(path.read_text(encoding="utf-8"))
        marks.update(table.marks if isinstance(table, CalendarTable) else ())
    return WorkCalendar(marks)


def _limits(n: int) -> list[Limit]:
    dice, first = Random(1), date(2005, 1, 1)
    return [(first + timedelta(dice.randrange(7600)), dice.choice(AMOUNTS)) for _ in range(n)]


def _end(calendar: WorkCalendar, day: date, n: int) -> datetime:
    start = datetime.combine(day, time(10), BEIJING)
    return deadline(start, Span(n, Measure.WORKING_DAY), calendar=calendar, closing=CLOSING).at


def _peer(calendar: WorkCalendar, limits: list[Limit]) -> dict[str, Any]:
    """Ask the peer: it begins at midnight, because the first day is not counted (art. 201)."""
    off = [str(day) for day, mark in calendar.marks.items() if mark.kind == DayKind.HOLIDAY]
    counted = [[f"{day + timedelta(1)}T00:00", n] for day, n in limits]
    with NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"off": off, "limits": counted}, file)
        file.flush()
        return ask_peer(SCRIPT, file.name)


def _agreed(
    calendar: WorkCalendar, limits: list[Limit], ours: list[datetime], theirs: list[str]
) -> tuple[int, int]:
    """Count the comparable limits, and those of them on which both agree."""
    makeup = [day for day, mark in calendar.marks.items() if mark.kind == DayKind.MAKEUP]
    same = comparable = 0
    for (day, _n), end, told in zip(limits, ours, theirs, strict=True):
        last = max(end.date(), date.fromisoformat(told[:10]))
        if not any(day < made <= last for made in makeup):
            comparable += 1
            same += f"{end:%Y-%m-%dT%H:%M}" == told
    return same, comparable
