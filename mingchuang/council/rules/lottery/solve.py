"""From a pool to its fairest lottery: taken apart where that ends, else column by column. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mingchuang.council.rules.lottery.classes import Counts, Problem, problem_of
from mingchuang.council.rules.lottery.columns import generated
from mingchuang.council.rules.lottery.fair import Fair, fairest
from mingchuang.council.rules.lottery.peel import REST, Weighed, peeled
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
from mingchuang.council.rules.lottery.watch import Watch

# Parts of the time that is left: what peeling, columns and tickets may use of it.
PEELING, COLUMNS, TICKETING = 0.4, 0.6, 0.7


class Proved(StrEnum):
    """What is certain of a lottery: nobody's chance can be better shared, or only the floor's gap.

    ALL: its chances are the leximin ones. FLOOR: its smallest chance is the highest there is.
    GAP: no lottery's smallest chance is higher by more than the gap.
    """

    ALL = "leximin"
    FLOOR = "floor"
    GAP = "gap"


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
        fair = fairest(problem)
        worths = whole_worths(problem, fair.worths)
        bound = bound_by(problem, worths) or Fraction(0)
    taken, proved, found = _lottery(problem, fair, watch)
    lottery = in_parts(problem, taken)
    chance = chances(problem, lottery)
    floor = floor_of(problem, chance)
    with watch.stage("tickets"):
        seats = lottery.averages
        tickets = tickets_of(problem, seats, watch.part(TICKETING))
    by_worths = found is None or found >= bound
    if found is not None and not by_worths:
        bound = Fraction(found)
    return Answer(
        problem, lottery, fair, worths, chance, floor, max(floor, bound), by_worths, proved, tickets
    )


def _lottery(
    problem: Problem, fair: Fair, watch: Watch
) -> tuple[Sequence[Weighed], Proved, float | None]:
    """Return panels with weights, what they prove, and a bound found on the way."""
    with watch.stage("peel"):
        taken, lost = peeled(problem, fair.seats, watch.part(PEELING))
    if lost <= REST:
        return taken, Proved.ALL, None
    with watch.stage("columns"):
        found = generated(problem, [one.panel for one in taken], watch.part(COLUMNS))
    proved = Proved.ALL if found.all_proved else Proved.FLOOR if found.proved else Proved.GAP
    return found.taken, proved, found.bound
