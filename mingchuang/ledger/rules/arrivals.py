"""Which entries are new to somebody who looks again and again. Pure.

Rows are numbered when they are written and seen when they are committed, which on PostgreSQL need
not be the same order: a number that was passed over may still arrive, and is waited for.
"""

from collections.abc import Iterable

# No transaction that writes an entry takes longer; a number never seen by then was rolled back.
PATIENCE = 60.0
MOST_MISSING = 5_000
# Whoever begins to look waits for what was written just before, and is not committed yet.
LOOK_BACK = 200


class Arrivals:
    """The numbers seen so far, and those in between that are still missing."""

    def __init__(self, newest: int) -> None:
        self.last = max(0, newest - LOOK_BACK)
        self._missing: dict[int, float] = {}

    @property
    def missing(self) -> list[int]:
        """The numbers that may still arrive below the last one."""
        return list(self._missing)

    def take(self, numbers: Iterable[int], *, now: float) -> list[int]:
        """Return those of the numbers that were never seen before; `now` counts seconds."""
        fresh = sorted(n for n in numbers if n > self.last or n in self._missing)
        for number in fresh:
            self._missing.pop(number, None)
            self._missing.update(dict.fromkeys(self._passed_over(number), now))
            self.last = max(self.last, number)
        self._missing = {n: at for n, at in self._missing.items() if now - at < PATIENCE}
        return fresh

    def _passed_over(self, number: int) -> range:
        return range(max(self.last + 1, number - MOST_MISSING), number)
