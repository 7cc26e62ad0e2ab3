"""A thousand tickets out of a lottery's own panels, where they cannot be made class by class. Pure.

Each panel gets the whole tickets its weight is worth; the rest go, one after the other, to the
panel that brings the seats of all classes nearest to their fair numbers, and are exchanged as long
as that brings them nearer still.
"""

from collections.abc import Sequence

import numpy as np

from mingchuang.council.rules.lottery.classes import Counts, Problem, Reals
from mingchuang.council.rules.lottery.dice import TICKETS
from mingchuang.council.rules.lottery.proof import PARTS

MOST_EXCHANGES = 3000


def apportioned(problem: Problem, parts: Sequence[tuple[int, Counts]]) -> list[Counts]:
    """Return a thousand of these panels, each about as often as its weight says."""
    panels = np.array([panel for _part, panel in parts]) / np.sqrt(problem.sizes)
    weights = np.array([part for part, _panel in parts]) * (TICKETS / PARTS)
    times = np.floor(weights + 1e-6).astype(np.int64)
    lengths = (panels**2).sum(axis=1)
    rest = (weights - times) @ panels
    while times.sum() < TICKETS:
        rest = _give(times, int(np.argmin(lengths - 2 * panels @ rest)), panels, rest)
    _exchange(times, panels, lengths, rest)
    pairs = zip(times, parts, strict=True)
    return [panel for many, (_part, panel) in pairs for _ in range(many)]


def _give(times: Counts, one: int, panels: Reals, rest: Reals) -> Reals:
    times[one] += 1
    left: Reals = rest - panels[one]
    return left


def _exchange(times: Counts, panels: Reals, lengths: Reals, rest: Reals) -> None:
    """Take a ticket from the panel that is most in the way, give it to the one most missed."""
    for _ in range(MOST_EXCHANGES):
        out = int(np.argmin(np.where(times > 0, lengths + 2 * panels @ rest, np.inf)))
        back = rest + panels[out]
        into = int(np.argmin(lengths - 2 * panels @ back))
        left = back - panels[into]
        if float(left @ left) >= float(rest @ rest) - 1e-9:
            return
        times[out] -= 1
        times[into] += 1
        rest = left
