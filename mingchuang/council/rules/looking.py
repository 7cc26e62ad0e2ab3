"""What a lottery would be like, while its quotas are still being moved: the price of each. Pure.

Only the bound is computed, over classes and not over people, which takes moments however many they
are; the lottery itself takes up to a minute.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mingchuang.council.rules.asking import Registered, Terms, pools_of
from mingchuang.council.rules.lottery.classes import Problem, problem_of
from mingchuang.council.rules.lottery.fair import floors_without, highest_floor
from mingchuang.council.rules.lottery.pool import Fault, Pool
from mingchuang.council.rules.lottery.reach import Price, prices
from mingchuang.council.rules.lottery.relax import smallest_relaxation
from mingchuang.council.rules.lottery.reports import why_impossible
from mingchuang.council.rules.lottery.terms import faults_of_terms
from mingchuang.council.rules.lottery.watch import Watch

SECONDS = 2.0


@dataclass(frozen=True)
class Look:
    """The smallest chance there would be, without each quota that asks for anything, and without
    each category, and how many do not rest after all; or why there is none."""

    floor: float = 0.0
    prices: Sequence[Price] = ()
    without: Mapping[str, float] = field(default_factory=dict)
    fault: Fault | None = None
    impossible: Mapping[str, Any] | None = None
    rest_waived: int = 0
    # Whether some have a smaller chance because they sat before: the floor is that of the others.
    is_weighed: bool = False

    @property
    def is_possible(self) -> bool:
        return not (self.fault or self.impossible)


def looked_at(people: Sequence[Registered], terms: Terms) -> Look:
    """Return what a lottery of these people with these terms would be like."""
    for pool in pools_of(people, terms):
        look = _looked_at(pool, terms)
        if look.is_possible:
            break
    return look


def _looked_at(pool: Pool, terms: Terms) -> Look:
    if faults := faults_of_terms(pool.people, pool.size, pool.musts):
        return Look(fault=faults[0])
    problem = problem_of(pool)
    relaxation = smallest_relaxation(problem, seconds=SECONDS)
    if relaxation is None or relaxation.quotas:
        return Look(impossible=why_impossible(problem, relaxation))
    found = highest_floor(problem)
    asked = terms.categories
    freed = floors_without(problem, [_places(problem, name) for name in asked])
    return Look(
        found.floor,
        [
            one
            for one in prices(problem, found.worths, found.floor, Watch())
            if one.quota.least or one.quota.most < pool.size
        ],
        {one: max(found.floor, other) for one, other in zip(asked, freed, strict=True)},
        rest_waived=len(pool.rest_waived),
        is_weighed=any(one.weight != 1 for one in problem.classes),
    )


def _places(problem: Problem, category: str) -> list[int]:
    return [at for at, one in enumerate(problem.quotas) if one.category == category]
