"""A hall as a discrete-event simulation: people come, windows open and close, the line decides.

Who is called is asked of the rule that calls the real line (`line.next_class`). Visitors bring the
time they will take; a window that closes while it serves serves to the end, and opens again no
sooner.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush, heapreplace
from itertools import chain
from math import inf
from typing import TypeAlias

import numpy as np

from mingchuang.visits.rules.exact import Model
from mingchuang.visits.rules.line import Discipline, Head, next_class

# When it happens, the class of who comes, how long they will take at a window. Or: when, OPEN,
# and how many windows are open from then on.
Event: TypeAlias = tuple[float, int, float]
# The class of who is called, when they came, how long they waited.
Called: TypeAlias = tuple[int, float, float]

OPEN = -1
BLOCK = 1 << 14


def called(events: Iterable[Event], rule: Discipline) -> Iterator[Called]:
    """Yield everybody as they are called, from events in the order of time.

    After the last event the windows open then serve the line to its end; without any, whoever
    still waits is yielded with an endless wait.
    """
    lines: list[deque[tuple[Head, float]]] = [deque() for _ in rule.favours]
    heads: list[Head | None] = [None for _ in lines]
    # When each open window is free, and when each closed one was; the endless moment is no window.
    free, shut, waiting, row, ordinary = [inf], list[float](), 0, 0, rule.ordinary
    for number, (at, kind, amount) in enumerate(chain(events, [(inf, OPEN, 0.0)])):
        while waiting and free[0] <= at:
            now, chosen = free[0], next_class(heads, free[0], rule, row=row)
            assert chosen is not None
            line = lines[chosen]
            (since, _number), service = line.popleft()
            heads[chosen] = line[0][0] if line else None
            heapreplace(free, now + service)
            waiting, row = waiting - 1, 0 if chosen == ordinary else row + 1
            yield chosen, since, now - since
        if kind == OPEN:
            _open(int(amount), free, shut, at)
        elif free[0] <= at:
            heapreplace(free, at + amount)
            row = 0 if kind == ordinary else row + 1
            yield kind, at, 0.0
        else:
            lines[kind].append(((at, number), amount))
            heads[kind] = lines[kind][0][0]
            waiting += 1


def _open(windows: int, free: list[float], shut: list[float], at: float) -> None:
    """Open windows, or close those that are free first."""
    while len(free) - 1 < windows:
        heappush(free, max(at, heappop(shut) if shut else at))
    while len(free) - 1 > windows:
        heappush(shut, heappop(free))


def by_chance(model: Model, visitors: int, *, seed: int) -> Iterator[Event]:
    """Yield the windows of a model, then so many visitors: Poisson, served for exponential times.

    Time is counted in mean service times. The same seed brings the same people, whatever the
    windows.
    """
    yield 0.0, OPEN, model.servers
    dice, at = np.random.default_rng(seed), 0.0
    edges = np.cumsum(model.loads)[:-1] / model.load
    for done in range(0, visitors, BLOCK):
        n = min(BLOCK, visitors - done)
        times = at + np.cumsum(dice.exponential(1 / model.load, n))
        kinds = np.searchsorted(edges, dice.random(n), side="right")
        yield from zip(times.tolist(), kinds.tolist(), dice.exponential(1, n).tolist(), strict=True)
        at = float(times[-1])
