"""In which order those who wait now would be called, if nobody else came. Pure."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import takewhile

from mingchuang.visits.rules.line import GREEN_CHANNEL, Discipline, Head, minute_of, next_class


def in_order(
    classes: Sequence[Sequence[Head]], now: float, rule: Discipline, *, row: int = 0
) -> Iterator[int]:
    """Yield the numbers as `next_class` would call them one after the other at `now`.

    `classes` holds everybody of each class as they stand, the first one first; `row` is how many
    favoured visitors were called last.
    """
    lines = [deque(heads) for heads in classes]
    while True:
        which = next_class([line[0] if line else None for line in lines], now, rule, row=row)
        if which is None:
            return
        yield lines[which].popleft()[1]
        row = 0 if which == rule.ordinary else row + 1


def favoured_last(newest: Iterable[object]) -> int:
    """Return how many calls in a row went to the green channel last; of each is told whether it
    did, the newest first."""
    return sum(1 for _ in takewhile(bool, newest))


def as_called(
    standing: Iterable[tuple[str | bool, datetime | None, int]], at: datetime, *, row: int = 0
) -> Iterator[int]:
    """Yield the numbers of those who stand in a line as the windows of the hall would call them:
    of each is told whether they are green, since when they stand, and the number that breaks a
    tie."""
    classes: tuple[list[Head], list[Head]] = ([], [])
    for green, since, number in standing:
        if since is not None:
            classes[not green].append((minute_of(since), number))
    return in_order([sorted(one) for one in classes], minute_of(at), GREEN_CHANNEL, row=row)
