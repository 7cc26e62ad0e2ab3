"""Beside a plan: whom no panel reaches, what each quota costs, how low the top could be. Pure."""

from fractions import Fraction
from typing import Any

from mingchuang.council.rules.lottery.classes import Problem
from mingchuang.council.rules.lottery.pool import Pool, Quota
from mingchuang.council.rules.lottery.reach import Price, Unreached, prices, unreached
from mingchuang.council.rules.lottery.relax import Relaxation, Relaxed
from mingchuang.council.rules.lottery.solve import Answer
from mingchuang.council.rules.lottery.top import lowest_top
from mingchuang.council.rules.lottery.watch import Watch

# A little below the floor, so that rounding does not forbid what is there.
NEARLY = 1 - 1e-6


def quota_facts(quota: Quota) -> dict[str, Any]:
    return {
        "category": quota.category,
        "feature": quota.feature,
        "min": quota.least,
        "max": quota.most,
    }


def number(value: Fraction) -> float | int:
    return value.numerator if value.denominator == 1 else float(value)


def reports_of(pool: Pool, answer: Answer, watch: Watch) -> dict[str, Any]:
    problem, floor = answer.problem, float(answer.floor)
    with watch.stage("reach"):
        never = [at for at, chance in enumerate(answer.chances) if not chance]
        reach = [_unreached(pool, one) for one in unreached(problem, never, watch)]
    with watch.stage("price"):
        price = [
            _price(one, float(answer.bound))
            for one in prices(problem, answer.fair.worths, float(answer.bound), watch)
        ]
    with watch.stage("top"):
        pairs = zip(answer.chances, problem.classes, strict=True)
        largest = max(float(chance / one.weight) for chance, one in pairs)
        top = {"largest": largest, "least_possible": lowest_top(problem, floor * NEARLY)}
    return {"reach": reach, "price": price, "top": top}


def _unreached(pool: Pool, one: Unreached) -> dict[str, Any]:
    return {
        "features": list(one.features),
        "people": [pool.people[place].id for place in one.people],
        "because": [relaxed_facts(each) for each in one.because],
    }


def why_impossible(problem: Problem, relaxation: Relaxation | None) -> dict[str, Any]:
    """Tell what would have to give way, and how many homes there are if no quota would help."""
    return {
        "relaxation": [relaxed_facts(one) for one in relaxation.quotas] if relaxation else None,
        "smallest": relaxation is None or relaxation.smallest,
        "homes": int(problem.most[len(problem.quotas) : -1].sum()),
        "seats": problem.seats,
    }


def relaxed_facts(one: Relaxed) -> dict[str, Any]:
    """Tell a quota, and what it would have to be."""
    return {**quota_facts(one.quota), "to_min": one.least, "to_max": one.most}


def _price(price: Price, floor: float) -> dict[str, Any]:
    """Tell the floor with and without this quota."""
    return {**quota_facts(price.quota), "with": floor, "without": price.floor}
