"""What the screens of a hall show at one moment: numbers, windows, lines, and nobody's name but
that of a clerk who shows it. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mingchuang.visits.rules.forecast.shown import Wait
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.turn import Turn

# So many calls stand on the hall display, the newest first.
SHOWN = 5
# How somebody stands who was put aside at a window where nobody sits any more.
VACANT = "vacant"


class Called(NamedTuple):
    """A number that was called to a window; `key` grows from call to call."""

    key: int
    number: str
    window: int
    green: bool = False
    booked: bool = False


class Waits(NamedTuple):
    """A line, and how many stand in it; who is on the way counts."""

    pk: int
    prefix: str
    name: str
    waiting: int
    wait: Wait | None = None


class Ticket(NamedTuple):
    """How a visit stands, for its holder: `place` counts from 1, and is 0 for who is not waiting;
    `window` is 0 where none has called."""

    state: str
    number: str
    place: int = 0
    window: int = 0
    turn: Turn = Turn.NEXT
    green: str = ""

    @property
    def part(self) -> str:
        return part_of(self.state, self.place, self.turn)


def state_told(state: str, window: int | None, seated: Collection[int]) -> str:
    """Return the state, or that nobody sits where somebody put aside was to come back to."""
    return VACANT if state == State.PARKED and window not in seated else state


def part_of(state: str, place: int, turn: Turn) -> str:
    """Return what tells whether a ticket page has to say something else: the state; for the first
    in line whether a window is free; for others each halving of their place, since how long it
    takes changes with it."""
    if place == 1:
        return turn
    return f"{state}-{place.bit_length()}" if place else state


@dataclass(frozen=True)
class OnDuty:
    """The card of who serves a window (亮牌上岗); a name only where the hall wants it."""

    badge: str
    name: str = ""
    languages: str = ""
    away: bool = False


@dataclass(frozen=True)
class Place:
    """A window: who is on duty, and which number it has."""

    number: int
    name: str
    card: OnDuty | None = None
    called: str = ""
    serving: bool = False

    @property
    def state(self) -> str:
        """One word for what stands there: closed, away, free, called or serving."""
        if self.called:
            return "serving" if self.serving else "called"
        if self.card is None:
            return "closed"
        return "away" if self.card.away else "free"


@dataclass(frozen=True)
class Hall:
    """A site as its screens show it; `spoken` are the newest calls and repeated calls."""

    code: str
    name: str
    calls: Sequence[Called] = ()
    spoken: Sequence[Called] = ()
    lines: Sequence[Waits] = ()
    windows: Mapping[int, Place] = field(default_factory=dict)
    tickets: Mapping[str, Ticket] = field(default_factory=dict)

    @property
    def now(self) -> Called | None:
        """The newest call, for as long as its window has that number: nobody is asked to come who
        was served, or passed on, meanwhile."""
        newest = self.calls[0] if self.calls else None
        there = self.windows.get(newest.window) if newest else None
        return newest if newest and there and there.called == newest.number else None

    @property
    def before(self) -> Sequence[Called]:
        return [call for call in self.calls[:SHOWN] if call != self.now]

    @property
    def waiting(self) -> int:
        return sum(line.waiting for line in self.lines)

    @property
    def away(self) -> list[int]:
        return [number for number, place in self.windows.items() if place.state == "away"]
