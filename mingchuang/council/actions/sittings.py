"""A sitting is called for a day, opened, closed; or called off."""

import secrets
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.base.templatetags.words import moment
from mingchuang.council.actions._sittings import must_be_its_hour, take_sitting_step
from mingchuang.council.actions._steps import next_number, take_step
from mingchuang.council.actions._twice import key_said, made_with
from mingchuang.council.errors.sittings import (
    NoColleague,
    NoRosterYet,
    OpponentsTooFew,
    SittingNotMoved,
    SittingStillAhead,
    TooEarlyForSitting,
    TooEarlyToOpen,
)
from mingchuang.council.models import Minutes, Roster, Sitting, Topic
from mingchuang.council.queries.sittings import (
    colleagues,
    roster_to_sit,
    sitting_convened_by,
)
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.council.rules import minutes
from mingchuang.council.rules.life import State
from mingchuang.council.rules.lottery.terms import LEAST_OPPONENTS
from mingchuang.council.rules.quorum import Bar, asks_for_too_few
from mingchuang.council.rules.sitting import EARLY, Stage, may_open
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.people.models import Person

# Read aloud and typed on a phone: no letter that looks like another.
LETTERS, LETTERS_OF_A_WORD = "ABCDEFGHJKMNPQRTUVWXYZ", 6


class Called(NamedTuple):
    """When, where and for what a sitting is called, and who leads it."""

    begins_at: datetime
    place: str
    agenda: str
    moderator: Person
    recorder: Person
    visit: str = ""
    bar: Bar = Bar()


@sent_twice_taken_once
@transaction.atomic
def convene_sitting(number: str, called: Called, *, key: str, by: Person, at: datetime) -> Sitting:
    """Call those who were drawn, and all it concerns, to a sitting.

    Called twice with one key, it is one sitting.
    """
    topic = topic_convened_by(by, number, lock=True)
    key = key_said(key, topic.number, called)
    if earlier := made_with(Sitting, key):
        return earlier
    roster = _must_be_possible(topic, called, at=at)
    if topic.state == State.INVITING:
        take_step(topic, "topic.convened", at=at, by=by.badge)
    sitting = Sitting.objects.create(
        topic=topic,
        roster=roster,
        number=next_number(topic.sittings),
        key=key,
        begins_at=called.begins_at,
        place=called.place,
        agenda=called.agenda,
        visit=called.visit,
        convenor=by,
        moderator=called.moderator,
        recorder=called.recorder,
        **called.bar._asdict(),
        word="".join(secrets.choice(LETTERS) for _ in range(LETTERS_OF_A_WORD)),
        stage=Stage.CALLED,
        at=at,
    )
    told = {"begins_at": moment_text(called.begins_at), "by": by.badge}
    record("sitting.convened", sitting.subject, at=at, digest="", **called.bar._asdict(), **told)
    return sitting


def _must_be_possible(topic: Topic, called: Called, *, at: datetime) -> Roster:
    if called.begins_at <= at:
        raise TooEarlyForSitting
    if asks_for_too_few(called.bar):
        raise OpponentsTooFew(least=LEAST_OPPONENTS)
    if ahead := topic.sittings.ahead().first():
        raise SittingStillAhead(number=ahead.number)
    leading = {called.moderator.pk, called.recorder.pk}
    if colleagues(topic).filter(pk__in=leading).count() < len(leading):
        raise NoColleague
    roster = roster_to_sit(topic)
    if roster is None:
        raise NoRosterYet
    return roster


@transaction.atomic
def move_sitting(
    number: str, n: int, *, begins_at: datetime, place: str, by: Person, at: datetime
) -> Sitting:
    """Move a sitting to another day or place, before it is opened; everybody is to be told anew."""
    sitting = sitting_convened_by(by, number, n, lock=True)
    if begins_at <= at:
        raise TooEarlyForSitting
    is_same = (begins_at, place) == (sitting.begins_at, sitting.place)
    if is_same and sitting.stage == Stage.CALLED:
        raise SittingNotMoved
    sitting.begins_at, sitting.place, sitting.moved_at = begins_at, place, at
    told = {"begins_at": moment_text(begins_at), "by": by.badge}
    return take_sitting_step(sitting, "sitting.moved", at=at, **told)


@transaction.atomic
def open_sitting(number: str, n: int, *, by: Person, at: datetime) -> Sitting:
    """Open a sitting, a little before its hour at the earliest: from now on people sign in, and the
    recorder writes. Nothing is voted before the hour."""
    sitting = sitting_convened_by(by, number, n, lock=True)
    if not may_open(at, hour=sitting.begins_at):
        raise TooEarlyToOpen(hour=moment(sitting.begins_at), minutes=EARLY.seconds // 60)
    sitting.opened_at = at
    take_sitting_step(sitting, "sitting.began", at=at, by=by.badge)
    written = Minutes.objects.create(sitting=sitting, stage=minutes.Stage.DRAFT, at=at)
    record("minutes.added", written.subject, at=at, digest="", by=by.badge)
    return sitting


@transaction.atomic
def close_sitting(number: str, n: int, *, by: Person, at: datetime) -> Sitting:
    """Close a sitting: nobody signs in by phone any more; what came of it is written down."""
    sitting = sitting_convened_by(by, number, n, lock=True)
    if sitting.is_open:
        must_be_its_hour(sitting, at)
    sitting.closed_at = at
    people = sitting.attendances.count()
    return take_sitting_step(sitting, "sitting.rose", at=at, people=people, by=by.badge)


@transaction.atomic
def cancel_sitting(number: str, n: int, reason: str, *, by: Person, at: datetime) -> Sitting:
    """Call a sitting off before it is opened; why is told to everybody."""
    sitting = sitting_convened_by(by, number, n, lock=True)
    sitting.cancelled_because = reason
    return take_sitting_step(sitting, "sitting.cancelled", at=at, by=by.badge)


@transaction.atomic
def adjourn_topic(number: str, *, by: Person, at: datetime) -> Topic:
    """Go back to inviting after a sitting without a decision: for the next one others are asked."""
    topic = topic_convened_by(by, number, lock=True)
    if ahead := topic.sittings.ahead().first():
        raise SittingStillAhead(number=ahead.number)
    return take_step(topic, "topic.adjourned", at=at, by=by.badge)
