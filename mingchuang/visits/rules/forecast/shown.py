"""How minutes are said to people: 约 20 分钟，少有超过 35 分钟."""

from math import ceil, floor
from typing import NamedTuple

# Below so many minutes each one is told, above only every fifth: nobody knows it better.
EXACT, COARSE = 10, 5


class Wait(NamedTuple):
    """About so many minutes, and rarely more than so many."""

    middle: int
    high: int


def shown(middle: float, high: float) -> Wait:
    """Return minutes as they are said: the middle to the nearest, the bound never too low."""
    about = _nearest(middle)
    return Wait(about, max(about, _up(high)))


def _nearest(minutes: float) -> int:
    step = _step(minutes)
    return max(1, floor(minutes / step + 0.5) * step)


def _up(minutes: float) -> int:
    step = _step(minutes)
    return max(1, ceil(minutes / step) * step)


def _step(minutes: float) -> int:
    return 1 if minutes < EXACT else COARSE
