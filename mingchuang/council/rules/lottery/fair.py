"""The fairest chances there could be, were panels divisible: a bound for every lottery. Pure.

Leximin (Flanigan, Gölz, Gupta, Hennig & Procaccia, "Fair algorithms for selecting citizens'
assemblies", Nature 2021): the smallest chance, weighed, is made as large as can be, then the next
smallest, and so on. Here it is computed over all divisions of the seats that keep the rows; every
lottery is one of them, so that none is fairer.

Each round maximises the level t at which all who are not settled are. What a row is worth in the
optimum tells who cannot get more than t without somebody else getting less: those are settled at
t. The worths of the first round prove the bound: see `Proof`.
"""

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
class Told:
    """What the solver is told: these rows, and these classes not to be above a top, if any.

    Most rows and tops are never overstepped; they are told once they are.
    """

    rows: NDArray[np.int64]
    top: float
    capped: NDArray[np.int64]


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
    told = _first_told(problem, top)
    while True:
        fair = _leximin(problem, told)
        more = _told_more(problem, told, fair.seats)
        if more is None:
            return fair
        told = more


def highest_floor(problem: Problem) -> Fair:
    """Return only the first level, the largest smallest chance, and what it rests on."""
    told, loose = _first_told(problem, np.inf), np.ones(len(problem.classes), dtype=bool)
    while True:
        level = _raised(problem, told, np.zeros(len(loose)), loose)
        if level is None:
            return Fair(np.zeros(len(loose)), 0.0, np.zeros(len(problem.least)))
        more = _told_more(problem, told, level.seats)
        if more is None:
            return Fair(level.seats, level.floor, level.worths)
        told = more


def _leximin(problem: Problem, told: Told) -> Fair:
    loose = np.ones(len(problem.classes), dtype=bool)
    seats = np.zeros(len(loose))
    first: Level | None = None
    while loose.any():
        level = _raised(problem, told, seats, loose)
        assert level, "a problem with a panel has fair chances"
        first = first or level
        held = loose & (level.losses > NOISE * level.losses[loose].max())
        seats[held] = level.floor * problem.scale[held]
        loose &= ~held
    assert first, "nobody to be drawn"
    return Fair(seats, first.floor, first.worths)


def _raised(problem: Problem, told: Told, seats: Reals, loose: NDArray[np.bool_]) -> Level | None:
    """Raise all who are loose as high as can be: seats = t · scale + what is left over."""
    free, lifted = np.flatnonzero(loose), np.where(loose, problem.scale * problem.unit, 0.0)
    capped = told.capped[loose[told.capped]]
    settled = problem.totals(np.where(loose, 0.0, seats))[told.rows]
    tops = told.top * problem.scale[capped]
    level = [*problem.totals(lifted)[told.rows], *lifted[capped]]
    columns: list[Column] = [(np.arange(len(level)), level)]
    columns += _leftovers(problem, told, free, capped)
    low = [*(problem.least[told.rows] - settled), *np.full(len(capped), -np.inf)]
    high = [*(problem.most[told.rows] - settled), *tops]
    bounds = (np.zeros(1 + len(free)), np.full(1 + len(free), np.inf))
    programme = Programme()
    programme.load([1.0, *np.zeros(len(free))], bounds, (low, high), matrix_of(columns))
    solved = programme.solve()
    if solved is None:
        return None
    floor = float(solved.values[0]) * problem.unit
    found, losses, worths = seats.copy(), np.zeros(len(seats)), np.zeros(len(problem.least))
    found[free] = floor * problem.scale[free] + solved.values[1:]
    losses[free] = solved.losses[1:]
    worths[told.rows] = solved.prices[: len(told.rows)]
    return Level(found, floor, worths, losses)


def _leftovers(
    problem: Problem, told: Told, free: NDArray[np.int64], capped: NDArray[np.int64]
) -> list[Column]:
    """Return the rows in which what each loose class has above the level counts."""
    place = np.full(len(problem.least), -1)
    place[told.rows] = np.arange(len(told.rows))
    top = np.full(len(problem.classes), -1)
    top[capped] = len(told.rows) + np.arange(len(capped))
    both = np.column_stack([place[problem.rows[free]], top[free]])
    inside = [rows[rows >= 0] for rows in both]
    return [(rows, np.ones(len(rows))) for rows in inside]


def _first_told(problem: Problem, top: float) -> Told:
    """Quotas and seats; households and tops are left until somebody oversteps them."""
    rows = np.append(np.arange(len(problem.quotas)), len(problem.least) - 1)
    return Told(rows, top, np.zeros(0, dtype=np.int64))


def _told_more(problem: Problem, told: Told, seats: Reals) -> Told | None:
    """Return what has to be told besides, or None where nothing is overstepped."""
    rows = np.setdiff1d(np.flatnonzero(problem.totals(seats) > problem.most + OVER), told.rows)
    high = np.flatnonzero(seats > told.top * problem.scale * (1 + OVER) + OVER)
    high = np.setdiff1d(high, told.capped)
    if not len(rows) and not len(high):
        return None
    capped = np.union1d(told.capped, high).astype(np.int64)
    return Told(np.union1d(told.rows, rows), told.top, capped)
