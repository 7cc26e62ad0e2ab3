"""From a pool to its fairest lottery: taken apart where that ends, else column by column. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from mingchuang.council.rules.lottery.apportion import apportioned
from mingchuang.council.rules.lottery.classes import Counts, Problem, problem_of
from mingchuang.council.rules.lottery.columns import Made, Proved, generated
from mingchuang.council.rules.lottery.fair import Fair, fairest, highest_floor
from mingchuang.council.rules.lottery.peel import REST, peeled
from mingchuang.council.rules.lottery.pool import Pool
from mingchuang.council.rules.lottery.proof import (
    Lottery,
    bound_by,
    chances,
    floor_of,
    in_parts,
    whole_worths,
)
from mingchuang.council.rules.lottery.relax import Relaxation, smallest_relaxation
from mingchuang.council.rules.lottery.tickets import tickets_of
from mingchuang.council.rules.lottery.top import lowest_top
from mingchuang.council.rules.lottery.watch import Watch

# Parts of the time that is left: what peeling, columns and tickets may use of it.
PEELING, COLUMNS, TICKETING = 0.3, 0.7, 0.7
MOST = 1e9
# A little below the floor, so that rounding does not forbid what is there.
NEARLY = 1 - 1e-7


@dataclass(frozen=True, eq=False)
class Answer:
    """The lottery of a problem, what bounds it, and its tickets by classes."""

    problem: Problem
    lottery: Lottery
    fair: Fair
    worths: Sequence[int]
    chances: Sequence[Fraction]
    floor: Fraction
    bound: Fraction
    by_worths: bool
    proved: Proved
    tickets: Sequence[Counts]


@dataclass(frozen=True)
class Impossible:
    """No panel keeps the quotas: the smallest relaxation, or None where no quota would help."""

    problem: Problem
    relaxation: Relaxation | None


def solved(pool: Pool, watch: Watch) -> Answer | Impossible:
    """Return the fairest lottery of a pool, as far as the time allows, or why there is none."""
    with watch.stage("classes"):
        problem = problem_of(pool)
    with watch.stage("feasible"):
        relaxation = smallest_relaxation(problem)
    if relaxation is None or relaxation.quotas:
        return Impossible(problem, relaxation)
    with watch.stage("bound"):
        fair = _fair(problem, low_top=pool.low_top)
        worths = whole_worths(problem, fair.worths)
        bound = bound_by(problem, worths) or Fraction(0)
    made = _made(problem, fair, relaxation.panel, watch)
    if pool.low_top and made.peeled:
        made.proved = Proved.TOP
    lottery = in_parts(problem, made.taken)
    with watch.stage("tickets"):
        tickets = _tickets(problem, lottery, made, watch)
    chance = chances(problem, lottery)
    floor = floor_of(problem, chance)
    found = Fraction(0) if len(made.never) else Fraction(min(made.bound, MOST))
    by_worths = found >= bound
    return Answer(
        problem,
        lottery,
        fair,
        worths,
        chance,
        floor,
        max(floor, min(bound, found)),
        by_worths,
        made.proved,
        tickets,
    )


def _fair(problem: Problem, *, low_top: bool) -> Fair:
    """Return the fairest division of seats, under the lowest top if that is asked for."""
    if not low_top:
        return fairest(problem)
    floor = highest_floor(problem)
    top = lowest_top(problem, floor.floor * NEARLY)
    fair = fairest(problem, top=np.inf if top is None else top * (2 - NEARLY))
    return replace(fair, worths=floor.worths)


def _made(problem: Problem, fair: Fair, panel: Counts, watch: Watch) -> Made:
    """Take the fair chances apart; where that does not end, make the lottery column by column."""
    with watch.stage("peel"):
        taken, lost = peeled(problem, fair.seats, watch.part(PEELING), panel)
    if lost <= REST:
        never = np.flatnonzero(fair.seats <= REST)
        return Made(taken, proved=Proved.ALL, never=never, peeled=True)
    with watch.stage("columns"):
        known = [panel, *(one.panel for one in taken)]
        return generated(problem, known, watch.part(COLUMNS))


def _tickets(problem: Problem, lottery: Lottery, made: Made, watch: Watch) -> Sequence[Counts]:
    """Chances that were taken apart once are again; others are dealt out of their panels."""
    if made.peeled:
        return tickets_of(problem, lottery, watch.part(TICKETING))
    return apportioned(problem, lottery.parts)
