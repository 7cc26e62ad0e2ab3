"""The day of a line as the log of a hall tells it, and the moment of whoever joins.

Minutes count from midnight.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from typing import NamedTuple

from mingchuang.visits.rules.forecast.ahead import NO_NUMBER, Flow, called_before
from mingchuang.visits.rules.forecast.formula import PRIOR
from mingchuang.visits.rules.forecast.line import HOUR, LineDay
from mingchuang.visits.rules.forecast.moment import Moment
from mingchuang.visits.rules.forecast.past import GUESS
from mingchuang.visits.rules.past import ORDINARY
from mingchuang.visits.rules.turn import Desks
from mingchuang.visits.rules.windows import (
    ANY,
    Serves,
    Stands,
    Windows,
    attended,
    bound_up,
    serving,
)


class Told(NamedTuple):
    """When somebody was told how long, and behind how many."""

    minute: float
    ahead: int


@dataclass(frozen=True, slots=True)
class Stood:
    """One visit of the day. It came and stands `since` then, which may be later for who booked;
    `told` where what became of it is an outcome, `called` where it was, and to which window.
    `only` where not all windows of the line may call it."""

    row: int
    came: float
    since: float
    kind: int = ORDINARY
    waits: bool = True
    called: float | None = None
    told: Told | None = None
    line: int = 0
    window: int = 0
    only: frozenset[int] = ANY


@dataclass(frozen=True, slots=True)
class Day:
    """One line on one day until now: who stands in the lines of its hall and who was called there
    lately, when the first and the last calls of its windows were, and how many of them are there
    now. Of every window of the hall, which lines it `serves`, how many of the last calls from
    these, in a row, were green ones, and whether it is free."""

    hall: str
    line: str
    stood: Sequence[Stood] = ()
    calls: Sequence[float] = ()
    windows: int = 0
    norm: float = 0.0
    key: int = 0
    serves: Serves = field(default_factory=dict)
    rows: Mapping[int, int] = field(default_factory=dict)
    desks: Desks = field(default_factory=Desks)


def moment_of(
    day: Day,
    now: float,
    row: int | None = None,
    *,
    kind: int = ORDINARY,
    only: frozenset[int] = ANY,
) -> Moment:
    """Return what is known now to the visit of that row; without one, to a visitor of that kind
    who comes now and whom `only` these windows call."""
    # Clocks of two machines may differ: what happened, happened before now.
    happened = [max(one.came, one.called or 0.0) for one in day.stood]
    now = max([now, *day.calls, *happened])
    stood = [one for one in day.stood if one.line == day.key]
    theirs = serving(day.key, day.serves)
    calls = [one for one in day.stood if one.line == day.key or one.window in theirs]
    called = sorted(
        (one for one in calls if one.called is not None),
        key=lambda one: (one.called, one.row),
    )
    comes = Stood(NO_NUMBER, now, now, kind, line=day.key, only=only)
    me = next((one for one in stood if one.row == row), comes)
    others = [one for one in stood if one.waits and one.row != row]
    return _line(day, stood, called, now).moment(
        now,
        ahead=_ahead(me, day, called, now),
        windows=day.windows,
        oldest=max((now - one.came for one in others), default=0.0),
        norm=day.norm,
    )


def _line(day: Day, stood: Sequence[Stood], called: Sequence[Stood], now: float) -> LineDay:
    """Tell the line everything in the order it happened; of calls long ago only that they were,
    and of those from other lines of its windows that they took a call."""
    line = LineDay(day.hall, day.line, minute=min((one.came for one in stood), default=now))
    for minute in day.calls[:1]:
        line.call(minute, 0)
    for one in called:
        assert one.called is not None
        line.call(one.called)
        if one.told and one.line == day.key:
            line.end(wait=max(0.0, one.called - one.told.minute), ahead=one.told.ahead)
    for minute in day.calls[-1:]:
        line.call(minute, 0)
    return line


def _ahead(me: Stood, day: Day, called: Sequence[Stood], now: float) -> int:
    serves = bound_up(day.key, attended(day.serves, [day.key]))
    near = {day.key}.union(*serves.values())
    stood = [one for one in day.stood if one.line in near]
    others = [_stands(one, now) for one in stood if one.waits and one.row != me.row]
    waiting = [one for one in others if not one.is_left(serves)]
    flow = Flow(_between_calls(called, now), _between_arrivals(stood, now))
    return called_before(_stands(me, now), waiting, Windows(serves, day.rows), flow)


def _stands(one: Stood, now: float) -> Stands:
    return Stands(one.line, one.kind, (one.since - now, one.row), one.only)


def _between_calls(called: Sequence[Stood], now: float) -> float:
    """Return the minutes from one call to the next: measured in the last hour, and before any
    call a plain guess."""
    minutes = [one.called for one in called if one.called is not None]
    lately = sum(minute > now - HOUR for minute in minutes)
    watched = min(float(HOUR), now - minutes[0]) if minutes else 0.0
    return (watched + PRIOR) / (lately + PRIOR / exp(GUESS))


def _between_arrivals(stood: Collection[Stood], now: float) -> dict[tuple[int, int], float]:
    """Return the minutes from one who comes to the next, of each line and class of which anybody
    came in the last hour."""
    lately = Counter((one.line, one.kind) for one in stood if now - HOUR < one.came <= now)
    return {which: HOUR / count for which, count in lately.items()}
