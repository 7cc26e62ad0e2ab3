"""What a process need not ask again for a little while: to show, never to decide by."""

import functools
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_forgetting: list[Callable[[], None]] = []


def remembered(seconds: float) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Ask at most every so many seconds in this process; others may know of a change before."""

    def remember(ask: Callable[[], T]) -> Callable[[], T]:
        known: list[tuple[float, T]] = []

        @functools.wraps(ask)
        def answer() -> T:
            if not known or time.monotonic() - known[0][0] > seconds:
                known[:] = [(time.monotonic(), ask())]
            return known[0][1]

        _forgetting.append(known.clear)
        return answer

    return remember


def forget() -> None:
    """Ask everything anew: a test begins with nothing."""
    for clear in _forgetting:
        clear()
