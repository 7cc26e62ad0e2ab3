"""The day of a line as the log of a hall tells it, and the moment of whoever joins.

Minutes count from midnight.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf
from typing import NamedTuple

from mingchuang.visits.rules.forecast.ahead import NO_NUMBER, Flow, called_before
from mingchuang.visits.rules.forecast.formula import PRIOR
from mingchuang.visits.rules.forecast.line import HOUR, LineDay
from mingchuang.visits.rules.forecast.moment import Moment
from mingchuang.visits.rules.forecast.past import GUESS
from mingchuang.visits.rules.line import Head
from mingchuang.visits.rules.past import GREEN, ORDINARY


class Told(NamedTuple):
    """When somebody was told how long, and behind how many."""

    minute: float
    ahead: int


@dataclass(frozen=True, slots=True)
class Stood:
    """One visit of the day. It came and stands `since` then, which may be later for who booked;
    `told` where what became of it is an outcome, `called` where it was."""

    row: int
    came: float
    since: float
    kind: int = ORDINARY
    waits: bool = True
    called: float | None = None
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One line on one day until now: who stands there and who was called lately, when the first
    and the last were `calls`, how many windows call it now, and how many of its last calls in a
    `row` were green ones."""

    hall: str
    line: str
    stood: Sequence[Stood] = ()
    calls: Sequence[float] = ()
    windows: int = 0
    row: int = 0
    norm: float = 0.0


def moment_of(day: Day, now: float, row: int | None = None) -> Moment:
    """Return what is known now to the visit of that row; without one, to an ordinary visitor who
    comes now."""
    # Clocks of two machines may differ: what happened, happened before now.
    happened = [max(one.came, one.called or 0.0) for one in day.stood]
    now = max([now, *day.calls, *happened])
    calls = sorted((one.called, one.row, one) for one in day.stood if one.called is not None)
    called = [one for _minute, _row, one in calls]
    me = next((one for one in day.stood if one.row == row), Stood(NO_NUMBER, now, now))
    others = [one for one in day.stood if one.waits and one.row != row]
    return _line(day, called, now).moment(
        now,
        ahead=_ahead(me, others, day, called, now),
        windows=day.windows,
        oldest=max((now - one.came for one in others), default=0.0),
        norm=day.norm,
    )


def _line(day: Day, called: Sequence[Stood], now: float) -> LineDay:
    """Tell the line everything in the order it happened; of calls long ago only that they were."""
    line = LineDay(day.hall, day.line, minute=min((one.came for one in day.stood), default=now))
    for minute in day.calls[:1]:
        line.call(minute, 0)
    for one in called:
        assert one.called is not None
        line.call(one.called)
        if one.told:
            line.end(wait=max(0.0, one.called - one.told.minute), ahead=one.told.ahead)
    for minute in day.calls[-1:]:
        line.call(minute, 0)
    return line


def _ahead(
    me: Stood, others: Sequence[Stood], day: Day, called: Sequence[Stood], now: float
) -> int:
    waiting = [[_head(one, now) for one in others if one.kind == kind] for kind in CLASSES]
    flow = Flow(_between_calls(called, now), _between_arrivals(day.stood, now))
    return called_before(_head(me, now), me.kind, waiting, flow, row=day.row)


CLASSES = (GREEN, ORDINARY)


def _head(one: Stood, now: float) -> Head:
    return one.since - now, one.row


def _between_calls(called: Sequence[Stood], now: float) -> float:
    """Return the minutes from one call to the next: measured in the last hour, and before any
    call a plain guess."""
    minutes = [one.called for one in called if one.called is not None]
    lately = sum(minute > now - HOUR for minute in minutes)
    watched = min(float(HOUR), now - minutes[0]) if minutes else 0.0
    return (watched + PRIOR) / (lately + PRIOR / exp(GUESS))


def _between_arrivals(stood: Sequence[Stood], now: float) -> list[float]:
    came = [[one for one in stood if one.kind == kind] for kind in CLASSES]
    lately = [sum(now - HOUR < one.came <= now for one in some) for some in came]
    return [HOUR / count if count else inf for count in lately]
