"""How many minutes of a day the windows of a hall stand idle. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from fractions import Fraction

# A line of people grows without end where every minute of the windows is used.
FULLEST = Fraction(85, 100)


def minutes_open(shifts: Iterable[tuple[time, time]]) -> int:
    """Return how many minutes the doors are open on a day."""
    return sum(_minute(closes) - _minute(opens) for opens, closes in shifts)


def shares(served: Collection[tuple[int, int]], among: Collection[int]) -> dict[int, Fraction]:
    """Return which part of each line falls on these windows, from which line is served at which
    window: a window divides its minutes equally among its lines, as it does for slots."""
    lines = Counter(window for _line, window in served)
    whole, part = dict[int, Fraction](), dict[int, Fraction]()
    for line, window in served:
        minutes = Fraction(1, lines[window])
        whole[line] = whole.get(line, Fraction(0)) + minutes
        if window in among:
            part[line] = part.get(line, Fraction(0)) + minutes
    return {line: minutes / whole[line] for line, minutes in part.items()}


def idle(capacity: Mapping[date, int], load: Mapping[date, int]) -> dict[date, int]:
    """Return what is left of the minutes of the windows, of which some always stay free, once
    those who booked and those who usually walk in were served."""
    return {
        day: max(0, int(minutes * FULLEST) - load.get(day, 0)) for day, minutes in capacity.items()
    }


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
