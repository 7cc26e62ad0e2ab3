"""The week of a window: stretches of weekdays that do not overlap. Pure."""

from collections.abc import Iterable, Sequence
from datetime import time
from itertools import pairwise

# A weekday (0 is Monday), from, until.
Stretch = tuple[int, time, time]


def overlapping(week: Iterable[Stretch]) -> set[int]:
    """Return the weekdays on which one stretch begins before another has ended."""
    both = pairwise(sorted(week))
    return {first[0] for first, then in both if first[0] == then[0] and then[1] < first[2]}


def told(week: Sequence[Stretch]) -> list[str]:
    """Return a week as the ledger tells it: weekday from 1 (Monday), from and until."""
    return [f"{day + 1} {since:%H:%M}-{until:%H:%M}" for day, since, until in sorted(week)]
