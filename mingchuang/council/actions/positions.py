"""What people want is said: for, against, or yes, if; before a sitting and at it."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from mingchuang.council.actions._steps import named, next_number
from mingchuang.council.errors.sittings import (
    ConditionNeeded,
    ConditionUnheard,
    NoSuchCondition,
    NoSuchOption,
    OneConditionOnly,
    PositionsShut,
)
from mingchuang.council.models import Condition, Joining, Option, Position, Sitting, Stakeholder
from mingchuang.council.queries.register import stakeholder_of
from mingchuang.council.queries.sittings import (
    attendance_of,
    one_on_the_register,
    sitting_convened_by,
)
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.council.rules.sitting import SPEAKING, Stage, Stance
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


class Wanted(NamedTuple):
    """How somebody stands to an option; `joins` is the number of a condition that stands there,
    `text` one of their own."""

    option: int
    stance: str
    joins: int = 0
    text: str = ""


@transaction.atomic
def say_position(code: str, wanted: Wanted, *, at: datetime) -> Position:
    """Say by one's own link how one stands to an option; what was said before stays on record."""
    who = stakeholder_of(code, lock=True)
    opened = who.topic.sittings.filter(stage=Stage.OPEN).first()
    there = opened and opened.attendances.filter(stakeholder=who).exists()
    return _said(who, wanted, sitting=opened if there else None, by=None, at=at)


@transaction.atomic
def note_position(
    number: str, n: int, who: int, wanted: Wanted, *, by: Person, at: datetime
) -> Position:
    """Write down how somebody who is there stands to an option."""
    sitting = sitting_convened_by(by, number, n, lock=True)
    found = one_on_the_register(sitting.topic, who)
    attendance_of(sitting, found)
    return _said(found, wanted, sitting=sitting, by=by, at=at)


def _said(
    who: Stakeholder, wanted: Wanted, *, sitting: Sitting | None, by: Person | None, at: datetime
) -> Position:
    if who.topic.state not in SPEAKING:
        raise PositionsShut
    option = _option(who, wanted.option)
    condition = None
    if wanted.stance == Stance.IF:
        condition = _condition(option, wanted, who, by=by, at=at)
    elif wanted.text.strip():
        raise ConditionUnheard
    option.positions.standing().filter(stakeholder=who).update(replaced_at=at)
    position = Position.objects.create(
        option=option,
        stakeholder=who,
        stance=wanted.stance,
        condition=condition,
        sitting=sitting,
        by=by,
        at=at,
    )
    told: dict[str, JSON] = {"option": option.number, "witness": position.witness, **named(by)}
    record("position.stated", who.subject, at=at, digest="", **told)
    return position


def _option(who: Stakeholder, number: int) -> Option:
    option = who.topic.options.filter(number=number).first()
    if option is None:
        raise NoSuchOption(option=number)
    return option


def _condition(
    option: Option, wanted: Wanted, who: Stakeholder, *, by: Person | None, at: datetime
) -> Condition:
    """The condition of another, or a new one in their own words. Needs the topic locked."""
    if wanted.joins and wanted.text.strip():
        raise OneConditionOnly
    if wanted.joins:
        return _condition_of(option, wanted.joins)
    if not wanted.text.strip():
        raise ConditionNeeded
    condition = Condition.objects.create(
        option=option,
        number=next_number(option.conditions),
        text=wanted.text.strip(),
        stakeholder=who,
        at=at,
    )
    told: dict[str, JSON] = {"option": option.number, "condition": condition.number}
    told["text"] = fingerprint(condition.text)
    record("condition.added", who.subject, at=at, digest="", **told, **named(by))
    return condition


def _condition_of(option: Option, number: int) -> Condition:
    condition = option.conditions.filter(number=number).select_related("option").first()
    if condition is None:
        raise NoSuchCondition(option=option.number, condition=number)
    return condition


def _join(condition: Condition, who: Stakeholder, *, by: Person | None, at: datetime) -> Joining:
    joining = condition.joinings.filter(stakeholder=who).first()
    if joining is None:
        joining = Joining.objects.create(condition=condition, stakeholder=who, by=by, at=at)
        if condition.stakeholder_id != who.pk:
            told = {"option": condition.option.number, "condition": condition.number}
            record("condition.seconded", who.subject, at=at, digest="", **told, **named(by))
    return joining


@transaction.atomic
def join_condition(code: str, option: int, condition: int, *, at: datetime) -> Joining:
    """Ask for the same condition as a neighbour, whether one is for the option or against it."""
    return _joined(stakeholder_of(code, lock=True), option, condition, by=None, at=at)


@transaction.atomic
def note_joining(
    number: str, n: int, who: int, option: int, condition: int, *, by: Person, at: datetime
) -> Joining:
    """Write down that somebody who is there asks for the same condition as another."""
    sitting = sitting_convened_by(by, number, n, lock=True)
    found = one_on_the_register(sitting.topic, who)
    attendance_of(sitting, found)
    return _joined(found, option, condition, by=by, at=at)


def _joined(
    who: Stakeholder, option: int, condition: int, *, by: Person | None, at: datetime
) -> Joining:
    if who.topic.state not in SPEAKING:
        raise PositionsShut
    return _join(_condition_of(_option(who, option), condition), who, by=by, at=at)
