"""The two moves every action is made of: take a step of the life table, set the due time."""

from datetime import datetime
from typing import TypeVar

from django.conf import settings

from mingchuang.cases.errors import WrongStep
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import DueChange, Reply
from mingchuang.cases.rules.life import LIFE, State, may_step
from mingchuang.cases.words import STATES, label
from mingchuang.hall.queries import closing_for, time_limit_for, work_calendar
from mingchuang.hall.rules.limits import deadline
from mingchuang.hall.rules.spans import Deadline, Pause, Span
from mingchuang.hall.rules.trace import Trace, explain
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import Evidence
from mingchuang.ledger.rules.canonical import JSON, moment_text
from mingchuang.people.models import Person

WARN_AT_SHARE = 0.75
E = TypeVar("E", bound=Evidence)


def take_step(case: Case, verb: str) -> None:
    """Move the case along the life table, or refuse in words."""
    if not may_step(State(case.state), verb):
        raise WrongStep(state=label(STATES, case.state))
    case.state = LIFE[verb].end


def tell(row: E, verb: str, case: Case, *, at: datetime, **facts: JSON) -> E:
    """Record what happened with the digest of this row's private part, and keep both."""
    row.entry = record(verb, case.subject, at=at, digest=row.digest, **facts)
    row.save()
    return row


def start_clock(case: Case, *, at: datetime, profile: str = "") -> None:
    """Choose the time limit for the case as it is now and let its clock begin at `at`."""
    if not profile:
        profile = case.time_limit.profile if case.time_limit else settings.TIME_LIMIT_PROFILE
    case.time_limit = time_limit_for(profile, case.kind, case.urgency)
    case.clock_started_at = at
    case.watch = 0


def due_now(case: Case) -> tuple[Deadline, Trace]:
    """Return the due time and its trace by the clock's own facts alone: a pure replay.

    Start, limit, pauses and granted extensions of the running clock, under the calendar as
    loaded now.
    """
    if case.clock_started_at is None or case.time_limit is None:
        raise WrongStep(state=label(STATES, case.state))
    limit, start = case.time_limit, case.clock_started_at
    stood = case.pauses.filter(since__gte=start).order_by("since").values_list("since", "until")
    pauses = [Pause(since, until) for since, until in stood]
    added = [Span(days, limit.extension_max.measure) for days in extensions(case)]
    calendar, closing = work_calendar(), closing_for(case.intake_unit)
    end = deadline(
        start, limit.finish, calendar=calendar, closing=closing, pauses=pauses, added=added
    )
    trace = explain(
        start,
        limit.finish,
        calendar=calendar,
        closing=closing,
        pauses=pauses,
        added=added,
        kind=case.kind,
        source=limit.source,
    )
    return end, trace


def set_due(case: Case, why: str, *, at: datetime) -> dict[str, str]:
    """Compute the due time anew and keep why; return it for the entry (promise P5)."""
    end, trace = due_now(case)
    start = case.clock_started_at or at
    case.due_at, case.provisional = end.at, end.provisional
    case.warn_at = start + (end.at - start) * WARN_AT_SHARE
    DueChange.objects.create(case=case, why=why, due_at=end.at, trace=trace, at=at)
    return {"due_at": moment_text(end.at)}


def extensions(case: Case) -> list[int]:
    """Return the working days of each extension granted on the running clock, in order."""
    granted = case.pleas.filter(
        what="extend", granted=True, decided_at__gte=case.clock_started_at
    ).order_by("decided_at")
    return [days for days in granted.values_list("days", flat=True) if days]


def limit_from(case: Case, span: Span, *, at: datetime) -> datetime:
    """Return the end of one of the smaller limits: first contact, return, call-back."""
    return deadline(at, span, calendar=work_calendar(), closing=closing_for(case.intake_unit)).at


def give_reply(
    case: Case, verb: str, text: str, disposition: str, *, by: Person, at: datetime, **due: str
) -> Reply:
    """Keep the next reply of a case whose step is already taken, and owe the call-back."""
    if case.time_limit is None or case.responsible_unit is None:
        raise AssertionError("a replied case has a clock and a lead unit")
    case.round += 1
    case.replied_at = at
    case.contacted_at = case.contacted_at or at
    case.callback_due_at = limit_from(case, case.time_limit.callback, at=at)
    case.save()
    reply = Reply(
        case=case,
        round=case.round,
        text=text,
        disposition=disposition,
        by=by,
        unit=case.responsible_unit,
        at=at,
    )
    return tell(
        reply,
        verb,
        case,
        at=at,
        by=by.badge,
        unit=case.responsible_unit.code,
        round=case.round,
        disposition=disposition,
        **due,
    )
