"""Planning lotteries, which takes up to a minute: beside the pages, one at a time.

Nothing is locked meanwhile; what was found is written at the end, in a moment.
"""

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from time import monotonic
from typing import Any

from mingchuang.base.locks import leading
from mingchuang.council.actions._progress import tell_progress
from mingchuang.council.actions.lotteries import keep_plan
from mingchuang.council.actions.refills import keep_refill
from mingchuang.council.models import Lottery, Refill
from mingchuang.council.queries.lotteries import (
    names_of,
    next_to_plan,
    plan_in,
    registered,
    terms_of,
)
from mingchuang.council.rules.asking import at_home_in, pool_of, pools_of
from mingchuang.council.rules.lottery.check import untruths
from mingchuang.council.rules.lottery.plan import plan_of
from mingchuang.council.rules.lottery.pool import Pool
from mingchuang.council.rules.lottery.refill import weights_in
from mingchuang.council.rules.lottery.reports import why_impossible
from mingchuang.council.rules.lottery.solve import Impossible
from mingchuang.council.rules.lottery.watch import Watch
from mingchuang.council.versions import versions

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]
Seats = tuple[Sequence[str], Sequence[str]]
LONGEST = 120.0
A_MOMENT = 1.0


class PlanDoesNotHold(ValueError):
    """A plan of ours that its own check does not believe."""


# Whatever sums, solvers and memory may do to a plan; what the database does is not among it.
FAULTS: tuple[type[Exception], ...] = (ArithmeticError, AssertionError, LookupError)
FAULTS += (MemoryError, RuntimeError, TypeError, ValueError)


def is_anything_to_plan() -> bool:
    """Say whether a lottery, or a refill, waits."""
    return next_to_plan() is not None


def plan_lotteries(clock: Clock) -> Counter[str]:
    """Plan all that waits; return how much it was. What another process does is left to it."""
    done: Counter[str] = Counter()
    with leading("lotteries") as leads:
        while leads and (planned := next_to_plan()):
            _plan(planned, clock)
            done["lotteries"] += 1
    return done


def _plan(planned: Lottery | Refill, clock: Clock) -> None:
    lottery = planned if isinstance(planned, Lottery) else planned.lottery
    seats = names_of(lottery)
    text, impossible = _found(planned, seats)
    if isinstance(planned, Lottery):
        keep_plan(planned, text, impossible, at=clock())
    else:
        keep_refill(planned, text, impossible, seats=seats, at=clock())


def _found(planned: Lottery | Refill, seats: Seats) -> tuple[str, Mapping[str, Any] | None]:
    """Return the plan as text, or why there is none.

    What goes wrong is a fault of ours, told as such: the plan is shown to nobody, and whoever
    waits behind it is planned all the same.
    """
    try:
        found = _first_possible(planned, seats)
        if isinstance(found, Impossible):
            return "", why_impossible(found.problem, found.relaxation)
        text = json.dumps(found, ensure_ascii=False)
        if untrue := untruths(json.loads(text)):
            raise PlanDoesNotHold(untrue)
    except FAULTS:
        logger.exception("planning went wrong")
        return "", {"failed": True}
    return text, None


def _first_possible(planned: Lottery | Refill, seats: Seats) -> dict[str, Any] | Impossible:
    """Return the plan of the first pool that has one, or why the last has none."""
    watch = _watch(planned)
    for pool in _pools(planned, seats):
        found = plan_of(pool, versions(), watch)
        if not isinstance(found, Impossible):
            break
    return found


def _pools(planned: Lottery | Refill, seats: Seats) -> Iterable[Pool]:
    """Return what may be planned, the first choice first: of a refill only what was promised."""
    terms = terms_of(planned)
    if isinstance(planned, Lottery):
        return pools_of(registered(planned), terms)
    held, free = seats
    plan = plan_in(planned.lottery)
    people, weights = at_home_in(plan, registered(planned.lottery)), weights_in(plan)
    return [pool_of(people, terms, accepted=held, gone=free, weights=weights)]


def _watch(planned: Lottery | Refill) -> Watch:
    """Return a watch that says on the page, once a moment, how far it is."""
    last = -A_MOMENT

    def tell(stage: str, done: float) -> None:
        nonlocal last
        if monotonic() - last > A_MOMENT:
            last = monotonic()
            tell_progress(planned, stage, round(100 * done))

    return Watch(monotonic, monotonic() + LONGEST, tell)
