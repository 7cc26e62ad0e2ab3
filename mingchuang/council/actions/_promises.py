"""How a commitment comes to stand: with who, how, and the days on which somebody looks (P11)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.base.templatetags.words import day
from mingchuang.council.actions._steps import next_number
from mingchuang.council.errors.decisions import (
    ChecksTooMany,
    CommitmentNeedsDates,
    DayGoneBy,
    DayTooFar,
)
from mingchuang.council.models import Check, Commitment, Condition, Decision, Measure
from mingchuang.council.rules.checking import (
    MOST,
    PROMISED_FOR,
    Result,
    Rhythm,
    is_cut_short,
    schedule,
)
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person


class Promised(NamedTuple):
    """What somebody has to do, who, how one can see it, and when; `condition` is the pair of an
    option and the number of one of its conditions."""

    text: str
    obligor: str
    how: str
    first_on: date
    last_on: date
    rhythm: str = Rhythm.ONCE
    condition: tuple[int, int] | None = None


def promise_all(
    decision: Decision,
    promised: Iterable[Promised],
    *,
    by: Person,
    at: datetime,
    measure: Measure | None = None,
) -> list[Commitment]:
    """Write down what was promised. Needs the topic locked."""
    return [_promise(decision, one, measure, by=by, at=at) for one in promised]


def _promise(
    decision: Decision, promised: Promised, measure: Measure | None, *, by: Person, at: datetime
) -> Commitment:
    if promised.last_on > (last := localdate(at) + PROMISED_FOR):
        raise DayTooFar(last=day(last))
    days = schedule(promised.first_on, Rhythm(promised.rhythm), promised.last_on)
    if not (days and promised.text and promised.obligor and promised.how):
        raise CommitmentNeedsDates
    if days[0] <= localdate(at):
        raise DayGoneBy
    if is_cut_short(promised.first_on, Rhythm(promised.rhythm), promised.last_on):
        raise ChecksTooMany(most=MOST)
    commitment = Commitment.objects.create(
        decision=decision,
        number=next_number(decision.commitments),
        condition=_condition(decision, promised),
        measure=measure,
        at=at,
        **{name: value for name, value in promised._asdict().items() if name != "condition"},
    )
    Check.objects.bulk_create(
        Check(commitment=commitment, number=n, due_on=due, result=Result.DUE)
        for n, due in enumerate(days, 1)
    )
    told = {"text": fingerprint(commitment.wording), "first_on": days[0].isoformat()}
    told |= {"last_on": days[-1].isoformat(), "rhythm": promised.rhythm, "by": by.badge}
    record("commitment.promised", commitment.subject, at=at, digest="", checks=len(days), **told)
    return commitment


def _condition(decision: Decision, promised: Promised) -> Condition | None:
    if promised.condition is None:
        return None
    option, number = promised.condition
    found = Condition.objects.filter(
        option__topic=decision.topic_id, option__number=option, number=number
    ).first()
    if found is None:
        raise NotFound
    return found
