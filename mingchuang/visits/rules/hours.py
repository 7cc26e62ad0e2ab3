"""When numbers are given: while the doors are open and a window of the line is on duty. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from mingchuang.hall.rules.hours import OpenDay, Shift


def served_shifts(windows: Iterable[Shift], doors: Iterable[Shift]) -> tuple[Shift, ...]:
    """Return when the doors are open and at least one window is on duty, joined where they meet."""
    doors = list(doors)
    pieces = (
        (max(since, opens), min(until, closes))
        for since, until in windows
        for opens, closes in doors
    )
    joined: list[Shift] = []
    for since, until in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((since, until))
    return tuple(joined)


def next_opening(days: Sequence[OpenDay], now: time) -> tuple[date, time] | None:
    """Return when it opens next, if it is shut at `now` on the first of these days; None: unknown,
    or open."""
    for n, day in enumerate(days):
        change = day.change_after(now if n == 0 else time.min)
        if change is None:
            continue
        is_open, at = change
        return None if n == 0 and is_open else (day.day, min(day.shifts)[0] if n else at)
    return None
