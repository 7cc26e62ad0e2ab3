"""The fairest lottery over whole panels, where chances cannot be taken apart. Pure.

Column generation: the fairest lottery over the panels known so far gives every class a price; a
panel that is worth more than all known ones is added, until there is none (Flanigan et al. 2021).
Then nobody priced above 0 can get more, and the next level is looked for. The most any panel is
worth is a bound for the smallest chance under every lottery, also where time ends before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from mingchuang.council.rules.lottery.classes import Counts, Problem, Reals
from mingchuang.council.rules.lottery.peel import Weighed
from mingchuang.council.rules.lottery.seek import PATIENCE, all_bounds, best_panel
from mingchuang.council.rules.lottery.solver import Programme, matrix_of
from mingchuang.council.rules.lottery.watch import Watch

BETTER, NOISE, SLACK = 1e-7, 1e-6, 1e-9
# This part of the time may be spent on finding a panel for everybody.
COVERING = 0.6


class Proved(StrEnum):
    """What is certain of a lottery: nobody's chance can be better shared, or only the floor's gap.

    ALL: its chances are the leximin ones. FLOOR: its smallest chance is the highest there is.
    TOP: so, and its largest chance is the lowest that leaves that floor.
    GAP: no lottery's smallest chance is higher by more than the gap.
    """

    ALL = "leximin"
    FLOOR = "floor"
    GAP = "gap"
    TOP = "low_top"


@dataclass
class Made:
    """A lottery: panels with weights, what is proved, which classes no panel can seat.

    `bound` is the most that the smallest chance of all others can be under any lottery.
    """

    taken: list[Weighed] = field(default_factory=list)
    bound: float = float("inf")
    proved: Proved = Proved.GAP
    peeled: bool = False
    never: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


class Master:
    """The fairest lottery over the panels known so far, at the level looked for."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.count = len(problem.classes)
        self.scale = problem.scale * problem.unit
        self.panels: list[Counts] = []
        self.levels = np.zeros(self.count)
        self.loose = np.ones(self.count, dtype=bool)
        self.programme = Programme()
        self.programme.load(
            [1.0],
            ([0.0], [np.inf]),
            ([*np.zeros(self.count), 1.0], [*np.full(self.count, np.inf), 1.0]),
            matrix_of([(np.arange(self.count), -np.ones(self.count))]),
        )

    def add(self, panel: Counts) -> None:
        seated = np.flatnonzero(panel)
        values = [*(panel[seated] / self.scale[seated]), 1.0]
        rows = np.array([*seated, self.count], dtype=np.int32)
        self.programme.highs.addCol(0.0, 0.0, np.inf, len(rows), rows, np.array(values))
        self.panels.append(panel)

    def settle(self, held: NDArray[np.int64], level: float) -> None:
        """Keep these classes at this level from now on, and raise the others alone."""
        for one in held:
            self.levels[one] = level
            self.programme.highs.changeCoeff(int(one), 0, 0.0)
            self.programme.highs.changeRowBounds(int(one), level - SLACK, np.inf)
        self.loose[held] = False

    def solve(self) -> tuple[float, Reals, Reals, float]:
        """Return the level, the weights, the price of each class, and what a panel must beat."""
        solved = self.programme.solve()
        assert solved, "some panel is known"
        prices = np.maximum(-solved.prices[:-1], 0.0)
        return float(solved.values[0]), solved.values[1:], prices, float(solved.prices[-1])


def generated(problem: Problem, known: Iterable[Counts], watch: Watch) -> Made:
    """Return the fairest lottery over whole panels, as far as the time allows."""
    master, found = Master(problem), Made()
    for panel in known:
        master.add(panel)
    found.never = _cover(master, watch.part(COVERING))
    master.settle(found.never, 0.0)
    while master.loose.any():
        level, prices, proved = _level(master, found, watch)
        if not proved:
            return found
        found.proved = Proved.FLOOR
        held = master.loose & (prices > NOISE * prices[master.loose].max())
        master.settle(np.flatnonzero(held), level)
        watch.tell("columns", 1 - float(master.loose.mean()))
    found.proved = Proved.ALL
    return found


def _cover(master: Master, watch: Watch) -> NDArray[np.int64]:
    """Know a panel for everybody there is one for; return the classes no panel can seat."""
    seen = sum(master.panels, np.zeros(master.count, dtype=np.int64))
    while (seen == 0).any() and not watch.is_over():
        found = _wished(master, seen == 0, watch)
        if found is None or not (found[0][seen == 0] > 0).any():
            nobody = found is not None and found[1] < 0.5
            return np.flatnonzero(seen == 0) if nobody else _one_by_one(master, seen, watch)
        master.add(found[0])
        seen = seen + found[0]
    return np.zeros(0, dtype=np.int64)


def _one_by_one(master: Master, seen: Counts, watch: Watch) -> NDArray[np.int64]:
    """Look for a panel for each who has none, which is easier where quotas leave no choice."""
    never = []
    for one in np.flatnonzero(seen == 0).tolist():
        if seen[one] or watch.is_over():
            continue
        found = _wished(master, np.arange(master.count) == one, watch)
        if found and found[1] < 0.5:
            never.append(one)
        elif found and found[0][one]:
            master.add(found[0])
            seen = seen + found[0]
    return np.array(never, dtype=np.int64)


def _wished(master: Master, some: NDArray[np.bool_], watch: Watch) -> tuple[Counts, float] | None:
    """Return a panel with many of these, and the most of them there could be in one."""
    seconds, wishes = min(PATIENCE, watch.left()), some.astype(float)
    return best_panel(master.problem, all_bounds(master.problem), wishes, gap=0.2, seconds=seconds)


def _level(master: Master, found: Made, watch: Watch) -> tuple[float, Reals, bool]:
    """Add panels until none is worth more than those known, or time is over."""
    first = found.proved is Proved.GAP
    while True:
        level, weights, prices, worth = master.solve()
        found.taken = [
            Weighed(float(weight), panel)
            for weight, panel in zip(weights, master.panels, strict=True)
            if weight > SLACK
        ]
        if watch.is_over():
            return level, prices, False
        best = best_panel(
            master.problem,
            all_bounds(master.problem),
            prices / master.scale,
            gap=0.0,
            seconds=watch.left(),
        )
        if best is None:
            return level, prices, False
        panel, most = best
        if first:
            found.bound = min(found.bound, most * master.problem.unit)
        if most <= worth + BETTER:
            return level, prices, True
        if float((prices / master.scale * panel).sum()) <= worth + BETTER:
            return level, prices, False
        master.add(panel)
