"""The next round: which topics may be talked about once more, and who objected to what came."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.cases.models import Case
from mingchuang.cases.queries.desk import case_for
from mingchuang.council.models import Objection, Topic
from mingchuang.council.models.topics import TopicQuerySet
from mingchuang.council.rules.life import State
from mingchuang.people.models import Person, Requester
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

CAME_OF_IT = [State.DECIDED.value, State.CLOSED.value]


class Objector(NamedTuple):
    """Somebody who objected, and under what it is on record: a case, or the objection itself."""

    requester: Requester
    on_record: str


def topics_to_follow(person: Person) -> TopicQuerySet:
    """Return the topics of this person's units that came to a decision, the newest first."""
    units = scope_of(person).units(Role.CONVENOR)
    return Topic.objects.filter(unit__in=units, state__in=CAME_OF_IT).order_by("-pk")


def followed_topic(person: Person, number: str) -> Topic:
    """Return a topic that came to a decision, for who may call it up again."""
    topic = topics_to_follow(person).numbered(number).first()
    if topic is None:
        raise NotFound
    return topic


def decision_before(topic: Topic) -> Topic | None:
    """Return what a topic follows, once everybody may read the decision on it."""
    before = topic.follows
    if before is None or not before.decisions.filter(published_at__isnull=False).exists():
        return None
    return before


def objectors_to(topic: Topic) -> Iterator[Objector]:
    """Yield who objected to the decision on this topic and left a name or a phone: on the page of
    the decision, or in a case. Whoever spoke in confidence is not named to a convenor."""
    for objection in _objections_to(topic):
        if objection.requester is not None and not objection.requester.is_erased:
            yield Objector(objection.requester, objection.subject)
        if objection.case is not None:
            yield from _speakers_in(objection.case)


def _objections_to(topic: Topic) -> "QuerySet[Objection]":
    said = Objection.objects.filter(decision__topic=topic).order_by("pk")
    return said.select_related("requester", "case", "decision__topic", "decision__sitting__topic")


def _speakers_in(case: Case) -> Iterator[Objector]:
    said = case.submissions.live().filter(confidential=False, requester__isnull=False)
    for one in said.select_related("requester").order_by("pk"):
        if one.requester is not None and not one.requester.is_erased:
            yield Objector(one.requester, case.number)


def objections_in(person: Person, number: str) -> "tuple[Case, QuerySet[Objection]]":
    """Return a case this person may see, and to which decisions it objects."""
    case = case_for(person, number)
    objections = Objection.objects.filter(case=case).order_by("pk")
    return case, objections.select_related("decision__topic", "decision__sitting__topic")
