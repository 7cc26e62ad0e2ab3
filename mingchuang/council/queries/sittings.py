"""Sittings: whom they are open to, and what each has to do with them."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.council.errors.sittings import NotOnTheRegister, NotThere
from mingchuang.council.models import (
    Attendance,
    Confirmation,
    Decision,
    Roster,
    Seat,
    Sitting,
    Stakeholder,
    Statement,
    Topic,
)
from mingchuang.council.models.decisions import DECIDED
from mingchuang.council.models.sittings import SittingQuerySet
from mingchuang.council.queries.topics import public_topic, topic_convened_by, topic_for
from mingchuang.council.rules.life import State
from mingchuang.council.rules.minutes import Reading
from mingchuang.council.rules.sitting import Stage
from mingchuang.people.models import Person, Post


def sitting_for(person: Person, number: str, n: int) -> Sitting:
    """Return a sitting of a topic this person may read."""
    return _one(_sittings(topic_for(person, number), n))


def sitting_convened_by(person: Person, number: str, n: int, *, lock: bool = False) -> Sitting:
    """Return a sitting this person convenes. Locked is its topic, and by it everything of it."""
    return _one(_sittings(topic_convened_by(person, number, lock=lock), n))


def sitting_of(topic: Topic, n: int) -> Sitting:
    """Return a sitting of a topic that was found already."""
    return _one(_sittings(topic, n))


def _sittings(topic: Topic, n: int) -> SittingQuerySet:
    return topic.sittings.filter(number=n).select_related(
        "topic__unit", "roster__topic", "convenor", "moderator", "recorder"
    )


def _one(sittings: SittingQuerySet) -> Sitting:
    sitting = sittings.first()
    if sitting is None:
        raise NotFound
    return sitting


def roster_to_sit(topic: Topic) -> Roster | None:
    """Return the newest roster of a topic in which somebody has a seat."""
    seated = Seat.objects.held().filter(roster__topic=topic)
    return topic.rosters.filter(pk__in=seated.values("roster")).order_by("-number").first()


def one_on_the_register(topic: Topic, number: int) -> Stakeholder:
    """Return who has this number on the register."""
    who = topic.stakeholders.present().filter(number=number).select_related("topic").first()
    if who is None:
        raise NotOnTheRegister(number=number)
    return who


def seat_in(sitting: Sitting, who: Stakeholder) -> Seat | None:
    """Return the seat somebody holds at a sitting; who was drawn once it was over had none."""
    seat = Seat.objects.held().filter(roster=sitting.roster_id, stakeholder=who).first()
    return seat if seat and sitting.counts_seat_of(seat.at) else None


def attendance_of(sitting: Sitting, who: Stakeholder) -> Attendance:
    """Return how somebody was there; refused in words where they were not."""
    there = sitting.attendances.filter(stakeholder=who).first()
    if there is None:
        raise NotThere(number=who.number)
    return there


def sittings_of(topic: Topic) -> SittingQuerySet:
    """Return every sitting of a topic with what came of it, the newest first."""
    return topic.sittings.select_related("minutes", "decision").order_by("-number")


def without_result(topic: Topic, held: Sequence[Sitting]) -> Sitting | None:
    """Return the sitting held last, of those held and the newest first, if nobody has written down
    what came of it: whoever calls another makes its decision impossible."""
    is_waiting = topic.state == State.SITTING and held and held[0].may_be_decided
    return held[0] if is_waiting else None


def sitting_called_after(sitting: Sitting) -> Sitting | None:
    """Return a later sitting of the topic that was not called off."""
    later = sitting.topic.sittings.filter(number__gt=sitting.number).exclude(stage=Stage.OFF)
    return later.order_by("number").first()


def has_result(sitting: Sitting) -> bool:
    """Say whether something came of a sitting, or was decided on its topic later: a decision may
    rest on a vote of an earlier sitting."""
    results = Decision.objects.filter(topic=sitting.topic_id)
    return results.filter(DECIDED | Q(sitting=sitting)).exists()


def last_sitting(topic: Topic) -> Sitting | None:
    """Return the sitting that was called last, whatever became of it."""
    return topic.sittings.order_by("-number").first()


def is_called_off(topic: Topic) -> bool:
    """Say whether the sitting called last was called off, and no earlier one waits for its result:
    another is to be called."""
    called = list(sittings_of(topic)) if topic.state == State.SITTING else []
    held = [one for one in called if one.opened_at]
    return bool(called) and called[0].is_off and without_result(topic, held) is None


def sitting_ahead(topic: Topic) -> Sitting | None:
    """Return the sitting that is called and still to come, or going on."""
    return topic.sittings.ahead().first()


def colleagues(topic: Topic) -> "QuerySet[Person]":
    """Return who may lead a sitting of this topic or write it down: whoever has a post there."""
    posts = Post.objects.in_force().filter(unit=topic.unit_id)
    return Person.objects.filter(pk__in=posts.values("person")).order_by("badge")


class Mine(NamedTuple):
    """What somebody has to do with a sitting: the seat, whether they are there, what they said."""

    seat: Seat | None
    attendance: Attendance | None
    statements: Sequence[Statement]
    confirmation: Confirmation | None
    corrections: Sequence[Confirmation]

    @property
    def is_there(self) -> bool:
        return self.attendance is not None and self.attendance.left_at is None


def mine_at(sitting: Sitting, who: Stakeholder) -> Mine:
    """Return what somebody sees of themselves at a sitting."""
    said = Confirmation.objects.filter(minutes__sitting=sitting, stakeholder=who)
    return Mine(
        seat_in(sitting, who),
        sitting.attendances.filter(stakeholder=who).first(),
        list(Statement.objects.filter(minutes__sitting=sitting, stakeholder=who)),
        said.filter(reading=Reading.CONFIRMED).first(),
        list(said.filter(reading=Reading.CORRECTED).select_related("statement")),
    )


def sittings_open_to(who: Stakeholder) -> SittingQuerySet:
    """Return the sittings somebody on the register is called to, the next one first."""
    return who.topic.sittings.exclude(stage=Stage.OFF).order_by("-number")


def public_sitting(number: str, n: int) -> Sitting:
    """Return a sitting everybody may read of, once it was opened."""
    return _one(_sittings(public_topic(number), n).held())
