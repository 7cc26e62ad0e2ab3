"""Which portion of a line's time some of its windows have: those that take in what others do not.
Pure.

Times are those on the wall of the site.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import time
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import NamedTuple

from mingchuang.visits.rules.slots import Rota, Shared

DAYS = 7


class Stretch(NamedTuple):
    """A time of the ordinary week in which the same windows of a line are on duty (0 is Monday),
    and which portion of the line's time then is that of some of them."""

    portion: Fraction
    weekday: int
    since: time
    until: time


def stretches(windows: Mapping[int, Shared], some: Collection[int]) -> list[Stretch]:
    """Return the portion of the line's time that is that of some of its windows, the least first.

    Minutes are shared as slots share them: a window gives each of its lines an equal part, and is
    there with the doors where it has no rota. While no window is on duty there is no time.
    """
    whole = lcm(*(lines for _rota, lines in windows.values()))
    gives = {pk: whole // lines for pk, (_rota, lines) in windows.items()}
    found = []
    for weekday, since, until in _cut(rota for rota, _lines in windows.values()):
        there = {pk for pk, (rota, _) in windows.items() if _is_there(rota, weekday, since)}
        if time_of_all := sum(gives[pk] for pk in there):
            portion = Fraction(sum(gives[pk] for pk in there.intersection(some)), time_of_all)
            found.append(Stretch(portion, weekday, since, until))
    return sorted(found)


def _cut(rotas: Iterable[Rota]) -> Iterator[tuple[int, time, time]]:
    """Cut the week wherever a shift begins or ends."""
    shifts = [shift for rota in rotas for shift in rota]
    for weekday in range(DAYS):
        edges = {edge for day, *shift in shifts if day == weekday for edge in shift}
        for since, until in pairwise(sorted({time.min, time.max, *edges})):
            yield weekday, since, until


def _is_there(rota: Rota, weekday: int, at: time) -> bool:
    return not rota or any(day == weekday and since <= at < until for day, since, until in rota)
