"""What people want of each option of a topic, and under which conditions."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count

from mingchuang.council.models import Topic
from mingchuang.ledger.rules.canonical import JSON


def wants_of(topic: Topic) -> list[JSON]:
    """How many stand how to each option, and which conditions were asked for, by how many."""
    return list(_each_option(topic))


def _each_option(topic: Topic) -> Iterator[JSON]:
    for option in topic.options.prefetch_related("positions", "conditions__stakeholder"):
        stances = Counter(p.stance for p in option.positions.all() if p.replaced_at is None)
        conditions: list[JSON] = [
            {
                "number": condition.number,
                "text": condition.text,
                "by": condition.stakeholder.number,
                "asked_by": condition.many,
            }
            for condition in option.conditions.annotate(many=Count("joinings")).select_related(
                "stakeholder"
            )
        ]
        yield {
            "option": option.number,
            "for": stances["for"],
            "against": stances["against"],
            "if": stances["if"],
            "conditions": conditions,
        }
