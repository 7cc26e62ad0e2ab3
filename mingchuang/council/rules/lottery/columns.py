"""The fairest lottery over whole panels, where chances cannot be taken apart. Pure.

Column generation: the fairest lottery over the panels known so far gives every class a price; a
panel that is worth more than all known ones is added, until there is none (Flanigan et al. 2021).
Then nobody priced above 0 can get more, and the next level is looked for. The most any panel is
worth is a bound for the smallest chance under every lottery, also where time ends before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mingchuang.council.rules.lottery.classes import Counts, Problem, Reals
from mingchuang.council.rules.lottery.peel import Weighed
from mingchuang.council.rules.lottery.seek import all_bounds, best_panel
from mingchuang.council.rules.lottery.solver import Programme, matrix_of
from mingchuang.council.rules.lottery.watch import Watch

BETTER, NOISE, SLACK = 1e-7, 1e-6, 1e-9


@dataclass
class Generated:
    """What was found: panels with weights, a bound for the smallest chance, and what is proved."""

    taken: list[Weighed] = field(default_factory=list)
    bound: float = float("inf")
    proved: bool = False
    all_proved: bool = False


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

    def settle(self, held: NDArray[np.bool_], level: float) -> None:
        """Keep these classes at this level from now on, and raise the others alone."""
        for one in np.flatnonzero(held):
            self.levels[one] = level
            self.programme.highs.changeCoeff(int(one), 0, 0.0)
            self.programme.highs.changeRowBounds(int(one), level - SLACK, np.inf)
        self.loose &= ~held

    def solve(self) -> tuple[float, Reals, Reals, float]:
        """Return the level, the weights, the price of each class, and what a panel must beat."""
        solved = self.programme.solve()
        assert solved, "some panel is known"
        prices = np.maximum(-solved.prices[:-1], 0.0)
        return float(solved.values[0]), solved.values[1:], prices, float(solved.prices[-1])


def generated(problem: Problem, known: Iterable[Counts], watch: Watch) -> Generated:
    """Return the fairest lottery over whole panels, as far as the time allows."""
    master, found = Master(problem), Generated()
    for panel in known:
        master.add(panel)
    _cover(master, watch)
    while master.loose.any():
        level, prices, proved = _level(master, found, watch)
        if not proved:
            return found
        found.proved = True
        held = master.loose & (prices > NOISE * prices[master.loose].max())
        master.settle(held, level)
        watch.tell("columns", 1 - float(master.loose.mean()))
    found.all_proved = True
    return found


def _cover(master: Master, watch: Watch) -> None:
    """Know a panel for everybody there is one for, soonest for those not seated yet."""
    seen = sum(master.panels, np.zeros(master.count, dtype=np.int64))
    while not watch.is_over():
        wishes = np.where(seen == 0, 1.0, 1e-3 / (1.0 + seen))
        best = best_panel(master.problem, all_bounds(master.problem), wishes, gap=0.1)
        if best is None or not ((best[0] > 0) & (seen == 0)).any():
            break
        master.add(best[0])
        seen = seen + best[0]
    if not master.panels:
        best = best_panel(master.problem, all_bounds(master.problem), master.scale, gap=1.0)
        assert best, "a problem with a panel"
        master.add(best[0])


def _level(master: Master, found: Generated, watch: Watch) -> tuple[float, Reals, bool]:
    """Add panels until none is worth more than those known, or time is over."""
    first = bool(master.loose.all())
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
