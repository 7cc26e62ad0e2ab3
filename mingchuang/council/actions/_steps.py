"""The moves that a topic is made of: a step of the table, the next number, the book."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from mingchuang.council.errors.topics import BallotStillRuns, RegisterShut, WrongTopicStep
from mingchuang.council.models import Topic
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.council.rules.life import ENDED, LIFE, REGISTERING, State, may_step
from mingchuang.council.rules.polling import COUNTING
from mingchuang.council.words.tables import STATES
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person

if TYPE_CHECKING:
    from django.db.models import Manager, QuerySet


def take_step(topic: Topic, verb: str, *, at: datetime, **told: JSON) -> Topic:
    """Move the topic along the life table and write it down, or refuse in words.

    Needs the topic locked; what else changed on it is saved by whoever changed it.
    """
    state = State(topic.state)
    if not may_step(state, verb):
        raise WrongTopicStep(state=dict(STATES)[state])
    topic.state = LIFE[verb][state]
    if topic.state == State.GATHERING and topic.opened_at is None:
        topic.opened_at = at
    topic.ended_at = at if topic.state in ENDED else None
    topic.save()
    record(verb, topic.subject, at=at, digest="", **told)
    return topic


def must_register(topic: Topic) -> None:
    """Refuse names and camps once the register is closed: who was drawn was drawn from it."""
    if topic.state not in REGISTERING:
        raise RegisterShut


def must_not_be_voting(topic: Topic) -> None:
    """Refuse to end a topic while its owners vote, or wait for what came of it."""
    if topic.ballots.filter(state__in=COUNTING).exists():
        raise BallotStillRuns


def must_be_proposed(topic: Topic) -> None:
    """Refuse to write it anew once it was opened: from then on people answer to it."""
    if topic.state != State.PROPOSED:
        raise WrongTopicStep(state=topic.get_state_display())


def tell_changed(topic: Topic, *, by: Person, at: datetime) -> None:
    """Write down that what is proposed was written anew."""
    told: dict[str, JSON] = {"legal": topic.legal, "options": topic.options.count()}
    told |= {"places": topic.places.count(), "text": fingerprint(topic.wording), "by": by.badge}
    record("topic.changed", topic.subject, at=at, digest="", **told)


def next_number(rows: "Manager[Any] | QuerySet[Any]") -> int:
    """Return the number the next of these rows gets; needs the topic locked."""
    last: int | None = rows.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def named(by: Person | None) -> dict[str, str]:
    """Return who did it, as the ledger tells it: nobody where a resident did."""
    return {"by": by.badge} if by else {}
