"""How many windows a hall needs in each half hour, and what would be if.

Erlang-C gives a first plan, as if each half hour went on for ever. Days drawn from the demand of
the hall are then served by it, so that a line is carried over from one half hour to the next: a
window is added where too many wait too long, and taken away where the target still holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import ceil, sqrt
from statistics import NormalDist

from mingchuang.visits.rules.days import Plan, Served, drawn, served
from mingchuang.visits.rules.demand import Demand
from mingchuang.visits.rules.erlang import servers_for
from mingchuang.visits.rules.line import GREEN_CHANNEL, Discipline

# So many visitors tell a share to about one in a hundred; the fewest and the most days for them.
VISITORS, FEWEST, MOST = 40_000, 40, 1_000


@dataclass(frozen=True)
class Target:
    """Of those who come in any half hour `share` (below 1) wait no longer than `minutes`."""

    share: float = 0.9
    minutes: float = 20.0


class If(StrEnum):
    """What may be otherwise."""

    AS_PLANNED = "as_planned"
    ONE_MORE = "one_more"
    ONE_LESS = "one_less"
    GREEN_DOUBLED = "green_doubled"


@dataclass(frozen=True)
class WhatIf:
    """How days would be served: not those the plan was made for, but others like them."""

    what: If
    plan: Plan
    served: Served


def planned(demand: Demand, target: Target, *, seed: int, rule: Discipline = GREEN_CHANNEL) -> Plan:
    """Return the windows of each half hour: each meets the target with 95 % certainty, and with a
    window less in any one of them some would not."""
    days, opens = drawn(demand, days_for(demand), seed=seed), demand.half_hours[0].start

    def missed(plan: Plan) -> Sequence[bool]:
        went = served(days, plan, opens=opens, minutes=target.minutes, rule=rule)
        missing: list[bool] = (went.surely_in_time() < target.share).tolist()
        return missing

    return _thinned(_repaired(first_plan(demand, target), missed), missed, least=_least(demand))


def first_plan(demand: Demand, target: Target) -> Plan:
    """Return the windows by Erlang-C: each half hour as if it went on for ever, on a day so busy
    that the share of the target is quieter."""
    busier = 1 + max(0.0, NormalDist().inv_cdf(target.share)) * sqrt(demand.spread)
    return tuple(
        servers_for(half.load * busier, share=target.share, wait=target.minutes / half.minutes)
        if half.load
        else 0
        for half in demand.half_hours
    )


def what_ifs(
    demand: Demand, plan: Plan, target: Target, *, seed: int, rule: Discipline = GREEN_CHANNEL
) -> list[WhatIf]:
    """Return how days are served as planned, with a window more or less all day, and with twice
    the share of green visitors."""
    opens, many = demand.half_hours[0].start, days_for(demand)
    days = drawn(demand, many, seed=seed + 1)
    greener = drawn(demand, many, seed=seed + 1, green=2.0)
    more = tuple(windows + 1 if windows else 0 for windows in plan)
    less = tuple(max(windows - 1, min(windows, 1)) for windows in plan)
    cases = [
        (If.AS_PLANNED, plan, days),
        (If.ONE_MORE, more, days),
        (If.ONE_LESS, less, days),
        (If.GREEN_DOUBLED, plan, greener),
    ]
    return [
        WhatIf(
            what, windows, served(these, windows, opens=opens, minutes=target.minutes, rule=rule)
        )
        for what, windows, these in cases
    ]


def days_for(demand: Demand) -> int:
    """Return how many days are drawn."""
    return min(MOST, max(FEWEST, ceil(VISITORS / demand.visitors)))


def _least(demand: Demand) -> Plan:
    """Somebody is there whenever somebody may come."""
    return tuple(1 if half.load else 0 for half in demand.half_hours)


def _repaired(plan: Plan, missed: Callable[[Plan], Sequence[bool]]) -> Plan:
    """Add windows until no half hour misses the target.

    A line that is too long began earlier: of half hours one after the other the first gets one.
    """
    while any(missing := missed(plan)):
        firsts = [now and not before for before, now in pairwise([False, *missing])]
        plan = tuple(windows + first for windows, first in zip(plan, firsts, strict=True))
    return plan


def _thinned(plan: Plan, missed: Callable[[Plan], Sequence[bool]], *, least: Plan) -> Plan:
    """Take windows away, one here and one there, until none can be spared.

    What could not be spared once is not asked for again: by then there are fewer windows still.
    """
    spare = [n for n in range(len(plan)) if plan[n] > least[n]]
    while spare:
        for n in [*spare]:
            fewer = (*plan[:n], plan[n] - 1, *plan[n + 1 :])
            if any(missed(fewer)):
                spare.remove(n)
            else:
                plan = fewer
        spare = [n for n in spare if plan[n] > least[n]]
    return plan
