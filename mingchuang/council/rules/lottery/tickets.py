"""A lottery as a thousand tickets, each a panel, every chance kept within a thousandth. Pure.

First each class gets a whole number of seats over all tickets, next to a thousand times its fair
ones; then these are taken apart into a thousand panels, as in `peel`, in whole steps. Where some
are left that cannot be taken apart, a few tickets are thrown back and it is tried again; at last
panels are taken that come nearest to what is left.
"""

import numpy as np

from mingchuang.council.rules.lottery.apportion import TICKETS
from mingchuang.council.rules.lottery.classes import Counts, Problem, Reals
from mingchuang.council.rules.lottery.peel import Residue
from mingchuang.council.rules.lottery.seek import Seeker, all_bounds
from mingchuang.council.rules.lottery.solver import Programme, matrix_of
from mingchuang.council.rules.lottery.watch import Watch

TURNS, PUT_BACK = 6, 4
NEAREST = 0.05
SECONDS = 5.0


def tickets_of(problem: Problem, seats: Reals, watch: Watch) -> list[Counts]:
    """Return a thousand panels that give each class its fair seats, as nearly as can be."""
    seeker = Seeker(problem, watch)
    rest, count = whole_seats(problem, seats).astype(float), TICKETS
    kept: list[Counts] = []
    for _ in range(TURNS):
        more, left = _taken_apart(seeker, Residue(problem, rest, count, 1), watch)
        kept += more
        if not round(left.mass) or watch.is_over():
            break
        seeker.restless = True
        back = min(len(kept), PUT_BACK * round(left.mass) + 10)
        kept, thrown = _split(seeker, kept, back)
        rest, count = left.seats + sum(thrown, np.zeros(len(seats))), round(left.mass) + back
    else:
        left = Residue(problem, rest, count, 1)
    return kept + _nearest(seeker, left.seats, TICKETS - len(kept))


def whole_seats(problem: Problem, seats: Reals) -> Counts:
    """Return a thousand times the seats, rounded so that all rows keep their bounds."""
    many = seats * TICKETS
    down = np.floor(many + 1e-6)
    totals = problem.totals(down)
    rows = [problem.rows[one] for one in range(len(seats))]
    programme = Programme(whole=True, seconds=SECONDS)
    programme.options(mip_rel_gap=NEAREST)
    programme.load(
        many - down - 0.5,
        (np.zeros(len(seats)), np.where(many - down > 1e-6, 1.0, 0.0)),
        (TICKETS * problem.least - totals, TICKETS * problem.most - totals),
        matrix_of([(row, np.ones(len(row))) for row in rows]),
    )
    solved = programme.solve()
    up = np.zeros(len(seats)) if solved is None else np.round(solved.values)
    whole: Counts = (down + up).astype(np.int64)
    return whole


def _taken_apart(seeker: Seeker, left: Residue, watch: Watch) -> tuple[list[Counts], Residue]:
    taken: list[Counts] = []
    panel: Counts | None = None
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
    order = seeker.chance.permutation(len(kept))
    return [kept[at] for at in order[back:]], [kept[at] for at in order[:back]]


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
