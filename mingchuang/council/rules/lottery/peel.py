"""Taking fair chances apart into panels: if it ends, the chances are those of a lottery. Pure.

Carathéodory's way: a panel that keeps every row at its bound where what is left is at its bound is
taken with the largest weight that leaves something divisible; then again from the rest. Where no
such panel is found, a little of everything taken is put back and taken apart anew: what is lost
shrinks by each turn. Of all panels found in two turns others can be mixed, as a rule so that
nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mingchuang.council.rules.lottery.classes import Counts, Problem, Reals
from mingchuang.council.rules.lottery.seek import Bounds, Seeker
from mingchuang.council.rules.lottery.solver import PRECISE, Programme, matrix_of
from mingchuang.council.rules.lottery.watch import Watch

# The least weight of a panel, in parts of what is taken apart, and the rest that is let be.
STEP, REST = 1e-9, 1e-7
FUZZ = 1e-6
# What is less is left where the last panel cannot be mended, and no solver asked.
CRUMBS = 0.005
# Of more panels the solver needs longer than another turn does.
FEW = 1500
TURNS, PUT_BACK, HOPELESS = 12, 10, 0.2


@dataclass(frozen=True)
class Weighed:
    """A panel by its classes, and its weight."""

    weight: float
    panel: Counts


class Residue:
    """What is still to be taken apart: seats of each class, and how much weight they stand for.

    After a panel of at least one `step` the rest must keep the rows, stretched to its own weight.
    """

    def __init__(self, problem: Problem, seats: Reals, mass: float, step: float) -> None:
        self.problem, self.seats, self.mass, self.step = problem, seats.astype(float), mass, step
        self.totals: Reals = problem.totals(self.seats).astype(float)

    def bounds(self) -> Bounds:
        """Return what the next panel must keep so that the rest stays divisible."""
        problem, rest = self.problem, self.mass - self.step
        least = np.ceil((self.totals - rest * problem.most) / self.step - FUZZ)
        most = np.floor((self.totals - rest * problem.least) / self.step + FUZZ)
        caps = np.floor(self.seats / self.step + FUZZ)
        return Bounds(
            np.clip(least, problem.least, problem.most).astype(np.int64),
            np.clip(most, problem.least, problem.most).astype(np.int64),
            np.clip(caps, 0, problem.caps).astype(np.int64),
        )

    def take(self, panel: Counts) -> float:
        """Take this panel with the largest weight there is, in whole steps if they are whole."""
        weight = self._weight_of(panel)
        if self.step == 1:
            weight = float(np.floor(weight + FUZZ))
        self.seats = np.maximum(self.seats - weight * panel, 0.0)
        self.mass -= weight
        self.totals = self.problem.totals(self.seats).astype(float)
        return weight

    def _weight_of(self, panel: Counts) -> float:
        problem, totals = self.problem, self.problem.totals(panel)
        seated = panel > 0
        above, below = problem.most - totals, totals - problem.least
        room = [
            (self.seats, panel, seated),
            (self.mass * problem.most - self.totals, above, above > 0),
            (self.totals - self.mass * problem.least, below, below > 0),
        ]
        ends = [float((rest[on] / pace[on]).min(initial=np.inf)) for rest, pace, on in room]
        return max(0.0, min(self.mass, *ends))


def peeled(
    problem: Problem, seats: Reals, watch: Watch, near: Counts
) -> tuple[list[Weighed], float]:
    """Return panels with weights, and the weight that could not be taken apart.

    `near` is a panel to begin from.
    """
    seeker = Seeker(problem, watch)
    taken: list[Weighed] = []
    known: list[Counts] = []
    rest, mass = seats.astype(float), 1.0
    for turn in range(TURNS):
        more, left = _one_turn(seeker, Residue(problem, rest, 1.0, STEP), watch, near)
        known += [one.panel for one in more]
        taken += [Weighed(mass * one.weight, one.panel) for one in more]
        lost = mass * left.mass
        if lost <= REST or watch.is_over() or (turn and left.mass > HOPELESS):
            return taken, lost
        if turn and len(known) <= FEW and (mixed := mixed_anew(known, seats, watch)):
            return mixed, off_by(mixed, seats)
        seeker.stir()
        back = min(0.5, PUT_BACK * lost)
        returned = back * average(taken, len(seats)) + mass * left.seats
        taken = [Weighed((1 - back) * one.weight, one.panel) for one in taken]
        mass = lost + back * (1 - lost)
        rest = returned / mass
    return taken, lost


def mixed_anew(known: Sequence[Counts], seats: Reals, watch: Watch) -> list[Weighed] | None:
    """Return weights of the panels found in all turns that lose nothing; None if there are none."""
    programme = Programme(seconds=max(0.01, watch.left()))
    programme.options(primal_feasibility_tolerance=PRECISE)
    inside = [np.flatnonzero(panel) for panel in known]
    matrix = matrix_of([(some, panel[some]) for some, panel in zip(inside, known, strict=True)])
    columns = (np.zeros(len(known)), np.full(len(known), np.inf))
    programme.load(np.ones(len(known)), columns, (np.full(len(seats), -np.inf), seats), matrix)
    solved = programme.solve()
    if solved is None:
        return None
    pairs = zip(solved.values.tolist(), known, strict=True)
    mixed = [Weighed(weight, panel) for weight, panel in pairs if weight > 0]
    return mixed if off_by(mixed, seats) <= REST else None


def off_by(taken: Sequence[Weighed], seats: Reals) -> float:
    """Return how far these panels are from the whole weight, or from the seats of a class."""
    off = float(np.abs(average(taken, len(seats)) - seats).max(initial=0.0))
    return max(off, abs(1 - sum(one.weight for one in taken)))


def average(taken: Sequence[Weighed], classes: int) -> Reals:
    """Return the seats of each class that these panels give on average, as far as they go."""
    total = np.zeros(classes)
    for one in taken:
        total += one.weight * one.panel
    return total


def _one_turn(
    seeker: Seeker, left: Residue, watch: Watch, near: Counts
) -> tuple[list[Weighed], Residue]:
    """Take panels until nothing is left, none is found, or time is over."""
    taken: list[Weighed] = []
    panel = near
    while left.mass > STEP * 10 and not watch.is_over():
        found = seeker.mended(panel, left.bounds(), left.seats)
        if found is None and left.mass > CRUMBS:
            found = seeker.best(left.bounds(), left.seats)
        if found is None:
            break
        panel = found
        weight = left.take(panel)
        if weight < STEP / 2:
            break
        taken.append(Weighed(weight, panel))
        watch.tell("peel", 1 - left.mass)
    return taken, left
