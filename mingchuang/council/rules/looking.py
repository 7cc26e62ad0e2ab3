"""What a lottery would be like, while its quotas are still being moved: the price of each. Pure.

Only the bound is computed, which takes moments; the lottery itself takes up to a minute.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mingchuang.council.rules.asking import Registered, Terms, pools_of
from mingchuang.council.rules.lottery.classes import Problem, problem_of
from mingchuang.council.rules.lottery.fair import floors_without, highest_floor
from mingchuang.council.rules.lottery.pool import Fault, Pool
from mingchuang.council.rules.lottery.relax import smallest_relaxation
from mingchuang.council.rules.lottery.reports import why_impossible
from mingchuang.council.rules.lottery.terms import faults_of_terms

SECONDS = 2.0
# Of a larger register only the whole is priced while somebody waits for the page.
MOST_PRICED = 2000


@dataclass(frozen=True)
class Look:
    """The smallest chance there would be, and without each category (None: there are too many
    people to price while somebody waits), and how many do not rest after all; or why there is
    none."""

    floor: float = 0.0
    without: Mapping[str, float] | None = None
    fault: Fault | None = None
    impossible: Mapping[str, Any] | None = None
    rest_waived: int = 0
    # Whether some have a smaller chance because they sat before: the floor is that of the others.
    is_weighed: bool = False

    @property
    def is_possible(self) -> bool:
        return not (self.fault or self.impossible)

    @property
    def priced(self) -> list[tuple[str, float]]:
        """The categories that cost anything, the dearest first."""
        dear = [(name, floor) for name, floor in (self.without or {}).items()]
        return sorted(dear, key=lambda one: -one[1])


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
    floor = highest_floor(problem).floor
    weighed = any(one.weight != 1 for one in problem.classes)
    look = Look(floor, rest_waived=len(pool.rest_waived), is_weighed=weighed)
    if len(pool.people) > MOST_PRICED:
        return look
    asked = terms.categories
    freed = [_places(problem, name) for name in asked]
    without = zip(asked, floors_without(problem, freed), strict=True)
    return replace(look, without={one: max(floor, other) for one, other in without})


def _places(problem: Problem, category: str) -> list[int]:
    return [at for at, one in enumerate(problem.quotas) if one.category == category]
