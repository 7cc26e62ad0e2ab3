"""What people want of each option of a topic, and under which conditions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mingchuang.council.models import (
    Commitment,
    Condition,
    Decision,
    Option,
    Position,
    Sitting,
    Stakeholder,
    Topic,
)
from mingchuang.council.models.decisions import DECIDED
from mingchuang.council.rules.sitting import Stance
from mingchuang.ledger.rules.canonical import JSON


def wants_of(topic: Topic) -> list[JSON]:
    """How many stand how to each option, and which conditions were asked for, by how many: two
    statements."""
    return list(_each_option(topic))


def _each_option(topic: Topic) -> Iterator[JSON]:
    asked: dict[int, list[JSON]] = defaultdict(list)
    for condition in conditions_of(topic):
        asked[condition.option.number].append(
            {
                "number": condition.number,
                "text": condition.text,
                "by": condition.stakeholder.number,
                "asked_by": condition.many,  # type: ignore[attr-defined]
            }
        )
    for option in topic.options.annotate(**{stance: _standing(stance) for stance in Stance}):
        yield {
            "option": option.number,
            **{str(stance): getattr(option, stance) for stance in Stance},
            "conditions": asked[option.number],
        }


def _standing(stance: Stance) -> Count:
    counts = Q(positions__stance=stance, positions__replaced_at=None)
    return Count("positions", filter=counts)


def _many() -> Coalesce:
    """Count who asks for a condition: the position they stand by names it, or they joined it
    besides."""
    names = Q(positions__condition=OuterRef("pk"), positions__replaced_at=None)
    here = Stakeholder.objects.filter(topic=OuterRef("option__topic"))
    people = here.filter(names | Q(joinings__condition=OuterRef("pk")))
    each = people.order_by().values("topic").annotate(many=Count("pk", distinct=True))
    return Coalesce(Subquery(each.values("many")), 0)


def conditions_of(topic: Topic) -> QuerySet[Condition]:
    """Return what people asked for, by option, each with how many ask for it (`many`)."""
    asked = Condition.objects.filter(option__topic=topic).annotate(many=_many())
    return asked.select_related("option", "stakeholder").order_by("option__number", "number")


def unanswered(sitting: Sitting) -> list[Condition]:
    """Return what people asked for of the options that were chosen, and nobody promised (没有答应的
    条件); nothing as long as nothing is decided."""
    chosen = Option.objects.filter(decisions__in=Decision.objects.filter(DECIDED, sitting=sitting))
    promised = Commitment.objects.filter(decision__sitting=sitting, measure=None)
    asked = conditions_of(sitting.topic).filter(option__in=chosen, many__gt=0)
    return list(asked.exclude(commitments__in=promised))


class MyOption(NamedTuple):
    """One option, the conditions people ask for, and how one stands to it oneself."""

    option: Option
    conditions: Sequence[Condition]
    mine: Position | None
    joined: Set[int]


def my_options(who: Stakeholder) -> list[MyOption]:
    """Return each option of somebody's topic with where they stand, in four statements."""
    conditions = Condition.objects.annotate(many=_many()).order_by("number")
    options = who.topic.options.prefetch_related(Prefetch("conditions", queryset=conditions))
    standing = Position.objects.standing().filter(stakeholder=who).select_related("condition")
    mine = {position.option_id: position for position in standing}
    joined = {*who.joinings.values_list("condition", flat=True)}
    joined |= {one.condition_id for one in mine.values() if one.condition_id}
    return [
        MyOption(option, list(option.conditions.all()), mine.get(option.pk), joined)
        for option in options
    ]
