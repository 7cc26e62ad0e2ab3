"""In which order those who wait now would be called, if nobody else came. Pure."""

from collections import deque
from collections.abc import Iterator, Sequence

from mingchuang.visits.rules.line import Discipline, Head, next_class


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
