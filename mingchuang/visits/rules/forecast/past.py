"""What the days before taught: how long one waits, and how long a place takes, here and then.

Means of logarithms, each drawn towards the next wider one where little is known (shrinkage, as in
James & Stein 1961): of a line at this hour towards the line, of a line towards its hall, of a hall
towards all. Whatever has not been lived through stays with a plain guess.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from mingchuang.visits.rules.forecast.moment import Moment, Outcome, log_pace, log_wait

# A mean of so many waits weighs as much as what is wider.
DRAWN = 10
# Before the first wait has ended: eight minutes a place.
GUESS = math.log(8)

Key: TypeAlias = tuple[str, str, int]
# Of whom nothing narrower is asked.
ALL, ANY_HOUR = "", -1


@dataclass(slots=True)
class Sums:
    """Sums over waits that ended: how many, and the logarithms of waits and paces."""

    n: float = 0
    wait: float = 0
    pace: float = 0

    def add(self, wait: float, pace: float) -> None:
        self.n += 1
        self.wait += wait
        self.pace += pace

    def drawn(self, wider: "Usual") -> "Usual":
        """Return the means, drawn towards wider ones."""
        of = self.n + DRAWN
        return Usual((self.wait + DRAWN * wider.wait) / of, (self.pace + DRAWN * wider.pace) / of)


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual: logarithm of the wait, and of the minutes per place."""

    wait: float
    pace: float


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier days say of a moment: of its line, and of its line at this hour."""

    line: Usual
    hour: Usual


NOTHING = Sums()


@dataclass
class Past:
    """Finished days. What ends today is put by until `night`."""

    sums: dict[Key, Sums] = field(default_factory=dict)
    _today: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Put by what became of somebody today."""
        self._today.append(outcome)

    def night(self) -> None:
        """The day is over: from now on it is one of those before."""
        for outcome in self._today:
            moment = outcome.moment
            wait, pace = log_wait(outcome.wait), log_pace(outcome.wait, moment.ahead)
            for key in _keys(moment):
                self.sums.setdefault(key, Sums()).add(wait, pace)
        self._today.clear()

    def known(self, moment: Moment) -> Known:
        """Return what is usual where and when somebody joins."""
        guess = Usual(GUESS + math.log1p(moment.ahead), GUESS)
        every = self._drawn(guess, (ALL, ALL, ANY_HOUR)) if self.sums else guess
        hall = self._drawn(every, (moment.hall, ALL, ANY_HOUR))
        line = self._drawn(hall, (moment.hall, moment.line, ANY_HOUR))
        hour = _between(
            (share, self._drawn(line, (moment.hall, moment.line, hour)))
            for hour, share in _hours(moment.minute)
        )
        return Known(line, hour)

    def _drawn(self, wider: Usual, key: Key) -> Usual:
        return self.sums.get(key, NOTHING).drawn(wider)


def _keys(moment: Moment) -> Iterator[Key]:
    hall, line = moment.hall, moment.line
    yield (ALL, ALL, ANY_HOUR)
    yield (hall, ALL, ANY_HOUR)
    yield (hall, line, ANY_HOUR)
    yield (hall, line, int(moment.minute // 60))


def _hours(minute: float) -> list[tuple[int, float]]:
    """Return the two hours whose middles lie around a minute, each with its share."""
    place = minute / 60 - 0.5
    first = math.floor(place)
    return [(first, first + 1 - place), (first + 1, place - first)]


def _between(parts: Iterable[tuple[float, Usual]]) -> Usual:
    shares = list(parts)
    return Usual(
        sum(share * usual.wait for share, usual in shares),
        sum(share * usual.pace for share, usual in shares),
    )
