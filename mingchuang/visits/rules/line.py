"""Who is called next: one score for every discipline, and two guards for whoever is not favoured.

The head of each class scores `h + b · (t − a)`: it came at `a`, its class has a head start `h`, and
each minute counts `b` times. The highest is called, the lower number where two are equal; inside a
class it is first come, first served. Times are numbers in one unit, minutes in a hall.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf, isfinite
from typing import TypeAlias

# Since when somebody waits (a booked visitor: since their slot, less the grace, or since they
# checked in, whichever is later), and the number they hold.
Head: TypeAlias = tuple[float, int]

LARGEST = 1e6


@dataclass(frozen=True)
class Favour:
    """How a class is favoured: as if it had come `head_start` earlier, and waited `growth` times
    as fast."""

    head_start: float = 0.0
    growth: float = 1.0


@dataclass(frozen=True)
class Discipline:
    """How each class is favoured, the most favoured first, the ordinary one last; and the guards.

    While an ordinary visitor waits, at most `in_a_row` calls one after the other go to the
    favoured; but to end such a row, nobody who has waited past `longest` is passed by a later
    number.
    """

    favours: tuple[Favour, ...]
    longest: float = inf
    in_a_row: float = inf

    @property
    def ordinary(self) -> int:
        return len(self.favours) - 1

    def score(self, kind: int, waited: float) -> float:
        """Return the score of a class whose head has waited so long; endless past `longest`."""
        if waited > self.longest:
            return inf
        favour = self.favours[kind]
        return favour.head_start + favour.growth * waited


# 绿色通道 = 提前 15 分钟取号: an ordinary visitor is passed only by favoured ones who come within
# the next 15 minutes. All three numbers are our own choice.
GREEN_CHANNEL = Discipline((Favour(15.0), Favour()), longest=60.0, in_a_row=3)


def minute_of(at: datetime) -> float:
    """Return a moment as the line of a hall reckons with it."""
    return at.timestamp() / 60


def next_class(
    heads: Sequence[Head | None], now: float, rule: Discipline, *, row: int = 0
) -> int | None:
    """Return the class whose head is called at `now`; None where nobody waits.

    `heads` holds the first of each class. `row` is how many favoured visitors were called last,
    one after the other, with no ordinary one between.
    """
    if row >= rule.in_a_row and heads[-1] is not None:
        return rule.ordinary
    chosen, highest, lowest = None, -inf, 0
    for kind, head in enumerate(heads):
        if head is not None:
            since, number = head
            score = rule.score(kind, now - since)
            if chosen is None or score > highest or (score == highest and number < lowest):
                chosen, highest, lowest = kind, score, number
    return chosen


# What a discipline gives a class with so many classes below it; `measure` is the R or H behind
# its name. Kleinrock (1964), Stanford, Taylor & Ziedins (2014) for waiting that counts R times.
NAMED: Mapping[str, Callable[[int, float], Favour]] = {
    "fifo": lambda _below, _: Favour(),
    "absolute": lambda below, _: Favour(float(below), 0.0),
    "accumulating": lambda below, ratio: Favour(0.0, ratio**below),
    "headstart": lambda below, minutes: Favour(minutes * below),
}
# The least measure of those that have one: with less the first class would not be favoured.
LEAST = {"accumulating": 1.0, "headstart": 0.0}


def discipline(words: str, classes: int) -> Discipline | None:
    """Return what `fifo`, `absolute`, `accumulating:R` or `headstart:H` means; None: nothing.

    Of several classes each is favoured over the next: it goes first, waits R times as fast, or
    as if it had come H earlier.
    """
    name, colon, told = words.partition(":")
    if name not in NAMED or bool(colon) != (name in LEAST):
        return None
    measure = _number(told) if colon else 0.0
    if measure is None or not LEAST.get(name, 0.0) <= measure <= LARGEST:
        return None
    return Discipline(tuple(NAMED[name](below, measure) for below in reversed(range(classes))))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
