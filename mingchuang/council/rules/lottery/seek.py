"""Finding one panel within given bounds, quickly from the one before, else by a solver. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingchuang.council.rules.lottery.classes import Counts, Problem, Reals
from mingchuang.council.rules.lottery.solver import INFINITY, Programme, matrix_of
from mingchuang.council.rules.lottery.watch import Watch

MOST_SWAPS = 40
NEVER = 10**6
# Any panel within the bounds will do; a good one is good enough.
NEAR = 0.2
# So many seconds the solver may look for one panel.
PATIENCE = 2.0


@dataclass(frozen=True, eq=False)
class Bounds:
    """What a panel must keep: the fewest and most of each row, the most of each class."""

    least: Counts
    most: Counts
    caps: Counts


@dataclass(frozen=True)
class Swap:
    """One person of `out` gives their seat to one of `into`; so far are the rows off then."""

    off: int
    wish: float
    out: int
    into: int


class Seeker:
    """Looks for panels of one problem; the same seed finds the same."""

    def __init__(self, problem: Problem, watch: Watch, *, seed: int = 1) -> None:
        self.problem = problem
        self.watch = watch
        self.chance = np.random.default_rng(seed)
        self.restless = False

    def find(self, bounds: Bounds, wishes: Reals, *, near: Counts | None) -> Counts | None:
        """Return a panel within the bounds that seats those wished for most, or None."""
        mended = None if near is None else self._mended(near, bounds, wishes)
        return self.best(bounds, wishes) if mended is None else mended

    def best(self, bounds: Bounds, wishes: Reals, *, gap: float = NEAR) -> Counts | None:
        """Let the solver find a panel within this share of the best, while there is time."""
        seconds = min(PATIENCE, self.watch.left())
        solved = best_panel(self.problem, bounds, wishes, gap=gap, seconds=seconds)
        return solved and solved[0]

    def _mended(self, panel: Counts, bounds: Bounds, wishes: Reals) -> Counts | None:
        """Change seat after seat while that brings the panel nearer to its bounds."""
        panel, totals = panel.copy(), self.problem.totals(panel).astype(np.int64)
        if self.restless:
            wishes = wishes * self.chance.uniform(0.7, 1.0, len(wishes))
        for _ in range(MOST_SWAPS):
            over = np.flatnonzero(panel > bounds.caps)
            off = _off(totals, bounds)
            if not len(over) and not off:
                return panel
            outs = over[:1] if len(over) else self._outs(panel, totals, bounds)
            swap = self._best_swap(outs, panel, totals, bounds, wishes)
            if swap is None or (swap.off >= off and not len(over)):
                return None
            panel[swap.out] -= 1
            panel[swap.into] += 1
            totals[self.problem.rows[swap.out]] -= 1
            totals[self.problem.rows[swap.into]] += 1
        return None

    def _outs(self, panel: Counts, totals: Counts, bounds: Bounds) -> NDArray[np.int64]:
        """Return whose seat may be given away: of a row with too many, else anybody's."""
        seated = np.flatnonzero(panel)
        crowded = np.flatnonzero(totals > bounds.most)
        if not len(crowded):
            return seated
        inside: NDArray[np.bool_] = (self.problem.rows[seated] == crowded[0]).any(axis=1)
        return seated[inside]

    def _best_swap(
        self,
        outs: NDArray[np.int64],
        panel: Counts,
        totals: Counts,
        bounds: Bounds,
        wishes: Reals,
    ) -> Swap | None:
        rows, full = self.problem.rows, panel >= bounds.caps
        best: Swap | None = None
        for out in outs:
            totals[rows[out]] -= 1
            worse = (totals >= bounds.most).astype(np.int64) - (totals < bounds.least)
            off = worse[rows].sum(axis=1) + _off(totals, bounds)
            totals[rows[out]] += 1
            off[full] = NEVER
            off[out] = NEVER
            nearest = np.flatnonzero(off == off.min())
            into = nearest[np.argmax(wishes[nearest])]
            swap = Swap(int(off[into]), float(-wishes[into]), int(out), int(into))
            if swap.off < NEVER and (best is None or (swap.off, swap.wish) < (best.off, best.wish)):
                best = swap
        return best


def best_panel(
    problem: Problem, bounds: Bounds, wishes: Reals, *, gap: float, seconds: float = INFINITY
) -> tuple[Counts, float] | None:
    """Return a panel within the bounds, and the most any such panel could be wished for."""
    usable = np.flatnonzero(bounds.caps > 0)
    place = _binding(problem, bounds, usable)
    told = np.flatnonzero(place >= 0)
    inside = [rows[rows >= 0] for rows in place[problem.rows[usable]]]
    programme = Programme(whole=True, seconds=max(seconds, 0.01))
    programme.options(mip_rel_gap=gap)
    programme.load(
        wishes[usable],
        (np.zeros(len(usable)), bounds.caps[usable]),
        (bounds.least[told], bounds.most[told]),
        matrix_of([(rows, np.ones(len(rows))) for rows in inside]),
    )
    solved = programme.solve()
    if solved is None:
        return None
    panel = np.zeros(len(problem.classes), dtype=np.int64)
    panel[usable] = np.round(solved.values).astype(np.int64)
    return panel, solved.bound


def all_bounds(problem: Problem) -> Bounds:
    """Return what every panel must keep, and no more."""
    return Bounds(problem.least, problem.most, problem.caps)


def _binding(problem: Problem, bounds: Bounds, usable: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the rows that could be overstepped at all; the others stay at -1."""
    room = np.zeros(len(problem.classes), dtype=np.int64)
    room[usable] = bounds.caps[usable]
    told = np.flatnonzero((bounds.least > 0) | (problem.totals(room) > bounds.most))
    place = np.full(len(problem.least), -1)
    place[told] = np.arange(len(told))
    return place


def _off(totals: Counts, bounds: Bounds) -> int:
    """Return how many seats the rows are away from their bounds."""
    over, under = totals - bounds.most, bounds.least - totals
    return int(over[over > 0].sum() + under[under > 0].sum())
