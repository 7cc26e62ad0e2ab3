"""What one person asks and a second person decides: extension, pause, change of kind."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.cases import errors
from mingchuang.cases.actions._steps import (
    extensions,
    must_be,
    plead,
    set_due,
    settle,
    start_clock,
    take_step,
    tell,
)
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Note, Pause, Plea
from mingchuang.cases.queries.desk import case_for, plea_for
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import OPEN, RUNNING, State
from mingchuang.cases.words import STATES, label
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person

# Our own guess: nobody is asked to wait half a year without being told anything.
LONGEST_PAUSE = timedelta(days=180)
# The verb that tells of a decision, and its facts.
Granted = tuple[str, Mapping[str, JSON]]
REFUSED: Granted = ("plea.refused", {})


@transaction.atomic
def ask_extension(number: str, reason: str, *, days: int, by: Person, at: datetime) -> Plea:
    """Ask for more working days, before the due time is over and within the profile's maximum."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    limit = case.time_limit
    if case.state not in RUNNING or limit is None or case.due_at is None:
        raise errors.WrongStep(state=label(STATES, case.state))
    if at >= case.due_at:
        raise errors.TooLate
    had = extensions(case)
    if len(had) >= limit.extension_times:
        raise errors.TooManyExtensions(times=len(had))
    if not 0 < days <= limit.extension_max.amount:
        raise errors.TooLong(most=limit.extension_max.amount)
    return plead(Plea(case=case, what="extend", reason=reason, days=days), by=by, at=at)


@transaction.atomic
def ask_pause(number: str, reason: str, *, review_on: date, by: Person, at: datetime) -> Plea:
    """Ask to let the case rest until a day on which it is looked at again."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    must_be(case, State.HANDLING)
    if case.due_at is not None and at >= case.due_at:
        raise errors.TooLateToPause
    if review_on <= localdate(at):
        raise errors.ReviewInThePast
    if review_on > localdate(at) + LONGEST_PAUSE:
        raise errors.ReviewTooFar(days=LONGEST_PAUSE.days)
    return plead(Plea(case=case, what="pause", reason=reason, review_on=review_on), by=by, at=at)


@transaction.atomic
def propose_kind(number: str, reason: str, *, kind: str, by: Person, at: datetime) -> Plea:
    """Propose another type for the case; it changes only if a second person agrees (P15)."""
    case = case_for(by, number, duty=Duty.NOTE, lock=True)
    must_be(case, *OPEN)
    if kind == case.kind:
        raise errors.SameKind
    return plead(Plea(case=case, what="retype", reason=reason, kind=kind), by=by, at=at)


@transaction.atomic
def decide_plea(plea: int, *, granted: bool, decision: str, by: Person, at: datetime) -> Plea:
    """Grant or refuse what a colleague asked; nobody decides their own."""
    asked = plea_for(by, plea, duty=Duty.DECIDE, lock=True)
    if asked.what not in GRANTS:
        raise errors.NotYourDuty
    settle(asked, granted=granted, by=by, at=at)
    verb, facts = GRANTS[asked.what](asked, at=at) if granted else REFUSED
    note = Note(case=asked.case, text=decision, by=by, at=at)
    tell(note, verb, asked.case, at=at, by=by.badge, what=asked.what, **facts)
    return asked


def _extend(plea: Plea, *, at: datetime) -> Granted:
    case = plea.case
    must_be(case, *RUNNING)
    due = set_due(case, "extend", at=at)
    case.save()
    return "case.extended", {"days": plea.days, **due}


def _pause(plea: Plea, *, at: datetime) -> Granted:
    case, review_on = plea.case, plea.review_on
    if review_on is None or review_on <= localdate(at):
        raise errors.ReviewInThePast
    take_step(case, "case.paused")
    Pause.objects.create(case=case, plea=plea, since=at, review_on=review_on)
    case.stopped_at = at
    case.save()
    return "case.paused", {"review_on": review_on.isoformat()}


def _retype(plea: Plea, *, at: datetime) -> Granted:
    case, old = plea.case, plea.case.kind
    case.kind, plea.was = plea.kind, old
    plea.save(update_fields=["was"])
    due: dict[str, str] = {}
    if case.clock_started_at is not None and case.state != State.REPLIED:
        start_clock(case, at=case.clock_started_at)
        due = set_due(case, "retype", at=at)
    case.save()
    changed = {"old": old, "new": plea.kind, "asked_by": plea.asked_by.badge}
    return "case.retyped", {**changed, **due}


GRANTS: Mapping[str, Callable[..., Granted]] = {
    "extend": _extend,
    "pause": _pause,
    "retype": _retype,
}


@transaction.atomic
def resume_case(number: str, *, by: Person, at: datetime) -> Case:
    """Take a paused case up again; what was left of its time is counted on from today."""
    case = case_for(by, number, duty=Duty.RESUME, lock=True)
    take_step(case, "case.resumed")
    case.pauses.filter(until__isnull=True).update(until=at)
    case.stopped_at = None
    due = set_due(case, "resume", at=at)
    case.save()
    record("case.resumed", case.subject, at=at, by=by.badge, **due)
    return case
