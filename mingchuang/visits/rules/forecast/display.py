"""A recorded display: what hangs over the windows each minute, read as the log of a line.

A display shows the number called last and how many wait. Who takes a number now waits until the
number shown has moved on by those who wait; every reading is taken for somebody who joined then.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from mingchuang.visits.rules.forecast.line import LineDay
from mingchuang.visits.rules.forecast.moment import Moment

# A number that leaps by more, or backwards, begins another series: one call.
LEAP = 15
# Whoever is not called within so many minutes has left, or the series has ended.
GIVEN_UP = 240

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Reading:
    """One display at one minute of a day; `number` is None while it shows none."""

    hall: str
    line: str
    minute: float
    number: int | None
    waiting: int
    windows: int
    norm: float


@dataclass(frozen=True, slots=True)
class Joined(Generic[S]):
    """Somebody who joined behind `ahead` people, to be called at number `due`; `kept` is what
    was put by about them."""

    minute: float
    ahead: int
    due: int
    kept: S


class Display(Generic[S]):
    """One line through one day: read it, ask for the moment, let somebody join."""

    def __init__(self, first: Reading) -> None:
        self.line = LineDay(first.hall, first.line, minute=first.minute)
        self._shown: int | None = None
        self._waiting: list[Joined[S]] = []

    def read(self, now: Reading) -> list[tuple[S, float]]:
        """Take a reading; return what was kept of whoever it ends waiting for, and the minutes
        they waited, in the order they joined."""
        self._waiting = [one for one in self._waiting if now.minute - one.minute < GIVEN_UP]
        ended = []
        if now.number is not None and now.number != self._shown:
            self._call(now.minute, now.number)
            ended = [one for one in self._waiting if one.due <= now.number]
            self._waiting = [one for one in self._waiting if one.due > now.number]
        for one in ended:
            self.line.end(wait=now.minute - one.minute, ahead=one.ahead)
        return [(one.kept, now.minute - one.minute) for one in ended]

    def _call(self, minute: float, number: int) -> None:
        step = 1 if self._shown is None else number - self._shown
        self.line.call(minute, step if 0 < step <= LEAP else 1)
        self._shown = number

    def moment(self, now: Reading) -> Moment | None:
        """Return what is known to whoever joins now; None where nobody waits, or where no number
        tells when they will be called."""
        if now.number is None or not now.waiting:
            return None
        oldest = now.minute - self._waiting[0].minute if self._waiting else 0.0
        return self.line.moment(
            now.minute, ahead=now.waiting, windows=now.windows, oldest=oldest, norm=now.norm
        )

    def join(self, now: Reading, kept: S) -> None:
        """Let somebody join, of whom something is kept until they are called."""
        due = (now.number or 0) + now.waiting
        self._waiting.append(Joined(now.minute, now.waiting, due, kept))
