"""The topics of the council in the demo town, from the real lottery to what was kept; every person
in them is invented."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mingchuang.council.actions import objecting, topics
from mingchuang.council.models import Topic
from mingchuang.council.rules.proposing import Proposed
from mingchuang.outward.actions._deliberation import (
    A_DAY,
    Plan,
    bring_to_the_table,
    days_ago,
    plan_in,
)
from mingchuang.outward.actions._table import look_at_all_due, promises, sit_and_decide
from mingchuang.people.models import Person, Unit

SHEDS, GREENERY = plan_in("council.json"), plan_in("greenery.json")


def let_residents_decide(
    units: Mapping[str, Unit], staff: Mapping[str, Person], *, at: datetime
) -> None:
    """Let it be decided about somebody who lives in a bicycle shed; and let parking be weighed
    against greenery, and a later objection be answered."""
    for plan in (SHEDS, GREENERY):
        by = staff[plan["by"]]
        topic = bring_to_the_table(plan, units[plan["unit"]], by, now=at)
        sit_and_decide(topic, plan, by, now=at)
        if "objection" in plan:
            _answer_objection(topic, plan["objection"], by, now=at)
        look_at_all_due(topic, by, now=at)
        if "again" in plan:
            _come_up_again(topic, plan["again"], by, now=at)


def _answer_objection(topic: Topic, plan: Plan, by: Person, *, now: datetime) -> None:
    """Somebody objects later; it is reviewed, and something is added to the decision."""
    number, at = topic.number, days_ago(now, plan["days_ago"])
    said = objecting.Against(plan["text"], *plan["who"])
    objecting.object_to(number, said, key=f"{topic.key}-objection", at=at)
    objecting.review_objection(number, 1, plan["review"], by=by, at=at + 2 * A_DAY)
    measured = objecting.Measured(plan["measure"], list(promises(plan["promised"], now)))
    objecting.uphold_objection(number, 1, plan["gist"], measured, by=by, at=at + 5 * A_DAY)


def _come_up_again(before: Topic, plan: Plan, by: Person, *, now: datetime) -> None:
    """What was decided comes up once more; who objected to it stands on the register."""
    at, said = days_ago(now, plan["days_ago"]), Proposed(**plan["topic"])
    given: dict[str, Any] = {
        "key": f"{before.key}-again",
        "follows": before.number,
        "by": by,
        "at": at,
    }
    topic = topics.propose_topic(said, before.unit, **given)
    Topic.objects.filter(pk=topic.pk).update(invented=True)
    topics.open_register(topic.number, by=by, at=at + A_DAY)
