"""A lottery as a thousand tickets, each a panel, every chance kept within a thousandth. Pure.

Each panel of the lottery gets the whole tickets its weight is worth. Of what is left each class
gets a whole number of seats, next to its fair ones; then these are taken apart into panels, as in
`peel`, in whole steps. Where some are left that cannot be taken apart, a few tickets are thrown
back and it is tried again; at last panels are taken that come nearest to what is left.
"""

import numpy as np

from mingchuang.council.rules.lottery.classes import Counts, Problem, Reals
from mingchuang.council.rules.lottery.dice import TICKETS
from mingchuang.council.rules.lottery.peel import Residue
from mingchuang.council.rules.lottery.proof import PARTS, Lottery
from mingchuang.council.rules.lottery.seek import Seeker, all_bounds
from mingchuang.council.rules.lottery.solver import Programme, matrix_of
from mingchuang.council.rules.lottery.watch import Watch

TURNS, PUT_BACK = 6, 4
NEAREST = 0.05
SECONDS = 5.0


def tickets_of(problem: Problem, lottery: Lottery, watch: Watch) -> list[Counts]:
    """Return a thousand panels that give each class its fair seats, as nearly as can be."""
    seeker = Seeker(problem, watch)
    kept = [panel for part, panel in lottery.parts for _ in range(part * TICKETS // PARTS)]
    count = TICKETS - len(kept)
    seats = TICKETS * lottery.averages - sum(kept, np.zeros(len(problem.classes)))
    rest, near = whole_seats(problem, seats, count), lottery.parts[0][1]
    for _ in range(TURNS):
        more, left = _taken_apart(seeker, Residue(problem, rest, count, 1), near, watch)
        kept += more
        if not round(left.mass) or watch.is_over():
            break
        seeker.stir()
        back = min(len(kept), PUT_BACK * round(left.mass) + 10)
        kept, thrown = _split(seeker, kept, back)
        rest, count = left.seats + sum(thrown, np.zeros(len(seats))), round(left.mass) + back
    else:
        left = Residue(problem, rest, count, 1)
    return kept + _nearest(seeker, left.seats, TICKETS - len(kept))


def whole_seats(problem: Problem, seats: Reals, count: int) -> Reals:
    """Return the seats of so many panels, rounded so that all rows keep their bounds."""
    down = np.floor(seats + 1e-6)
    totals = problem.totals(down)
    rows = [problem.rows[one] for one in range(len(seats))]
    programme = Programme(whole=True, seconds=SECONDS)
    programme.options(mip_rel_gap=NEAREST)
    programme.load(
        seats - down - 0.5,
        (np.zeros(len(seats)), np.where(seats - down > 1e-6, 1.0, 0.0)),
        (count * problem.least - totals, count * problem.most - totals),
        matrix_of([(row, np.ones(len(row))) for row in rows]),
    )
    solved = programme.solve()
    return down if solved is None else down + np.round(solved.values)


def _taken_apart(
    seeker: Seeker, left: Residue, near: Counts, watch: Watch
) -> tuple[list[Counts], Residue]:
    taken: list[Counts] = []
    panel: Counts | None = near
    while round(left.mass) and not watch.is_over():
        panel = seeker.find(left.bounds(), left.seats, near=panel)
        if panel is None:
            break
        times = round(left.take(panel))
        if not times:
            break
        taken += [panel] * times
        watch.tell("tickets", 1 - left.mass / TICKETS)
    return taken, left


def _split(seeker: Seeker, kept: list[Counts], back: int) -> tuple[list[Counts], list[Counts]]:
    """Return those that stay, and as many as are thrown back."""
    mixed = seeker.chance.sample(kept, len(kept))
    return mixed[back:], mixed[:back]


def _nearest(seeker: Seeker, rest: Reals, count: int) -> list[Counts]:
    """Return so many panels that come nearest to seating what is left."""
    taken: list[Counts] = []
    for _ in range(count):
        wishes = np.where(rest >= 1, 1.0 + rest, -1.0)
        panel = seeker.best(all_bounds(seeker.problem), wishes, gap=NEAREST)
        panel = taken[-1] if panel is None and taken else panel
        assert panel is not None, "a problem with a panel"
        taken.append(panel)
        rest = np.maximum(rest - panel, 0.0)
    return taken
