"""How a wait is said to people: 约 20 分钟，少有超过 35 分钟."""

from datetime import time
from math import ceil, floor
from typing import NamedTuple

# Below so many minutes each one is told, then every fifth, and past two hours every thirtieth:
# nobody knows it better.
EXACT, COARSE, LONG, HALF_HOUR = 10, 5, 120, 30


class Wait(NamedTuple):
    """About so many minutes, and rarely more than so many; or none at all for whoever is first,
    where a window is `free` for them. `left` is for how long the doors are still open, 0 while
    they are shut, and `again` when they open again that day: beyond that nothing is promised."""

    middle: int
    high: int
    free: bool = False
    left: float | None = None
    again: time | None = None

    @property
    def is_too_long(self) -> bool:
        """Whether it ends after the doors shut, as things go now; while they are, it does."""
        return self.left is not None and not self.free and self.middle > self.left

    @property
    def may_be_too_long(self) -> bool:
        return self.left is not None and not self.free and self.high > self.left

    def behind(self, ahead: int) -> "Wait":
        """Return what is said to who stands behind so many: a free window is for the first."""
        return self._replace(free=self.free and not ahead)


def shown(
    middle: float,
    high: float,
    *,
    free: bool = False,
    doors: tuple[float, time | None] | None = None,
) -> Wait:
    """Return minutes as they are said: the middle to the nearest, the bound never too low."""
    about = _nearest(middle)
    return Wait(about, max(about, _up(high)), free, *(doors or ()))


def _nearest(minutes: float) -> int:
    step = _step(minutes)
    return max(1, floor(minutes / step + 0.5) * step)


def _up(minutes: float) -> int:
    step = _step(minutes)
    return max(1, ceil(minutes / step) * step)


def _step(minutes: float) -> int:
    if minutes > LONG:
        return HALF_HOUR
    return 1 if minutes < EXACT else COARSE
