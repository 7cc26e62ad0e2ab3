"""Topics: proposed, opened to everybody, or dropped."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mingchuang.base.errors import NotFound
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.cases.actions.pleas import ask_pause
from mingchuang.cases.models import Case
from mingchuang.cases.queries.desk import case_for
from mingchuang.council.actions._rounds import call_objectors
from mingchuang.council.actions._steps import (
    must_be_proposed,
    must_not_be_voting,
    take_step,
    tell_changed,
)
from mingchuang.council.actions._twice import key_said, made_with
from mingchuang.council.actions._voiding import drop_undrawn, let_go
from mingchuang.council.errors.sittings import SittingStillAhead
from mingchuang.council.errors.topics import OptionNeeded
from mingchuang.council.models import Option, Place, Topic
from mingchuang.council.queries.rounds import followed_topic
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.council.rules.life import State
from mingchuang.council.rules.proposing import FEWEST_OPTIONS, Proposed
from mingchuang.council.rules.register import SERIES
from mingchuang.council.words.reasons import REGISTER_REOPENED
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role


@sent_twice_taken_once
@transaction.atomic
def propose_topic(
    said: Proposed,
    unit: Unit,
    *,
    key: str,
    by: Person,
    at: datetime,
    case: str = "",
    follows: str = "",
    review_on: date | None = None,
) -> Topic:
    """Propose a topic to the council of a unit; until it is opened only the staff see it.

    Proposed twice with one key, it is one topic. What `follows` a topic that came to a decision
    has on its register who objected to that. With `review_on`, who handles the case asks in
    the same breath that it rests until that day; a second person decides, as always.
    """
    if unit.pk not in scope_of(by).units(Role.CONVENOR):
        raise NotFound
    key = key_said(key, said, unit, case, follows, review_on)
    if earlier := made_with(Topic, key):
        return earlier
    from_case = case_for(by, case) if case else None
    before = followed_topic(by, follows) if follows else None
    topic = _begun(said, unit, key=key, by=by, at=at, case=from_case, follows=before)
    _lay_out(topic, said)
    told: dict[str, JSON] = {"unit": unit.code, "origin": topic.origin, "legal": said.legal}
    told |= {"options": len(said.options), "places": len(said.places), "by": by.badge}
    told["text"] = fingerprint(topic.wording)
    if before:
        told["follows"] = before.number
    record("topic.proposed", topic.subject, at=at, digest="", **told)
    call_objectors(topic, by=by, at=at)
    if case and review_on:
        why = _("已提请居民议事：%(number)s") % {"number": topic.number}
        ask_pause(case, why, review_on=review_on, by=by, at=at)
    return topic


@transaction.atomic
def change_topic(number: str, said: Proposed, *, by: Person, at: datetime) -> Topic:
    """Write anew what is proposed, until it is opened; from then on people answer to it."""
    topic = topic_convened_by(by, number, lock=True)
    must_be_proposed(topic)
    topic.title, topic.background, topic.place = said.title, said.background, said.place
    topic.legal = said.legal
    if topic.origin != "case":
        topic.origin = "survey" if said.places else "itself"
    topic.save()
    topic.options.all().delete()
    topic.places.all().delete()
    _lay_out(topic, said)
    tell_changed(topic, by=by, at=at)
    return topic


def _begun(
    said: Proposed,
    unit: Unit,
    *,
    key: str,
    by: Person,
    at: datetime,
    case: Case | None,
    follows: Topic | None,
) -> Topic:
    return Topic.objects.create(
        series=f"{SERIES}-{localtime(at).year}",
        key=key,
        unit=unit,
        convenor=by,
        title=said.title,
        background=said.background,
        place=said.place,
        origin="case" if case else "survey" if said.places else "itself",
        from_case=case,
        follows=follows,
        legal=said.legal,
        state=State.PROPOSED,
        at=at,
    )


def _lay_out(topic: Topic, said: Proposed) -> None:
    """Write down what could be done, and the places it is about."""
    options = enumerate(said.options, 1)
    Option.objects.bulk_create(Option(topic=topic, number=n, text=text) for n, text in options)
    places = enumerate(said.places, 1)
    Place.objects.bulk_create(Place(topic=topic, number=n, **p._asdict()) for n, p in places)


@transaction.atomic
def open_register(number: str, *, by: Person, at: datetime) -> Topic:
    """Let everybody read the topic, and whoever it concerns register."""
    topic = topic_convened_by(by, number, lock=True)
    if topic.options.count() < FEWEST_OPTIONS:
        raise OptionNeeded
    return take_step(topic, "topic.opened", at=at, by=by.badge)


@transaction.atomic
def close_register(number: str, *, by: Person, at: datetime) -> Topic:
    """Let nobody be added any more: from here the lottery is planned. Who objected meanwhile to
    what this topic follows is called first."""
    topic = topic_convened_by(by, number, lock=True)
    if topic.state == State.GATHERING:
        call_objectors(topic, by=by, at=at)
    people = topic.stakeholders.present()
    told: dict[str, JSON] = {"people": people.count(), "opponents": people.opponents().count()}
    return take_step(topic, "topic.gathered", at=at, **told, by=by.badge)


@transaction.atomic
def reopen_register(number: str, *, by: Person, at: datetime) -> Topic:
    """Take names again before anything was promised: somebody was missing. A lottery of the people
    before is void; one that was promised must be given up first, with its own reason."""
    topic = topic_convened_by(by, number, lock=True)
    take_step(topic, "topic.reopened", at=at, by=by.badge)
    let_go(topic, REGISTER_REOPENED, by=by, at=at)
    return topic


@transaction.atomic
def drop_topic(number: str, reason: str, *, by: Person, at: datetime) -> Topic:
    """Talk about it no more; why is told to everybody who could read the topic. Who was called to
    a sitting or to vote is told first that there is none; a lottery that was not drawn is void."""
    topic = topic_convened_by(by, number, lock=True)
    if ahead := topic.sittings.ahead().first():
        raise SittingStillAhead(number=ahead.number)
    must_not_be_voting(topic)
    drop_undrawn(topic, by=by, at=at)
    topic.dropped_because = reason
    return take_step(topic, "topic.dropped", at=at, by=by.badge)
