"""Waits are skewed: their middle lies below their mean. What is missing is put on the long ones.

Who is told the middle is told too little on the whole. To be right on the whole as well, what is
told of long waits is made longer by a share: there a few minutes matter least.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from mingchuang.visits.rules.forecast.trees import Floats

# Nothing is put on what is told shorter than the first, all of it on what is longer than the
# second; minutes.
LONG: Final = (10.0, 30.0)
# How much of what a day fell short by is put on the next, and what is put on at least and at most.
STEP, LEAST, MOST = 0.15, -0.15, 0.25


def lifted(minutes: Any, share: float) -> Any:
    """Return minutes, one or an array of them, of which the long ones are longer by a share."""
    return minutes * (1 + share * _length(minutes))


def shortfall(told: Floats, waits: Floats) -> float:
    """Return the share by which the long ones must be lifted for the sums to agree."""
    return float((waits - told).sum() / max(1.0, (told * _length(told)).sum()))


def _length(minutes: Any) -> Any:
    short, long = LONG
    return np.clip((minutes - short) / (long - short), 0, 1)


@dataclass
class Lift:
    """The share by which long waits are lifted tomorrow, by what finished days fell short."""

    share: float = 0.0
    _today: list[tuple[float, float]] = field(default_factory=list)

    def add(self, told: float, wait: float) -> None:
        """Put by what was told, and what became of it; minutes."""
        self._today.append((told, wait))

    def night(self, *, counts: bool) -> None:
        """The day is over. Where it does not count, nothing was known on it yet."""
        if counts and self._today:
            told, waits = np.array(self._today).T
            self.share = max(LEAST, min(MOST, self.share + STEP * shortfall(told, waits)))
        self._today.clear()
