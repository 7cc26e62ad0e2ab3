"""Somebody looks whether a promise is kept; a broken or forgotten one becomes a case (P11)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mingchuang.base.templatetags.words import day
from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.models import Case
from mingchuang.cases.rules.photo import Photo
from mingchuang.cases.rules.said import Said
from mingchuang.council.actions._pictures import keep_picture
from mingchuang.council.actions._steps import next_number
from mingchuang.council.errors.decisions import (
    CheckedAlready,
    DayGoneBy,
    DayTooFar,
    NoSuchCommitment,
    TooEarlyToLook,
)
from mingchuang.council.models import Check
from mingchuang.council.queries.decisions import check_kept_by, decision_kept_by, missed_check
from mingchuang.council.rules.checking import LOOKED_AGAIN_WITHIN, Result
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person

SYSTEM = "system"
VERBS: Mapping[Result, str] = {
    Result.PASSED: "check.passed",
    Result.FAILED: "check.failed",
    Result.MISSED: "check.lapsed",
}


@transaction.atomic
def pass_check(
    check: int, note: str, *, by: Person, at: datetime, photo: Photo | None = None
) -> Check:
    """Say that somebody looked, and that it was done as promised."""
    found = _to_look_at(check, by, at)
    _looked(found, note, photo, by=by, at=at)
    return _ended(found, Result.PASSED, by=by.badge, at=at)


@transaction.atomic
def fail_check(
    check: int, note: str, *, by: Person, at: datetime, photo: Photo | None = None
) -> Check:
    """Say that somebody looked, and that it was not done: it is a case from now on."""
    found = _to_look_at(check, by, at)
    _looked(found, note, photo, by=by, at=at)
    found.case = _raised(found, note, at=at)
    return _ended(found, Result.FAILED, by=by.badge, at=at)


@transaction.atomic
def miss_next(*, at: datetime) -> int:
    """Find a check whose day went by without anybody looking: it opens a case by itself; call
    until it returns 0."""
    found = missed_check(localdate(at))
    if found is None:
        return 0
    found.case = _raised(found, _("到期没有人检查。"), at=at)
    _ended(found, Result.MISSED, by=SYSTEM, at=at)
    return 1


@transaction.atomic
def look_again(number: str, commitment: int, due_on: date, *, by: Person, at: datetime) -> Check:
    """Set one more day, within a year, on which somebody looks."""
    decision = decision_kept_by(by, number)
    promise = decision.commitments.filter(number=commitment).first()
    if promise is None:
        raise NoSuchCommitment(number=commitment)
    promise.decision = decision
    if due_on <= localdate(at):
        raise DayGoneBy
    if due_on > (last := localdate(at) + LOOKED_AGAIN_WITHIN):
        raise DayTooFar(last=day(last))
    if earlier := promise.checks.filter(due_on=due_on).first():
        return earlier
    check = Check.objects.create(
        commitment=promise, number=next_number(promise.checks), due_on=due_on, result=Result.DUE
    )
    told = {"day": due_on.isoformat(), "by": by.badge}
    record("check.added", promise.subject, at=at, digest="", check=check.number, **told)
    return check


def _to_look_at(check: int, by: Person, at: datetime) -> Check:
    found = check_kept_by(by, check)
    if found.result != Result.DUE:
        raise CheckedAlready
    if found.due_on > localdate(at):
        raise TooEarlyToLook(day=day(found.due_on))
    return found


def _looked(check: Check, note: str, photo: Photo | None, *, by: Person, at: datetime) -> None:
    check.by, check.note = by, note
    if photo is not None:
        check.picture = keep_picture(check.commitment.decision.topic, photo, by=by, at=at)


def _raised(check: Check, what: str, *, at: datetime) -> Case:
    """Raise a case of our own; sent twice it would be the same one."""
    promise = check.commitment
    topic = promise.decision.topic
    text = _("议题 %(topic)s 的决议里，%(obligor)s承诺：%(text)s。检查日期 %(day)s：%(what)s")
    said = Said(
        text=text
        % {
            "topic": topic.number,
            "obligor": promise.obligor,
            "text": promise.text.rstrip("。"),
            "day": day(check.due_on),
            "what": what,
        },
        key=f"council-check:{check.pk}",
        kind="other",
        title=_("承诺没有做到：%(text)s") % {"text": promise.text[:60]},
        place=topic.place,
        channel="proactive",
    )
    return receive_submission(said, unit=topic.unit, at=at).case


def _ended(check: Check, result: Result, *, by: str, at: datetime) -> Check:
    check.result, check.ended_at = result, at
    check.save()
    told: dict[str, str | int] = {"check": check.number, "day": check.due_on.isoformat()}
    told |= {"case": check.case.number} if check.case else {}
    told |= {"photo": check.picture.fingerprint} if check.picture else {}
    told |= {"text": fingerprint(check.note)} if check.note else {}
    record(VERBS[result], check.commitment.subject, at=at, digest="", **told, by=by)
    return check
