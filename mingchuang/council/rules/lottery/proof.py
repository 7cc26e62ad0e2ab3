"""What proves a plan, in whole numbers: a lottery by its panels, a bound by what rows are worth.

A bound: give each row a worth u. A panel is then worth, summed over its people's rows, at most
B = Σ (u > 0: u · most, u < 0: u · least). If every person is worth v ≥ 0, and everybody's chance
is at least t times their weight, a panel is worth at least t · Σ v · weight on average; so
t ≤ B / Σ v · weight under every lottery there is. Anybody can add that up without a solver.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from mingchuang.council.rules.lottery.classes import Counts, Problem, Reals
from mingchuang.council.rules.lottery.peel import Weighed

PARTS = 10**9
WORTHS = 10**9


@dataclass(frozen=True, eq=False)
class Lottery:
    """Panels with whole weights that add up to PARTS, and the seats they give, over PARTS."""

    parts: Sequence[tuple[int, Counts]]
    seats: Sequence[int]

    @property
    def averages(self) -> Reals:
        return np.array(self.seats, dtype=float) / PARTS


def in_parts(problem: Problem, taken: Sequence[Weighed]) -> Lottery:
    """Return the lottery in whole numbers; what is lost or left over goes to the largest."""
    total = sum(one.weight for one in taken)
    whole = [round(one.weight / total * PARTS) for one in taken]
    whole[whole.index(max(whole))] += PARTS - sum(whole)
    parts = [(part, one.panel) for part, one in zip(whole, taken, strict=True) if part > 0]
    seats = np.zeros(len(problem.classes), dtype=np.int64)
    for part, panel in parts:
        seats += part * panel
    return Lottery(parts, [int(one) for one in seats])


def chances(problem: Problem, lottery: Lottery) -> list[Fraction]:
    """Return the chance of each person of each class."""
    pairs = zip(lottery.seats, problem.sizes, strict=True)
    return [Fraction(seats, int(size) * PARTS) for seats, size in pairs]


def floor_of(problem: Problem, chance: Sequence[Fraction]) -> Fraction:
    """Return the smallest chance, each divided by its weight."""
    pairs = zip(chance, problem.classes, strict=True)
    return min(one / of.weight for one, of in pairs)


def whole_worths(problem: Problem, worths: Reals) -> list[int]:
    """Return the worths in whole numbers, so that nobody is worth less than nothing."""
    largest = float(np.abs(worths).max(initial=0.0)) or 1.0
    whole = [round(float(one) / largest * WORTHS) for one in worths]
    least = min(sum(whole[row] for row in rows) for rows in problem.rows.tolist())
    whole[-1] -= min(0, least)
    return whole


def bound_by(problem: Problem, worths: Sequence[int]) -> Fraction | None:
    """Return the bound these worths prove; None where nobody is worth anything."""
    most = sum(
        worth * int(high if worth > 0 else low)
        for worth, low, high in zip(worths, problem.least, problem.most, strict=True)
    )
    weighed = sum(
        sum(worths[row] for row in rows) * len(one.members) * one.weight
        for one, rows in zip(problem.classes, problem.rows.tolist(), strict=True)
    )
    return Fraction(most) / weighed if weighed else None
