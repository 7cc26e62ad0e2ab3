"""The fairest chances there could be, were panels divisible: a bound for every lottery. Pure.

Leximin (Flanigan, Gölz, Gupta, Hennig & Procaccia, "Fair algorithms for selecting citizens'
assemblies", Nature 2021): the smallest chance, weighed, is made as large as can be, then the next
smallest, and so on. Here it is computed over all divisions of the seats that keep the rows; every
lottery is one of them, so that none is fairer.

Each round maximises the level t at which all who are not settled are. What a row is worth in the
optimum tells who cannot get more than t without somebody else getting less: those are settled at
t. The worths of the first round prove the bound: see `Proof`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingchuang.council.rules.lottery.classes import Problem, Reals
from mingchuang.council.rules.lottery.solver import Column, Programme, matrix_of

# A class is held back when its worth is not noise beside the largest.
NOISE = 1e-6
SLACK = 1e-9


@dataclass(frozen=True, eq=False)
class Fair:
    """Seats of each class on average, the first level, and what each row is worth there."""

    seats: Reals
    floor: float
    worths: Reals


def fairest(problem: Problem) -> Fair:
    """Return the leximin division of the seats. The problem must have a panel.

    Households are looked at last: a row nobody oversteps need not be told to the solver.
    """
    told = _told_rows(problem)
    while True:
        fair = _leximin(problem, told)
        over = np.flatnonzero(problem.totals(fair.seats) > problem.most + SLACK * 10)
        if not len(over):
            return fair
        told = np.union1d(told, over)


def highest_floor(problem: Problem) -> Fair:
    """Return only the first level, the largest smallest chance, and what it rests on."""
    told = _told_rows(problem)
    while True:
        loose = np.ones(len(problem.classes), dtype=bool)
        solved = _raised(problem, told, np.zeros(len(loose)), loose)
        if solved is None:
            return Fair(np.zeros(len(loose)), 0.0, np.zeros(len(problem.least)))
        over = np.flatnonzero(problem.totals(solved.seats) > problem.most + SLACK * 10)
        if not len(over):
            return solved
        told = np.union1d(told, over)


def _leximin(problem: Problem, told: NDArray[np.int64]) -> Fair:
    loose = np.ones(len(problem.classes), dtype=bool)
    seats = np.zeros(len(loose))
    first: Fair | None = None
    while loose.any():
        raised = _raised(problem, told, seats, loose)
        assert raised, "a problem with a panel has fair chances"
        first = first or raised
        held = problem.price_rows(raised.worths)
        held = loose & (held > NOISE * held[loose].max())
        seats[held] = raised.floor * problem.scale[held]
        loose &= ~held
    assert first, "nobody to be drawn"
    return Fair(seats, first.floor, first.worths)


def _raised(
    problem: Problem, told: NDArray[np.int64], seats: Reals, loose: NDArray[np.bool_]
) -> Fair | None:
    """Raise all who are loose as high as can be: seats = t · scale + what is left over."""
    unit = problem.unit
    settled = problem.totals(np.where(loose, 0.0, seats))[told]
    level = problem.totals(np.where(loose, problem.scale * unit, 0.0))[told]
    place = np.full(len(problem.least), -1)
    place[told] = np.arange(len(told))
    free = np.flatnonzero(loose)
    inside = [_told(place, rows) for rows in problem.rows[free]]
    columns: list[Column] = [(rows, np.ones(len(rows))) for rows in inside]
    matrix = matrix_of([(np.arange(len(told)), level), *columns])
    programme = Programme()
    most = np.full(1 + len(free), np.inf)
    bounds = (problem.least[told] - settled, problem.most[told] - settled)
    programme.load([1.0, *np.zeros(len(free))], (np.zeros(len(most)), most), bounds, matrix)
    solved = programme.solve()
    if solved is None:
        return None
    floor = float(solved.values[0]) * unit
    found = seats.copy()
    found[loose] = floor * problem.scale[loose] + solved.values[1:]
    worths = np.zeros(len(problem.least))
    worths[told] = solved.prices
    return Fair(found, floor, worths)


def _told(place: NDArray[np.int64], rows: Sequence[int]) -> NDArray[np.int64]:
    found: NDArray[np.int64] = place[rows]
    return found[found >= 0]


def _told_rows(problem: Problem) -> NDArray[np.int64]:
    return np.append(np.arange(len(problem.quotas)), len(problem.least) - 1)
