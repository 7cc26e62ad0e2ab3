"""How minutes are said to people: 约 20 分钟，少有超过 35 分钟."""

from math import ceil, floor
from typing import NamedTuple

# Below so many minutes each one is told, above only every fifth: nobody knows it better.
EXACT, COARSE = 10, 5


class Wait(NamedTuple):
    """About so many minutes, and rarely more than so many; or none at all for whoever is first,
    where a window is `free` for them."""

    middle: int
    high: int
    free: bool = False

    def behind(self, ahead: int) -> "Wait":
        """Return what is said to who stands behind so many: a free window is for the first."""
        return self._replace(free=self.free and not ahead)


def shown(middle: float, high: float, *, free: bool = False) -> Wait:
    """Return minutes as they are said: the middle to the nearest, the bound never too low."""
    about = _nearest(middle)
    return Wait(about, max(about, _up(high)), free)


def _nearest(minutes: float) -> int:
    step = _step(minutes)
    return max(1, floor(minutes / step + 0.5) * step)


def _up(minutes: float) -> int:
    step = _step(minutes)
    return max(1, ceil(minutes / step) * step)


def _step(minutes: float) -> int:
    return 1 if minutes < EXACT else COARSE
