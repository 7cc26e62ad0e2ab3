"""What people want of each option of a topic, and under which conditions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import Count, Prefetch

from mingchuang.council.models import Condition, Option, Position, Stakeholder, Topic
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


class MyOption(NamedTuple):
    """One option, the conditions people ask for, and how one stands to it oneself."""

    option: Option
    conditions: Sequence[Condition]
    mine: Position | None
    joined: frozenset[int]


def my_options(who: Stakeholder) -> list[MyOption]:
    """Return each option of somebody's topic with where they stand, in four statements."""
    conditions = Condition.objects.annotate(many=Count("joinings")).order_by("number")
    options = who.topic.options.prefetch_related(Prefetch("conditions", queryset=conditions))
    standing = Position.objects.standing().filter(stakeholder=who).select_related("condition")
    mine = {position.option_id: position for position in standing}
    joined = frozenset(who.joinings.values_list("condition", flat=True))
    return [
        MyOption(option, list(option.conditions.all()), mine.get(option.pk), joined)
        for option in options
    ]
