"""Planning lotteries, which takes up to a minute: beside the pages, one at a time.

Nothing is locked meanwhile; what was found is written at the end, in a moment.
"""

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from time import monotonic

from mingchuang.base.locks import leading
from mingchuang.council.actions._progress import tell_progress
from mingchuang.council.actions.lotteries import keep_plan
from mingchuang.council.actions.refills import keep_refill
from mingchuang.council.models import Lottery, Refill
from mingchuang.council.queries.lotteries import names_of, next_to_plan, registered, terms_of
from mingchuang.council.rules.asking import pool_of
from mingchuang.council.rules.lottery.check import untruths
from mingchuang.council.rules.lottery.plan import plan_of
from mingchuang.council.rules.lottery.pool import Pool
from mingchuang.council.rules.lottery.refill import refill_pool
from mingchuang.council.rules.lottery.reports import why_impossible
from mingchuang.council.rules.lottery.solve import Impossible
from mingchuang.council.rules.lottery.watch import Watch
from mingchuang.council.versions import versions

Clock = Callable[[], datetime]
LONGEST = 120.0
A_MOMENT = 1.0


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
    found = plan_of(_pool(planned), versions(), _watch(planned))
    text, impossible = "", None
    if isinstance(found, Impossible):
        impossible = why_impossible(found.problem, found.relaxation)
    else:
        text = json.dumps(found, ensure_ascii=False)
        # A plan that does not hold is a fault of ours, and is shown to nobody.
        assert not (untrue := untruths(json.loads(text))), untrue
    if isinstance(planned, Lottery):
        keep_plan(planned, text, impossible, at=clock())
    else:
        keep_refill(planned, text, impossible, at=clock())


def _pool(planned: Lottery | Refill) -> Pool:
    lottery = planned if isinstance(planned, Lottery) else planned.lottery
    pool = pool_of(registered(lottery), terms_of(lottery))
    if isinstance(planned, Lottery):
        return pool
    held, free = names_of(lottery)
    return refill_pool(pool, accepted=held, gone=free)


def _watch(planned: Lottery | Refill) -> Watch:
    """Return a watch that says on the page, once a moment, how far it is."""
    last = -A_MOMENT

    def tell(stage: str, done: float) -> None:
        nonlocal last
        if monotonic() - last > A_MOMENT:
            last = monotonic()
            tell_progress(planned, stage, round(100 * done))

    return Watch(monotonic, monotonic() + LONGEST, tell)
