"""Finding one panel within given bounds, quickly from the one before, else by a solver. Pure."""

from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from mingchuang.council.rules.lottery.classes import Counts, Problem, Reals
from mingchuang.council.rules.lottery.solver import INFINITY, Programme, matrix_of
from mingchuang.council.rules.lottery.watch import Watch

# What exchanges cost: a few seats each, of thousands of them at once.
Small = NDArray[np.int16]
# A panel is mended by so many exchanges at most; for a few of them nobody moves twice.
MOST_SWAPS, A_WHILE = 40, 6
# By how much wishes differ from what they are once the seeker is stirred.
WHIMS = (0.7, 1.0)
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


class Seeker:
    """Looks for panels of one problem; the same seed finds the same."""

    def __init__(self, problem: Problem, watch: Watch, *, seed: int = 1) -> None:
        self.problem = problem
        self.watch = watch
        # It decides nothing but where to look first.
        self.chance = Random(seed)  # noqa: S311
        self.whims: Reals = np.ones(len(problem.classes))

    def stir(self) -> None:
        """Look for other panels from now on: the straight way led nowhere."""
        self.whims = np.array([self.chance.uniform(*WHIMS) for _ in self.whims])

    def find(self, bounds: Bounds, wishes: Reals, *, near: Counts | None) -> Counts | None:
        """Return a panel within the bounds that seats those wished for most, or None."""
        mended = None if near is None else self.mended(near, bounds, wishes)
        return self.best(bounds, wishes) if mended is None else mended

    def mended(self, near: Counts, bounds: Bounds, wishes: Reals) -> Counts | None:
        """Return that panel with some seats exchanged, so that it is within the bounds."""
        return Draft(self.problem, near, bounds).mended(wishes * self.whims)

    def best(self, bounds: Bounds, wishes: Reals, *, gap: float = NEAR) -> Counts | None:
        """Let the solver find a panel within this share of the best, while there is time."""
        seconds = min(PATIENCE, self.watch.left())
        solved = best_panel(self.problem, bounds, wishes, gap=gap, seconds=seconds)
        return solved and solved[0]


class Draft:
    """A panel on its way into new bounds: seat after seat goes to somebody else.

    Who has just come stays, and who has just left stays away, for a while: that leads out of dead
    ends.
    """

    def __init__(self, problem: Problem, panel: Counts, bounds: Bounds) -> None:
        self.problem, self.bounds = problem, bounds
        self.panel = panel.copy()
        self.totals: Counts = problem.totals(panel).astype(np.int64)
        self.settled: Counts = np.zeros(len(panel), dtype=np.int64)

    def mended(self, wishes: Reals) -> Counts | None:
        """Return the panel once it is within the bounds; None if it does not come there."""
        for swap in range(1, MOST_SWAPS):
            crowded = np.flatnonzero(self.panel > self.bounds.caps)[:1]
            off = _off(self.totals, self.bounds)
            if not off and not len(crowded):
                return self.panel
            outs = crowded if len(crowded) else self._outs(self.settled < swap)
            free = (self.panel < self.bounds.caps) & (self.settled < swap)
            intos = np.flatnonzero(free)
            if not len(outs) or not len(intos):
                return None
            change = self._change(outs, intos)
            left, came = np.nonzero(change == change.min())
            best = int((wishes[intos[came]] - wishes[outs[left]]).argmax())
            self._exchange(int(outs[left[best]]), int(intos[came[best]]), until=swap + A_WHILE)
        return None

    def _outs(self, movable: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return whose seat may be given away: of a row with too many, else anybody's."""
        outs = np.flatnonzero((self.panel > 0) & movable)
        over = np.flatnonzero(self.totals > self.bounds.most)
        return outs[(self.problem.rows[outs] == over[0]).any(axis=1)] if len(over) else outs

    def _change(self, outs: NDArray[np.int64], intos: NDArray[np.int64]) -> Small:
        """Return how much farther off the rows are once one of each made way for one of each.

        One more in a row costs 1 where it is full, and saves 1 where somebody is missing; in the
        rows of who leaves that is reckoned with one fewer.
        """
        more, fewer = _costs(self.totals, self.bounds), _costs(self.totals - 1, self.bounds)
        left, right = self.problem.rows[outs], self.problem.rows[intos]
        come = more[right].sum(axis=1, dtype=np.int16)
        change: Small = come - fewer[left].sum(axis=1, dtype=np.int16)[:, None]
        differs = (fewer - more)[left]
        for column in np.flatnonzero(differs.any(axis=0)):
            same = left[:, column, None] == right[:, column]
            change += differs[:, column, None] * same
        return change

    def _exchange(self, out: int, into: int, *, until: int) -> None:
        for one, many in ((out, -1), (into, 1)):
            self.panel[one] += many
            self.totals[self.problem.rows[one]] += many
            self.settled[one] = until


def _costs(totals: Counts, bounds: Bounds) -> Small:
    full: Small = (totals >= bounds.most).astype(np.int16)
    return full - (totals < bounds.least)


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
