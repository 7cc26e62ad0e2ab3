"""The moves that actions are made of: take a step of the life table, set the due time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.utils.timezone import localtime

from mingchuang.cases.actions._batch_notes import plan_case_anew
from mingchuang.cases.errors import (
    AskedAlready,
    DecidedAlready,
    RemindedToday,
    SecondPerson,
    WrongStep,
)
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import DueChange, Plea
from mingchuang.cases.rules.life import LIFE, OPEN, State, may_step
from mingchuang.cases.rules.timing import Timing
from mingchuang.cases.rules.watch import level_under, warning_at
from mingchuang.cases.words import STATES, label
from mingchuang.hall.models import TimeLimit
from mingchuang.hall.queries import closing_for, time_limit_for, work_calendar
from mingchuang.hall.rules.limits import deadline
from mingchuang.hall.rules.spans import Deadline, Pause, Span
from mingchuang.hall.rules.trace import Trace, explain
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import Evidence
from mingchuang.ledger.queries import entries_of
from mingchuang.ledger.rules.canonical import JSON, moment_text
from mingchuang.people.models import Person, Unit

E = TypeVar("E", bound=Evidence)


def take_step(case: Case, verb: str) -> None:
    """Move the case along the life table, or refuse in words."""
    if not may_step(State(case.state), verb):
        raise WrongStep(state=label(STATES, case.state))
    case.state = LIFE[verb].end


def must_be(case: Case, *states: State) -> None:
    """Refuse in words unless the case is in one of these states."""
    if case.state not in states:
        raise WrongStep(state=label(STATES, case.state))


def tell(row: E, verb: str, case: Case, *, at: datetime, **facts: JSON) -> E:
    """Record what happened with the digest of this row's private part, and keep both."""
    row.entry = record(verb, case.subject, at=at, digest=row.digest, **facts)
    row.save()
    return row


def remind(case: Case, by: str, *, at: datetime, **facts: JSON) -> Case:
    """Chase whoever has the case; a second time on one day is refused, whoever asks."""
    today = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    if entries_of(case.subject).filter(verb="case.reminded", at__gte=today).exists():
        raise RemindedToday
    count_reminder(case, by, at=at, **facts)
    return case


def count_reminder(case: Case, by: str, *, at: datetime, **facts: JSON) -> None:
    """Count that whoever has the case was chased."""
    case.reminders += 1
    case.save(update_fields=["reminders"])
    record("case.reminded", case.subject, at=at, digest="", by=by, **facts)


def limit_of(case: Case, *, profile: str = "") -> TimeLimit:
    """Return the time limit for the case as it is now, by this profile or the one it has."""
    if not profile:
        profile = case.time_limit.profile if case.time_limit else settings.TIME_LIMIT_PROFILE
    return time_limit_for(profile, case.kind, case.urgency)


def start_clock(case: Case, *, at: datetime) -> None:
    """Choose the time limit for the case as it is now and let its clock begin at `at`."""
    case.time_limit = limit_of(case)
    case.clock_started_at = at


def timing_of(unit: Unit) -> Timing:
    """Return the calendar as loaded now, and when the unit closes."""
    return Timing(work_calendar(), closing_for(unit))


def due_now(case: Case) -> tuple[Deadline, Trace]:
    """Return the due time and its trace under the calendar as loaded now."""
    timing = timing_of(case.intake_unit)
    return replayed(case, timing, stood=pauses(case), days=extensions(case))


def replayed(
    case: Case, timing: Timing, *, stood: Sequence[Pause], days: Sequence[int]
) -> tuple[Deadline, Trace]:
    """Return the due time and its trace by the clock's own facts alone: a pure replay.

    Start, limit, pauses and the days of each granted extension of the running clock.
    """
    if case.clock_started_at is None or case.time_limit is None:
        raise WrongStep(state=label(STATES, case.state))
    limit, start = case.time_limit, case.clock_started_at
    calendar, closing = timing.calendar, timing.closing
    added = [Span(n, limit.extension_max.measure) for n in days]
    end = deadline(
        start, limit.finish, calendar=calendar, closing=closing, pauses=stood, added=added
    )
    trace = explain(
        start,
        limit.finish,
        calendar=calendar,
        closing=closing,
        pauses=stood,
        added=added,
        kind=case.kind,
        source=limit.source,
        assumed=limit.is_assumed("finish"),
    )
    return end, trace


def set_due(case: Case, why: str, *, at: datetime) -> dict[str, str]:
    """Compute the due time anew and keep why; return it for the entry (promise P5). The days of
    its list, if it has one, are counted again."""
    timing = timing_of(case.intake_unit)
    change = move_due(case, why, timing, at=at, stood=pauses(case), days=extensions(case))
    change.save()
    plan_case_anew(case, at=at)
    return {"due_at": moment_text(change.due_at)}


def move_due(
    case: Case,
    why: str,
    timing: Timing,
    *,
    at: datetime,
    stood: Sequence[Pause] = (),
    days: Sequence[int] = (),
) -> DueChange:
    """Compute the due time anew and return why, to be kept with the case."""
    end, trace = replayed(case, timing, stood=stood, days=days)
    start = case.clock_started_at or at
    halts = (pause.until - pause.since for pause in stood if pause.until)
    case.due_at, case.provisional = end.at, end.provisional
    case.warn_at = warning_at(start, end.at, stood=sum(halts, timedelta()))
    case.watch = level_under(case.watch, at=at, warn_at=case.warn_at, due_at=end.at)
    return DueChange(case=case, why=why, due_at=end.at, trace=trace, at=at)


def pauses(case: Case) -> list[Pause]:
    """Return the stretches in which the running clock stood, in order."""
    stood = case.pauses.filter(since__gte=case.clock_started_at).order_by("since")
    return [Pause(since, until) for since, until in stood.values_list("since", "until")]


def extensions(case: Case) -> list[int]:
    """Return the working days of each extension granted on the running clock, in order."""
    granted = case.pleas.filter(
        what="extend", granted=True, decided_at__gte=case.clock_started_at
    ).order_by("decided_at")
    return [days for days in granted.values_list("days", flat=True) if days]


def limit_from(case: Case, span: Span, *, at: datetime) -> datetime:
    """Return the end of one of the smaller limits: first contact, return, call-back."""
    return timing_of(case.intake_unit).end(at, span)


def plead(plea: Plea, *, by: Person, at: datetime) -> Plea:
    """Lay what somebody asks before a second person; the same is not asked twice."""
    case = plea.case
    if case.pleas.open().filter(what=plea.what).exists():
        raise AskedAlready
    plea.asked_by, plea.asked_at = by, at
    return tell(plea, "plea.made", case, at=at, by=by.badge, what=plea.what)


def contact_told(case: Case) -> dict[str, JSON]:
    """Return until when the unit is to contact the requester, where nobody has yet."""
    if case.contact_due_at is None or case.contacted_at is not None:
        return {}
    return {"contact_due_at": moment_text(case.contact_due_at)}


def settle(plea: Plea, *, granted: bool, by: Person, at: datetime) -> None:
    """Keep how a plea was decided: once, while the case is open, never by who asked."""
    settle_at_any_time(plea, granted=granted, by=by, at=at)
    must_be(plea.case, *OPEN)


def settle_at_any_time(plea: Plea, *, granted: bool, by: Person, at: datetime) -> None:
    """Keep how a plea was decided: once, never by who asked; figures outlive the case."""
    if plea.granted is not None:
        raise DecidedAlready
    if plea.dropped_at is not None:
        raise WrongStep(state=label(STATES, plea.case.state))
    if plea.asked_by_id == by.pk:
        raise SecondPerson
    plea.granted, plea.decided_by, plea.decided_at = granted, by, at
    plea.save(update_fields=["granted", "decided_by", "decided_at"])
