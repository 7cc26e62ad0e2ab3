"""If no panel keeps the quotas: the least that must give way, by name. Pure.

A whole-number programme seats a panel that may overstep quotas and pays for each seat it does so,
and a little for each quota it touches: the cheapest panel names the smallest relaxation. A guarded
seat costs more than all others together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mingchuang.council.rules.lottery.classes import Counts, Problem
from mingchuang.council.rules.lottery.pool import Quota
from mingchuang.council.rules.lottery.seek import all_bounds, best_panel
from mingchuang.council.rules.lottery.solver import Column, Programme, matrix_of

SECONDS = 10.0
# Any two relaxations of another price are apart by a quota's share of a seat.
LEAST_CHANGE = 0.5


@dataclass(frozen=True)
class Relaxed:
    """A quota that gives way, and what it would have to be."""

    quota: Quota
    least: int
    most: int


@dataclass(frozen=True, eq=False)
class Relaxation:
    """The quotas that give way (none: a panel is possible as asked), and such a panel.

    `smallest` is certain unless time was over before.
    """

    quotas: Sequence[Relaxed]
    panel: Counts
    smallest: bool = True


def smallest_relaxation(
    problem: Problem, *, seating: int | None = None, seconds: float = SECONDS
) -> Relaxation | None:
    """Return the least change of quotas that allows a panel, with one of class `seating` in it.

    None where no quota helps: there are fewer households than seats. First a panel is looked for
    that changes nothing, which is found even where quotas leave hardly any choice.
    """
    if seating is None and (panel := _as_asked(problem, seconds)) is not None:
        return Relaxation([], panel)
    count, quotas = len(problem.classes), len(problem.quotas)
    least = np.zeros(count + 4 * quotas)
    if seating is not None:
        least[seating] = 1
    guarded, dear = _guarded(problem)
    free = problem.least[:quotas] - guarded
    most = [*problem.caps_without_quotas, *free, *guarded, *np.full(quotas, np.inf)]
    most += [1.0] * quotas
    paid = np.repeat([-1.0, -dear, -1.0, -1 / (quotas + 1)], quotas)
    costs = [*np.zeros(count), *paid]
    told = _told(problem)
    # More must-ins than a quota allows leave less than nothing of it.
    low, high = np.minimum(problem.least, problem.most)[told], problem.most[told]
    rows = ([*low, *np.zeros(quotas)], [*high, *np.full(quotas, np.inf)])
    programme = Programme(whole=True, seconds=max(seconds, 0.1))
    programme.load(costs, (least, most), rows, matrix_of(_columns(problem, told)))
    solved = programme.solve()
    if solved is None:
        return None
    values = np.round(solved.values).astype(np.int64)
    less, below, more, _gives = values[count:].reshape(4, quotas)
    smallest = solved.bound - solved.objective < LEAST_CHANGE / (quotas + 1)
    return Relaxation(_named(problem, less + below, more), values[:count], smallest)


def _guarded(problem: Problem) -> tuple[Counts, float]:
    """Return how many seats of each quota are guarded beside those that must-ins fill, and a price
    above that of everything else that may give way."""
    quotas = len(problem.quotas)
    least, most = problem.least[:quotas], problem.most[:quotas]
    free = np.array([one.least - one.guarded for one in problem.quotas], dtype=np.int64)
    everything = least.sum() + np.maximum(0, problem.seats - most).sum()
    return least - np.minimum(least, free), 2.0 + float(everything)


def _as_asked(problem: Problem, seconds: float) -> Counts | None:
    nothing = np.zeros(len(problem.classes))
    found = best_panel(problem, all_bounds(problem), nothing, gap=0.0, seconds=seconds)
    return found and found[0]


def _columns(problem: Problem, told: Counts) -> list[Column]:
    """The seats of each class; what each quota lacks, free and guarded, what it has too much;
    whether it gives way.

    A last row for each quota says that it lacks or exceeds nothing unless it gives way.
    """
    place = np.full(len(problem.least), -1)
    place[told] = np.arange(len(told))
    inside = [rows[rows >= 0] for rows in place[problem.rows]]
    gives, last = range(len(problem.quotas)), len(told)
    return [
        *((rows, np.ones(len(rows))) for rows in inside),
        *(([one, last + one], [1.0, -1.0]) for _guard in range(2) for one in gives),
        *(([one, last + one], [-1.0, -1.0]) for one in gives),
        *(([last + one], [float(far)]) for one, far in enumerate(_farthest(problem))),
    ]


def _farthest(problem: Problem) -> Counts:
    """Return by how many seats each quota could give way at most: a least falls to nothing, however
    many it asks for; a most rises to all seats."""
    quotas = len(problem.quotas)
    farthest: Counts = np.maximum(
        problem.least[:quotas], problem.seats - np.minimum(problem.most[:quotas], problem.seats)
    )
    return farthest


def _named(problem: Problem, less: Counts, more: Counts) -> list[Relaxed]:
    """What is added to a row lowers its least; what is taken off it raises its most."""
    return [
        Relaxed(quota, quota.least - int(down), quota.most + int(up))
        for quota, down, up in zip(problem.quotas, less, more, strict=True)
        if down or up
    ]


def _told(problem: Problem) -> Counts:
    """Return the quotas, the homes that could be overstepped, and all seats."""
    quotas = len(problem.quotas)
    room = problem.totals(problem.caps_without_quotas)
    homes = np.flatnonzero(room > problem.most)
    told: Counts = np.union1d(homes[homes >= quotas], [len(problem.least) - 1]).astype(np.int64)
    return np.concatenate([np.arange(quotas), told])
