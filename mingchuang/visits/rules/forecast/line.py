"""One line on one day, as its log tells it: calls, waits that ended, and how many stand."""

from collections import deque
from math import nan
from statistics import fmean

from mingchuang.visits.rules.forecast.moment import Moment, log_pace, log_wait

HOUR = 60
# So many waits that ended last tell what is usual now.
LATELY = 15


class LineDay:
    """What the day has shown of a line so far. Minutes count from midnight and never go back."""

    def __init__(self, hall: str, name: str, *, minute: float) -> None:
        self.hall, self.name = hall, name
        self._first: float | None = None
        self._last = minute
        self._calls: deque[tuple[float, int]] = deque()
        self._waits: deque[float] = deque(maxlen=LATELY)
        self._paces: deque[float] = deque(maxlen=LATELY)
        self._delay = nan

    def call(self, minute: float, places: int = 1) -> None:
        """Somebody was called; `places` is by how many the line moved."""
        if self._first is None:
            self._first = minute
        self._last = minute
        self._calls.append((minute, places))

    def end(self, *, wait: float, ahead: int) -> None:
        """A wait ended that had begun behind `ahead` people."""
        self._waits.append(log_wait(wait))
        self._paces.append(log_pace(wait, ahead))
        self._delay = wait

    def moment(
        self, minute: float, *, ahead: int, windows: int, oldest: float, norm: float = 0.0
    ) -> Moment:
        """Return what is known to whoever joins now, behind `ahead` people of whom the first has
        waited for `oldest` minutes, with so many windows open."""
        while self._calls and self._calls[0][0] <= minute - HOUR:
            self._calls.popleft()
        return Moment(
            hall=self.hall,
            line=self.name,
            minute=minute,
            ahead=ahead,
            windows=windows,
            open_for=0.0 if self._first is None else minute - self._first,
            since_call=minute - self._last,
            calls=sum(places for _at, places in self._calls),
            oldest=oldest,
            delay=self._delay,
            usual=fmean(self._waits) if self._waits else nan,
            pace=fmean(self._paces) if self._paces else nan,
            norm=norm,
        )
