"""Who can never be drawn, and which quota keeps them out; and what each quota costs. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mingchuang.council.rules.lottery.classes import Problem, Reals
from mingchuang.council.rules.lottery.fair import floors_without
from mingchuang.council.rules.lottery.pool import Quota
from mingchuang.council.rules.lottery.relax import Relaxed, smallest_relaxation
from mingchuang.council.rules.lottery.watch import Watch

# So many seconds may be spent on what would let somebody in.
A_MOMENT = 2.0
# A row that is worth less than this beside the largest holds nobody back.
NOISE = 1e-9


@dataclass(frozen=True)
class Unreached:
    """People of one kind who are in no panel, and the least that would have to give way."""

    features: tuple[str, ...]
    people: Sequence[int]
    because: Sequence[Relaxed]


@dataclass(frozen=True)
class Price:
    """The highest smallest chance if this quota were not asked for; None where time was over. Of a
    quota that holds it down, whether its most does, and not its least."""

    quota: Quota
    floor: float | None
    by_most: bool


def unreached(problem: Problem, never: Iterable[int], watch: Watch) -> list[Unreached]:
    """Return the classes that are in no panel, people of equal features together."""
    kinds: dict[tuple[str, ...], list[int]] = {}
    for one in never:
        kinds.setdefault(problem.classes[one].features, []).append(one)
    found = []
    for features, classes in kinds.items():
        people = sorted(place for one in classes for place in problem.classes[one].members)
        seconds = min(A_MOMENT, watch.left())
        relaxed = seconds > 0 and smallest_relaxation(problem, seating=classes[0], seconds=seconds)
        found.append(Unreached(features, people, relaxed.quotas if relaxed else []))
    return found


def prices(problem: Problem, worths: Reals, floor: float, watch: Watch) -> list[Price]:
    """Return the bound for the floor without each quota, in the order of the quotas.

    A quota that is worth nothing where the floor is highest does not hold it down, so that its
    price is nothing and need not be computed; the price nobody had time for is not known.
    """
    count = len(problem.quotas)
    worth = np.abs(worths[:count])
    holding = np.flatnonzero(worth > NOISE * np.abs(worths).max(initial=0.0)).tolist()
    without = floors_without(problem, ([quota] for quota in holding))
    found: dict[int, float | None] = dict.fromkeys(range(count), floor)
    for done, quota in enumerate(holding):
        found[quota] = None if watch.is_over() else max(floor, next(without))
        watch.tell("price", (done + 1) / len(holding))
    return [Price(one, found[at], bool(worths[at] > 0)) for at, one in enumerate(problem.quotas)]
