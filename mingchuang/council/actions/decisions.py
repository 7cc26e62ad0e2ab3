"""What a sitting decided is recorded with what it rests on, and posted for everybody."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.council.actions._promises import Promised, promise_all
from mingchuang.council.actions._sittings import must_be_its_hour
from mingchuang.council.actions._steps import take_step
from mingchuang.council.errors.decisions import (
    DecidedAlready,
    NotBinding,
    NotCarried,
    NothingChosen,
    NothingUndone,
    NoticeOfOtherLength,
    NoticeTooEarly,
    OpinionPromisesNothing,
)
from mingchuang.council.errors.sittings import LaterSitting, WrongMinutesStep, WrongSittingStep
from mingchuang.council.models import Decision, Sitting, Topic
from mingchuang.council.queries.binding import verdict_on
from mingchuang.council.queries.closing import first_to_do, left_to_do
from mingchuang.council.queries.decisions import decision_kept_by
from mingchuang.council.queries.minutes import minutes_of
from mingchuang.council.queries.sittings import sitting_called_after, sitting_convened_by
from mingchuang.council.rules import notice
from mingchuang.council.rules.binding import Force, Verdict
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.council.rules.sitting import Stage
from mingchuang.council.words.inviting import in_a_row
from mingchuang.council.words.missing import how_it_was_voted, what_is_missing
from mingchuang.council.words.sittings import MINUTES_STAGES, SITTING_STAGES
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


class Decided(NamedTuple):
    """What came of a sitting: which options, in which words, and who promised what."""

    text: str
    options: Sequence[int]
    promised: Sequence[Promised] = ()


@transaction.atomic
def decide(number: str, n: int, decided: Decided, *, by: Person, at: datetime) -> Decision:
    """Record what binds those it concerns, or, where the owners must vote, what they are asked.

    Refused where not everybody was asked or not enough were there; says who, and what to do (P10).
    Refused too for what the room did not vote for.
    """
    sitting = _just_over(number, n, by, at)
    verdict = verdict_on(sitting)
    if not verdict.may_decide:
        raise NotBinding(missing=in_a_row(what_is_missing(verdict)))
    _must_be_carried(decided.options, verdict)
    decision = _recorded(sitting, decided, verdict, verdict.force, by=by, at=at)
    take_step(sitting.topic, "topic.decided", at=at, by=by.badge)
    return decision


@transaction.atomic
def advise(number: str, n: int, decided: Decided, *, by: Person, at: datetime) -> Decision:
    """Record what those who came think; it binds nobody, and says who was missing."""
    if decided.promised:
        raise OpinionPromisesNothing
    sitting = _just_over(number, n, by, at)
    return _recorded(sitting, decided, verdict_on(sitting), Force.OPINION, by=by, at=at)


def _just_over(number: str, n: int, by: Person, at: datetime) -> Sitting:
    sitting = sitting_convened_by(by, number, n, lock=True)
    if sitting.stage != Stage.CLOSED:
        raise WrongSittingStep(stage=dict(SITTING_STAGES)[sitting.stage])
    must_be_its_hour(sitting, at)
    if hasattr(sitting, "decision"):
        raise DecidedAlready
    if later := sitting_called_after(sitting):
        raise LaterSitting(number=later.number)
    written = minutes_of(sitting)
    if not written.is_draft:
        raise WrongMinutesStep(stage=dict(MINUTES_STAGES)[written.stage])
    return sitting


def _must_be_carried(options: Sequence[int], verdict: Verdict) -> None:
    if not options:
        raise NothingChosen
    if others := sorted({*options} - verdict.carried):
        raise NotCarried(why=in_a_row(how_it_was_voted(verdict, n) for n in others))


def _recorded(
    sitting: Sitting, decided: Decided, verdict: Verdict, force: Force, *, by: Person, at: datetime
) -> Decision:
    options = list(sitting.topic.options.filter(number__in=decided.options))
    if len(options) != len(set(decided.options)):
        raise NotFound
    missing = [
        {"number": one.number, "why": list(one.why), "still_to_do": list(one.still_to_do)}
        for one in verdict.missing
    ]
    decision = Decision.objects.create(
        topic=sitting.topic,
        sitting=sitting,
        force=force,
        text=decided.text,
        uninvited=len(missing),
        missing=missing,
        **verdict.quorum._asdict(),
        by=by,
        at=at,
    )
    decision.options.set(options)
    told: dict[str, JSON] = {"force": str(force), "options": sorted(decided.options)}
    told |= {"text": fingerprint(decided.text), "uninvited": len(missing), "by": by.badge}
    record(
        "decision.recorded", decision.subject, at=at, digest="", **told, **verdict.quorum._asdict()
    )
    promise_all(decision, decided.promised, by=by, at=at)
    return decision


@transaction.atomic
def publish_decision(number: str, days: int, *, by: Person, at: datetime) -> Decision:
    """Post a decision for so many days; from now on anybody can object to it."""
    decision = decision_kept_by(by, number)
    if not notice.SHORTEST <= days <= notice.LONGEST:
        raise NoticeOfOtherLength(shortest=notice.SHORTEST, longest=notice.LONGEST)
    if decision.published_at is not None:
        raise DecidedAlready
    if not minutes_of(decision.sitting).is_frozen:
        raise NoticeTooEarly
    decision.published_at = at
    decision.until = notice.last_day(localdate(at), days)
    decision.save(update_fields=["published_at", "until"])
    told = {"until": decision.until.isoformat(), "by": by.badge}
    record("decision.published", decision.subject, at=at, digest="", **told)
    return decision


@transaction.atomic
def close_topic(number: str, *, by: Person, at: datetime) -> Topic:
    """Close a topic once its decision hung long enough, all its minutes are final, and nothing is
    left to check, to answer or to vote on."""
    decision = decision_kept_by(by, number)
    for left in left_to_do(decision, localdate(at)):
        raise left
    return take_step(decision.topic, "topic.closed", at=at, by=by.badge)


@transaction.atomic
def close_undone(number: str, reason: str, *, by: Person, at: datetime) -> Topic:
    """Close a topic whose owners do not vote on what was proposed to them, or of which a promise
    will never be kept, and say why: everybody reads it. All else that closing waits for is done
    first."""
    decision = decision_kept_by(by, number)
    left = [*left_to_do(decision, localdate(at))]
    if first := first_to_do(left):
        raise first
    if not left:
        raise NothingUndone
    return take_step(decision.topic, "topic.closed", at=at, reason=reason, by=by.badge)
