"""A plan of windows as facts: for a page, a table and a machine alike."""

from collections.abc import Sequence
from datetime import date
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mingchuang.visits.rules.demand import HALF_HOUR, HalfHour, demand_of
from mingchuang.visits.rules.past import PastVisit
from mingchuang.visits.rules.staffing import Target, WhatIf, planned, what_ifs

# The kind of day that is any from Monday to Friday; others are one day of the week, 0 to 6.
PLAIN = "plain"


def weekdays_of(kind: str) -> frozenset[int]:
    """Return which days of the week are of this kind, Monday being 0."""
    return frozenset(range(5)) if kind == PLAIN else frozenset({int(kind)})


def day_like(kind: str, since: date) -> date:
    """Return the first day from `since` on that is of this kind."""
    days = (date.fromordinal(since.toordinal() + n) for n in range(7))
    return next(day for day in days if day.weekday() in weekdays_of(kind))


def facts_of(visits: Sequence[PastVisit], target: Target, *, seed: int) -> dict[str, Any]:
    """Return the plan and what would be if, as plain values; one visit took time at least.

    The same visits and seed give the same plan. Takes seconds: for a command and the follower,
    never for a page.
    """
    demand = demand_of(visits)
    plan = planned(demand, target, seed=seed)
    ifs = what_ifs(demand, plan, target, seed=seed)
    halves = zip(demand.half_hours, plan, *_counts(ifs[0]), strict=True)
    return {
        "target": {"share": target.share, "minutes": target.minutes},
        "days": demand.days,
        "visits": len(visits),
        "day_spread": round(sqrt(demand.spread), 4),
        "plan": [_half(*one) for one in halves],
        "what_if": [_what_if(one) for one in ifs],
    }


def _counts(one: WhatIf) -> tuple[list[int], list[int]]:
    """Return how many came in each half hour of all days, and how many were called in time."""
    return one.served.came.sum(axis=0).tolist(), one.served.in_time.sum(axis=0).tolist()


def _half(half: HalfHour, windows: int, came: int, in_time: int) -> dict[str, Any]:
    return {
        "from": f"{half.start // 60:02}:{half.start % 60:02}",
        "visitors": round(half.visitors, 2),
        "booked": round(half.booked, 2),
        "green": round(half.green, 4),
        "minutes": round(half.minutes, 2),
        "windows": windows,
        "came": came,
        "in_time": in_time,
    }


def _what_if(one: WhatIf) -> dict[str, Any]:
    green, ordinary = one.served.waits
    return {
        "what": str(one.what),
        "window_hours": sum(one.plan) * HALF_HOUR / 60,
        "came": int(one.served.came.sum()),
        "in_time": int(one.served.in_time.sum()),
        "green": _waits(green),
        "ordinary": _waits(ordinary),
    }


def _waits(waits: NDArray[np.float64]) -> dict[str, float] | None:
    """Return mean and P90 in minutes; None where nobody of the class came."""
    if not len(waits):
        return None
    return {"mean_wait": float(waits.mean()), "p90_wait": float(np.quantile(waits, 0.9))}
