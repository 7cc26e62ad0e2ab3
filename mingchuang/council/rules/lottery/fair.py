"""The fairest chances there could be, were panels divisible: a bound for every lottery. Pure.

Leximin (Flanigan, Gölz, Gupta, Hennig & Procaccia, "Fair algorithms for selecting citizens'
assemblies", Nature 2021): the smallest chance, weighed, is made as large as can be, then the next
smallest, and so on. Here it is computed over all divisions of the seats that keep the rows; every
lottery is one of them, so that none is fairer.

Each round maximises the level t at which all who are not settled are. What a row is worth in the
optimum tells who cannot get more than t without somebody else getting less: those are settled at
t. The worths of the first round prove the bound: see `proof`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingchuang.council.rules.lottery.classes import Problem, Reals
from mingchuang.council.rules.lottery.solver import Column, Programme, matrix_of

# A class is held back when its worth is not noise beside the largest.
NOISE = 1e-6
OVER = 1e-8


@dataclass(frozen=True, eq=False)
class Fair:
    """Seats of each class on average, the first level, and what each row is worth there."""

    seats: Reals
    floor: float
    worths: Reals


@dataclass(frozen=True, eq=False)
class Level:
    """The seats at a level all can be raised to, the worths of rows, who would lose by rising."""

    seats: Reals
    floor: float
    worths: Reals
    losses: Reals


def fairest(problem: Problem, *, top: float = np.inf) -> Fair:
    """Return the leximin division of the seats, with nobody's chance, weighed, above the top.

    The problem must have a panel.
    """
    rise = Rise(problem, top)
    first: Level | None = None
    while rise.loose.any():
        level = rise.highest()
        assert level, "a problem with a panel has fair chances"
        first = first or level
        rise.settle(level)
    assert first, "nobody to be drawn"
    return Fair(rise.settled, first.floor, first.worths)


def highest_floor(problem: Problem) -> Fair:
    """Return only the first level, the largest smallest chance, and what it rests on."""
    level = Rise(problem).highest()
    if level is None:
        return Fair(np.zeros(len(problem.classes)), 0.0, np.zeros(len(problem.least)))
    return Fair(level.seats, level.floor, level.worths)


def floors_without(problem: Problem, quotas: Iterable[Iterable[int]]) -> Iterator[float]:
    """Yield the highest floor without these quotas, then without those; named by their places."""
    rise = Rise(problem)
    rise.highest()
    for some in map(list, quotas):
        rise.free(some)
        level = rise.highest()
        yield 0.0 if level is None else level.floor
        rise.keep(some)


class Rise:
    """Raises all who are loose as high as can be: seats = level · lift + what is left over.

    One programme, changed and solved again from where it was. It is told the quotas and all seats;
    most households and tops are never overstepped, and are told once they are.
    """

    def __init__(self, problem: Problem, top: float = np.inf) -> None:
        self.problem, self.top = problem, top
        self.lift: Reals = problem.scale * problem.unit
        self.loose: NDArray[np.bool_] = np.ones(len(problem.classes), dtype=bool)
        self.settled: Reals = np.zeros(len(problem.classes))
        # Where the programme has a row of the problem, and where it keeps a class below the top.
        self.rows = {row: row for row in range(len(problem.quotas))}
        self.rows[len(problem.least) - 1] = len(self.rows)
        self.tops: dict[int, int] = {}
        self.programme = Programme()
        self.highs = self.programme.highs
        self._load()

    def _load(self) -> None:
        """The level, which lifts all, then what each class has above it."""
        problem, told = self.problem, [*self.rows]
        place = np.full(len(problem.least), -1)
        place[told] = np.arange(len(told))
        inside = [rows[rows >= 0] for rows in place[problem.rows]]
        level: Column = (np.arange(len(told)), problem.totals(self.lift)[told])
        matrix = matrix_of([level, *((rows, np.ones(len(rows))) for rows in inside)])
        costs = [1.0, *np.zeros(len(inside))]
        bounds = (np.zeros(len(costs)), np.full(len(costs), np.inf))
        self.programme.load(costs, bounds, (problem.least[told], problem.most[told]), matrix)

    def highest(self) -> Level | None:
        """Return the highest level there is; None where nothing keeps the quotas."""
        while (solved := self.programme.solve()) is not None:
            raised = solved.values[0] * self.lift + solved.values[1:]
            seats: Reals = np.where(self.loose, raised, self.settled)
            if not self._told_more(seats):
                worths = np.zeros(len(self.problem.least))
                worths[[*self.rows]] = solved.prices[[*self.rows.values()]]
                floor = float(solved.values[0]) * self.problem.unit
                return Level(seats, floor, worths, solved.losses[1:])
        return None

    def settle(self, level: Level) -> None:
        """Keep at this level whom it holds back; from now on the others are raised alone."""
        held = self.loose & (level.losses > NOISE * level.losses[self.loose].max())
        self.settled[held] = level.floor * self.problem.scale[held]
        self.loose &= ~held
        some = np.flatnonzero(held)
        nothing = np.zeros(len(some))
        self.highs.changeColsBounds(len(some), (1 + some).astype(np.int32), nothing, nothing)
        lifted = self.problem.totals(np.where(self.loose, self.lift, 0.0))
        for row, place in self.rows.items():
            self.highs.changeCoeff(place, 0, float(lifted[row]))
        for place in (self.tops[one] for one in some.tolist() if one in self.tops):
            self.highs.changeCoeff(place, 0, 0.0)
            self.highs.changeRowBounds(place, -np.inf, np.inf)
        self.keep(self.rows)

    def keep(self, rows: Iterable[int]) -> None:
        """Let nobody overstep these rows, less what of them is settled."""
        settled = self.problem.totals(self.settled)
        least, most = self.problem.least - settled, self.problem.most - settled
        for row in rows:
            self.highs.changeRowBounds(self.rows[row], float(least[row]), float(most[row]))

    def free(self, rows: Iterable[int]) -> None:
        """Let these rows be overstepped."""
        for row in rows:
            self.highs.changeRowBounds(self.rows[row], -np.inf, np.inf)

    def _told_more(self, seats: Reals) -> bool:
        """Tell the households and tops that these seats overstep; return whether there are any."""
        problem, everybody = self.problem, np.arange(len(seats))
        over = np.flatnonzero(problem.totals(seats) > problem.most + OVER).tolist()
        high = np.flatnonzero(seats > self.top * problem.scale * (1 + OVER) + OVER).tolist()
        rows = [row for row in over if row >= len(problem.quotas) and row not in self.rows]
        tops = [one for one in high if self.loose[one] and one not in self.tops]
        for row in rows:
            self.rows[row] = self._tell((problem.rows == row).any(axis=1))
        for one in tops:
            self.tops[one] = self._tell(everybody == one)
            most = float(self.top * problem.scale[one])
            self.highs.changeRowBounds(self.tops[one], -np.inf, most)
        self.keep(rows)
        return bool(rows or tops)

    def _tell(self, inside: NDArray[np.bool_]) -> int:
        """Add a row of these classes, not kept yet; return its place."""
        some = np.flatnonzero(inside & self.loose)
        columns = np.array([0, *(1 + some)], dtype=np.int32)
        values = np.array([self.lift[some].sum(), *np.ones(len(some))])
        self.highs.addRow(-np.inf, np.inf, len(columns), columns, values)
        return len(self.rows) + len(self.tops)
