"""plan.json: a lottery in a form anybody can read, check without a solver, and draw from. Pure.

Everything in it but the seal itself is sealed. People are named as in the pool; homes and classes
by numbers.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from mingchuang.council.rules.lottery.apportion import TICKETS
from mingchuang.council.rules.lottery.classes import Problem, outside
from mingchuang.council.rules.lottery.commitment import SEAL, commitment_of
from mingchuang.council.rules.lottery.pool import Pool
from mingchuang.council.rules.lottery.proof import PARTS
from mingchuang.council.rules.lottery.reports import number, quota_facts, reports_of
from mingchuang.council.rules.lottery.seating import seated
from mingchuang.council.rules.lottery.solve import Answer, Impossible, solved
from mingchuang.council.rules.lottery.watch import Watch

RANDOMNESS = "three ten-sided dice thrown in public: the digits of the ticket, 000 to 999"
# Reports may take this part of the time that is left, and no more than so many seconds.
REPORTING, SECONDS = 0.5, 10.0


def plan_of(pool: Pool, versions: Mapping[str, str], watch: Watch) -> dict[str, Any] | Impossible:
    """Return the plan of a pool, or why there is none."""
    began = watch.clock()
    answer = solved(pool, watch)
    if isinstance(answer, Impossible):
        return answer
    homes = _homes(pool)
    musts = [place for place, one in enumerate(pool.people) if one.id in pool.musts]
    with watch.stage("seating"):
        panels = seated(answer.problem, answer.tickets, homes)
        tickets = [sorted([*musts, *panel]) for panel in panels]
    reports = reports_of(pool, answer, watch.part(REPORTING).within(SECONDS))
    told = _marginals(pool, answer, tickets)
    plan = {
        "size": pool.size,
        "low_top": pool.low_top,
        "categories": list(pool.categories),
        "quotas": [quota_facts(one) for one in pool.quotas],
        "classes": _classes(answer.problem),
        "people": _people(pool, answer.problem, homes),
        "marginals": told,
        "rounding": max(abs(one["tickets"] / TICKETS - one["chance"]) for one in told.values()),
        **_fairness(answer),
        "lottery": _lottery(answer),
        "proof": _proof(answer),
        **reports,
        "tickets": [[pool.people[place].id for place in ticket] for ticket in tickets],
        "randomness": RANDOMNESS,
        "versions": dict(versions),
        "timings": {**_rounded(watch.timings), "total": round(watch.clock() - began, 3)},
    }
    return {**plan, SEAL: commitment_of(plan)}


def _rounded(timings: Mapping[str, float]) -> dict[str, float]:
    return {name: round(seconds, 3) for name, seconds in timings.items()}


def _homes(pool: Pool) -> dict[int, int]:
    """Number the homes in the order of the pool; who lives alone has one of their own."""
    numbers: dict[str, int] = {}
    names = [f"home {one.household}" if one.household else f"alone {one.id}" for one in pool.people]
    return {place: numbers.setdefault(name, len(numbers)) for place, name in enumerate(names)}


def _classes(problem: Problem) -> list[dict[str, Any]]:
    return [
        {
            "features": list(one.features),
            "weight": number(one.weight),
            "home": one.household,
            "people": len(one.members),
        }
        for one in problem.classes
    ]


def _people(pool: Pool, problem: Problem, homes: Mapping[int, int]) -> dict[str, Any]:
    class_of = {place: at for at, one in enumerate(problem.classes) for place in one.members}
    return {
        one.id: {
            "class": class_of.get(place),
            "features": list(one.features),
            "home": homes[place],
            "must": pool.musts.get(one.id),
            "weight": number(one.weight),
        }
        for place, one in enumerate(pool.people)
    }


def _marginals(
    pool: Pool, answer: Answer, tickets: Sequence[Sequence[int]]
) -> dict[str, dict[str, Any]]:
    """Tell everybody's tickets of a thousand, and the chance the lottery was made for."""
    counts = [0] * len(pool.people)
    for ticket in tickets:
        for place in ticket:
            counts[place] += 1
    chance: dict[int, Fraction] = {
        place: of
        for one, of in zip(answer.problem.classes, answer.chances, strict=True)
        for place in one.members
    }
    out = outside(pool)
    return {
        one.id: {
            "tickets": counts[place],
            "of": TICKETS,
            "chance": int(one.id in pool.musts) if one.id in out else number(chance[place]),
        }
        for place, one in enumerate(pool.people)
    }


def _fairness(answer: Answer) -> dict[str, Any]:
    floor, bound = float(answer.floor), float(answer.bound)
    return {
        "bound": bound,
        "floor": floor,
        "gap": bound - floor,
        "proved": answer.proved.value,
    }


def _lottery(answer: Answer) -> dict[str, Any]:
    """Tell each panel by its parts of all and by how many of each class it seats."""
    return {
        "parts": PARTS,
        "panels": [
            [part, [[int(one), int(panel[one])] for one in panel.nonzero()[0]]]
            for part, panel in answer.lottery.parts
        ],
    }


def _proof(answer: Answer) -> dict[str, Any]:
    quotas = len(answer.problem.quotas)
    homes = [[home, worth] for home, worth in enumerate(answer.worths[quotas:-1]) if worth]
    return {
        "by": "worths" if answer.by_worths else "search",
        "quotas": list(answer.worths[:quotas]),
        "homes": homes,
        "seats": answer.worths[-1],
    }
