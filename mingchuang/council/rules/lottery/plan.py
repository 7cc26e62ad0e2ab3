"""plan.json: a lottery in a form anybody can read, check without a solver, and draw from. Pure.

Everything in it but the seal itself is sealed. People are named as in the pool; homes and classes
by numbers.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from mingchuang.council.rules.lottery.classes import Problem, outside, seated_by
from mingchuang.council.rules.lottery.commitment import RANDOMNESS, promised
from mingchuang.council.rules.lottery.dice import TICKETS
from mingchuang.council.rules.lottery.pool import Pool
from mingchuang.council.rules.lottery.proof import PARTS
from mingchuang.council.rules.lottery.reports import number, quota_facts, reports_of
from mingchuang.council.rules.lottery.seating import seated
from mingchuang.council.rules.lottery.solve import Answer, Impossible, solved
from mingchuang.council.rules.lottery.watch import Watch

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
    told = _marginals(pool, answer, tickets)
    reports = reports_of(pool, answer, watch.part(REPORTING).within(SECONDS))
    reports["reach"] += _ticketless(pool, answer.problem, told)
    plan = {
        "size": pool.size,
        "low_top": pool.low_top,
        "categories": list(pool.categories),
        "quotas": [quota_facts(one) for one in pool.quotas],
        "classes": _classes(answer.problem),
        "people": _people(pool, answer.problem, homes),
        "seated": _seated(pool),
        "rest_waived": list(pool.rest_waived),
        "marginals": told,
        "rounding": max(abs(one["tickets"] / TICKETS - one["chance"]) for one in told.values()),
        **_fairness(answer),
        "dealt": _dealt(pool, told),
        "lottery": _lottery(answer),
        "proof": _proof(answer),
        **reports,
        "tickets": [[pool.people[place].id for place in ticket] for ticket in tickets],
        "versions": dict(versions),
        "timings": {**_rounded(watch.timings), "total": round(watch.clock() - began, 3)},
    }
    # Where and when is said once it is promised; until then it is dice, and nowhere.
    return promised(plan, RANDOMNESS[0], "", "")


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
    """Tell who everybody is; of who is not drawn no features, as neighbours know who must be
    there for that reason, and would read beside it where they stand."""
    class_of = {place: at for at, one in enumerate(problem.classes) for place in one.members}
    return {
        one.id: {
            "class": class_of.get(place),
            "features": list(one.features) if place in class_of else [],
            "home": homes[place],
            "must": pool.musts.get(one.id),
            "weight": number(one.weight),
        }
        for place, one in enumerate(pool.people)
    }


def _seated(pool: Pool) -> list[int]:
    """Tell of each quota how many of it all must-ins together fill."""
    seated = seated_by(pool)
    return [seated[quota.key] for quota in pool.quotas]


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


def _ticketless(
    pool: Pool, problem: Problem, told: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Tell whose chance is so small that none of a thousand tickets came to them: no quota keeps
    them out, and yet no dice can draw them."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for one in problem.classes:
        for place in one.members:
            if told[pool.people[place].id]["chance"] and not told[pool.people[place].id]["tickets"]:
                alike.setdefault(one.features, []).append(place)
    return [
        {"features": list(features), "people": [pool.people[one].id for one in sorted(places)]}
        | {"because": []}
        for features, places in alike.items()
    ]


def _dealt(pool: Pool, told: Mapping[str, Mapping[str, Any]]) -> float:
    """Return the smallest part of the tickets somebody has who may be drawn, by their weight."""
    out = outside(pool)
    free = (one for one in pool.people if one.id not in out)
    return min((told[one.id]["tickets"] / (TICKETS * float(one.weight)) for one in free), default=0)


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
