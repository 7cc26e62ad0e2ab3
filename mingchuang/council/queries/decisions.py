"""Decisions: who keeps them, what of them is still to do, and what everybody may read."""

from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery

from mingchuang.base.errors import NotFound
from mingchuang.council.models import Check, Commitment, Decision, Objection, Topic
from mingchuang.council.models.decisions import DECIDED
from mingchuang.council.models.objections import IS_WAITING
from mingchuang.council.queries.topics import (
    lock_topics,
    public_topic,
    topic_convened_by,
    topic_for,
)
from mingchuang.council.rules.checking import Result, Standing
from mingchuang.people.models import Person


def decision_of(topic: Topic) -> Decision | None:
    """Return what was decided on a topic: not the opinions that came before."""
    found = topic.decisions.filter(DECIDED).select_related("sitting").first()
    if found is not None:
        found.topic = found.sitting.topic = topic
    return found


def decision_kept_by(person: Person, number: str) -> Decision:
    """Return the decision on a topic this person convenes, with the topic locked."""
    decision = decision_of(topic_convened_by(person, number, lock=True))
    if decision is None:
        raise NotFound
    return decision


def published_decision(number: str, *, lock: bool = False) -> Decision:
    """Return a decision as everybody may read it, once it was posted."""
    decision = decision_of(public_topic(number, lock=lock))
    if decision is None or decision.published_at is None:
        raise NotFound
    return decision


def standings_on(topic: Topic) -> list[Standing]:
    """Return how each commitment on a topic stands, in their order."""
    is_due = Q(checks__result=Result.DUE)
    looked = Check.objects.filter(commitment=OuterRef("pk")).exclude(result=Result.DUE)
    newest = Subquery(looked.order_by("-due_on").values("result")[:1])
    promises = Commitment.objects.filter(decision__topic=topic).order_by("number")
    found = promises.annotate(newest=newest, still_due=Count("checks", filter=is_due))
    return [Standing(*one) for one in found.values_list("number", "newest", "still_due")]


def objections_left(decision: Decision) -> int:
    """Return how many objections to a decision wait for an answer."""
    return decision.objections.filter(IS_WAITING).count()


def check_kept_by(person: Person, pk: int) -> Check:
    """Return a check of a topic this person convenes, with the topic locked."""
    found = Check.objects.filter(pk=pk).values_list("commitment__decision__topic__pk", flat=True)
    topics = Topic.objects.filter(pk__in=found)
    topic = topics.first()
    if topic is None:
        raise NotFound
    topic_convened_by(person, topic.number, lock=True)
    return _whole_check(pk)


def _whole_check(pk: int) -> Check:
    return Check.objects.select_related(
        "commitment__decision__sitting__topic__unit", "commitment__decision__topic"
    ).get(pk=pk)


def missed_check(today: date) -> Check | None:
    """Return a check whose day went by, with its topic locked; None when there is none."""
    late = Check.objects.due().filter(due_on__lt=today).order_by("due_on", "pk")
    found = late.values_list("pk", "commitment__decision__topic_id").first()
    if found is None:
        return None
    pk, topic = found
    lock_topics(Topic.objects.filter(pk=topic))
    return _whole_check(pk) if late.filter(pk=pk).exists() else None


def objection_kept_by(person: Person, number: str, n: int) -> Objection:
    """Return an objection to a decision this person keeps, with the topic locked."""
    decision = decision_kept_by(person, number)
    objection = decision.objections.filter(number=n).first()
    if objection is None:
        raise NotFound
    objection.decision = decision
    return objection


def objection_with(code: str) -> Objection:
    """Return the objection whose holder knows its code."""
    found = Objection.objects.filter(code=code).select_related(
        "decision__topic__unit", "decision__sitting__topic", "measure", "entry"
    )
    objection = found.first()
    if objection is None:
        raise NotFound
    return objection


def decision_for(person: Person, number: str) -> Decision:
    """Return the decision on a topic this person may read."""
    decision = decision_of(topic_for(person, number))
    if decision is None:
        raise NotFound
    return decision


def check_in(decision: Decision, pk: int) -> Check:
    """Return a check of this decision, and of no other."""
    check = Check.objects.filter(pk=pk, commitment__decision=decision).first()
    if check is None:
        raise NotFound
    return check


def objection_in(decision: Decision, n: int) -> Objection:
    """Return an objection to this decision."""
    objection = decision.objections.filter(number=n).first()
    if objection is None:
        raise NotFound
    return objection
