"""How far from what is said it may become: split-conformal quantiles of actual over told.

What was told on finished days and what became of it is kept by how long a wait was told, because
short waits are told less surely. The quantile of such ratios bounds the next one with the chance
asked for, whatever the forecast, as long as tomorrow is like the days kept (Vovk, Gammerman &
Shafer 2005; Lei et al. 2018). Tomorrow is not quite: what a day missed by moves what is asked for
the next (adaptive conformal inference, Gibbs & Candès 2021). Some lines scatter more than others,
so ratios are measured in what their line is usually off by. Nothing of today moves today.
"""

import math
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from mingchuang.visits.rules.forecast.moment import log_wait
from mingchuang.visits.rules.forecast.record import ALL, Record

OFF = "off"
# Ratios are kept apart by the minutes that were told: up to 7, up to 10, …
CLASSES: Final = tuple(log_wait(minutes) for minutes in (7, 10, 15, 20, 30, 45, 70))
# So many are kept in a class, the newest; a class with fewer than so many speaks for all.
KEPT, FEW = 700, 100
# One wait in ten is to be shorter than the lower bound, one in ten longer than the upper one.
TAIL = 0.1
# Before any day is over: between half and twice of what is said.
GUESS = (-math.log(2), math.log(2))
# How much of what a day missed by is asked for the next, and what is asked at least and at most.
STEP, LEAST, MOST = 0.5, 0.05, 0.2


@dataclass(frozen=True, slots=True)
class Told:
    """A wait as it was told in a line, its bounds, and what it became, all as `log_wait`."""

    line: str
    middle: float
    low: float
    high: float
    wait: float


@dataclass
class Spread:
    """Ratios of actual to told, as logarithms, and the bounds that follow from them."""

    ratios: list[deque[float]] = field(default_factory=lambda: _kept([()] * (len(CLASSES) + 1)))
    tails: tuple[float, float] = (TAIL, TAIL)
    scatter: Record = field(default_factory=Record)
    _today: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._bounds = self._found()

    def around(self, middle: float, line: str) -> tuple[float, float]:
        """Return the bounds of a wait, as `log_wait`; they never cross the middle."""
        low, high = self._bounds[bisect_right(CLASSES, middle)]
        scale = self._scale(line)
        return middle + scale * min(low, 0.0), middle + scale * max(high, 0.0)

    def _scale(self, line: str) -> float:
        """Return how far a line is usually off, all lines being off by 1."""
        return self.scatter.error(line, OFF) / self.scatter.error(ALL, OFF)

    def add(self, told: Told) -> None:
        """Put by what was told and what became of it."""
        self._today.append(told)

    def night(self) -> None:
        """The day is over: its ratios and its misses count from tomorrow on."""
        if not self._today:
            return
        n = len(self._today)
        under = sum(told.wait < told.low for told in self._today) / n
        over = sum(told.wait > told.high for told in self._today) / n
        self.tails = (_asked(self.tails[0], under), _asked(self.tails[1], over))
        for told in self._today:
            ratio = (told.wait - told.middle) / self._scale(told.line)
            self.ratios[bisect_right(CLASSES, told.middle)].append(ratio)
        for told in self._today:
            self.scatter.add(told.line, OFF, abs(told.wait - told.middle))
        self._today.clear()
        self._bounds = self._found()

    def _found(self) -> list[tuple[float, float]]:
        every = sorted(ratio for ratios in self.ratios for ratio in ratios)
        if len(every) < FEW:
            return [GUESS] * len(self.ratios)
        return [
            bounds_of(sorted(ratios) if len(ratios) >= FEW else every, self.tails)
            for ratios in self.ratios
        ]


def bounds_of(ratios: Sequence[float], tails: tuple[float, float]) -> tuple[float, float]:
    """Return the conformal quantiles of n sorted ratios: the ⌊(n+1)·tail⌋-th from either end."""
    n = len(ratios)
    low, high = (max(1, min(n, math.floor((n + 1) * tail))) for tail in tails)
    return ratios[low - 1], ratios[n - high]


def _asked(tail: float, missed: float) -> float:
    """Return what is asked for after a day on which such a share was missed."""
    return max(LEAST, min(MOST, tail + STEP * (TAIL - missed)))


def _kept(each: Sequence[Sequence[float]]) -> list[deque[float]]:
    return [deque(ratios, maxlen=KEPT) for ratios in each]
