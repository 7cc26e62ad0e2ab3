"""What takes seconds and belongs into no page: learning from days that are over, making plans.

One at a time, whoever asks for it: a command, or the follower beside its other work. Nothing is
locked while it reckons; what it found is written at the end, in a moment.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from mingchuang.base.locks import leading
from mingchuang.cases.actions.batch_plans import keep_plan as keep_batch_plan
from mingchuang.cases.queries.batches import batches_to_plan, is_any_plan_asked
from mingchuang.cases.rules.batches.spread import AHEAD
from mingchuang.visits.actions.forecasts import keep_known
from mingchuang.visits.actions.plans import keep_plan
from mingchuang.visits.models import Plan
from mingchuang.visits.queries.forecasts import day_to_learn, newest_known, outcomes_of
from mingchuang.visits.queries.idle import idle_minutes
from mingchuang.visits.queries.past import past_visits
from mingchuang.visits.queries.plans import next_plan
from mingchuang.visits.queries.record import record_until, services_until
from mingchuang.visits.rules.forecast.forecaster import Forecaster
from mingchuang.visits.rules.forecast.stored import restored, stored
from mingchuang.visits.rules.plan import facts_of
from mingchuang.visits.rules.staffing import Target

Clock = Callable[[], datetime]
# The same visits give the same plan.
SEED = 1


def is_anything_to_reckon(now: datetime) -> bool:
    """Say whether a day is over that taught nothing yet, or a plan waits."""
    return is_any_plan_asked() or day_to_learn(now) is not None or next_plan() is not None


def reckon(clock: Clock) -> Counter[str]:
    """Do all of it that waits; return how much it was. What another process does is left to it."""
    done: Counter[str] = Counter()
    with leading("reckon") as leads:
        for batch in batches_to_plan() if leads else ():
            # The room below knows nothing of halls: it is handed their idle minutes.
            idle = idle_minutes(batch.item, localdate(clock()), many=AHEAD)
            keep_batch_plan(batch, idle, at=clock())
            done["batches"] += 1
        while leads and (plan := next_plan()):
            make_plan(plan, clock)
            done["plans"] += 1
        while leads and (day := day_to_learn(clock())):
            learn_day(day, clock)
            done["days"] += 1
    return done


def learn_day(day: date, clock: Clock) -> None:
    """Hear what became of everybody who was told something that day, and learn from it.

    Where nothing is stored it begins anew, and goes on day by day: killed anywhere, the next run
    goes on with the day it was at. Of many days only the newest fits trees and is published.
    """
    newest = newest_known()
    forecaster = restored(bytes(newest.content)) if newest else Forecaster()
    heard = 0
    for said, wait in outcomes_of(day):
        forecaster.hear(said, wait)
        heard += 1
    forecaster.end_day()
    published: dict[str, list[Any]] = {}
    if day_to_learn(clock(), after=day) is None:
        forecaster.learn()
        published = {"published": record_until(day), "services": services_until(day)}
    content = stored(forecaster)
    keep_known(day, content, heard=heard, at=clock(), **published)


def make_plan(plan: Plan, clock: Clock) -> None:
    """Plan the windows of a line from its own log."""
    visits = past_visits(plan.line, plan.kind, before=localdate(plan.at))
    target = Target(plan.share / 100, float(plan.minutes))
    served = any(visit.minutes for visit in visits)
    keep_plan(plan, facts_of(visits, target, seed=SEED) if served else {}, at=clock())
