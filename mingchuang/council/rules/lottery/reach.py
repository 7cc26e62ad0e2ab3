"""Who can never be drawn, and which quota keeps them out; and what each quota costs. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingchuang.council.rules.lottery.classes import Problem, Reals, problem_of
from mingchuang.council.rules.lottery.fair import highest_floor
from mingchuang.council.rules.lottery.pool import Pool, Quota
from mingchuang.council.rules.lottery.relax import Relaxed, smallest_relaxation
from mingchuang.council.rules.lottery.watch import Watch

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
    """The highest smallest chance if this quota were not asked for; None where time was over."""

    quota: Quota
    floor: float | None


def unreached(problem: Problem, never: Iterable[int], watch: Watch) -> list[Unreached]:
    """Return the classes that are in no panel, people of equal features together."""
    kinds: dict[tuple[str, ...], list[int]] = {}
    for one in never:
        kinds.setdefault(problem.classes[one].features, []).append(one)
    found = []
    for features, classes in kinds.items():
        people = sorted(place for one in classes for place in problem.classes[one].members)
        relaxed = None if watch.is_over() else smallest_relaxation(problem, seating=classes[0])
        found.append(Unreached(features, people, relaxed.quotas if relaxed else []))
    return found


def prices(pool: Pool, worths: Reals, floor: float, watch: Watch) -> list[Price]:
    """Return the bound for the floor without each quota, in the order of the quotas.

    A quota that is worth nothing where the floor is highest does not hold it down, so that its
    price is nothing and need not be computed.
    """
    largest = max((abs(float(one)) for one in worths), default=0.0)
    found = []
    for at, quota in enumerate(pool.quotas):
        without: float | None = floor
        if abs(float(worths[at])) > NOISE * largest:
            late = watch.is_over()
            without = None if late else highest_floor(problem_of(pool.without(quota))).floor
        found.append(Price(quota, without if without is None else max(floor, without)))
        watch.tell("price", (at + 1) / len(pool.quotas))
    return found
