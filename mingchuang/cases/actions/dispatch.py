"""Who handles it: dispatch, acknowledgement, return within the window, assisting units."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.cases.actions._drafts import acknowledged, dispatched, give_to
from mingchuang.cases.actions._finding import keep_findable
from mingchuang.cases.actions._steps import (
    contact_told,
    limit_from,
    must_be,
    settle,
    take_step,
    tell,
    timing_of,
)
from mingchuang.cases.actions._writing import write
from mingchuang.cases.errors import (
    HandlesAlready,
    HelpsAlready,
    NoHandlerThere,
    NotYourDuty,
    UnitNeeded,
    WindowClosed,
)
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Note, Plea
from mingchuang.cases.queries.desk import case_for, duty_to_decide, plea_for
from mingchuang.cases.queries.handlers import handlers_of
from mingchuang.cases.queries.suggestion import suggestion_for
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.escalation import DISPUTE, RETURNED, return_asked
from mingchuang.cases.rules.life import State
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person, Unit

Facts: TypeAlias = Mapping[str, JSON]


@transaction.atomic
def dispatch_case(
    number: str,
    unit: Unit,
    *,
    by: Person,
    at: datetime,
    assists: Iterable[Unit] = (),
    basis: str = "",
) -> Case:
    """Send the case to the unit that must answer; the first one to receive it stays in charge."""
    case = case_for(by, number, duty=Duty.DISPATCH, lock=True)
    helpers = {helper.path: helper for helper in assists if helper != unit}
    codes = [helpers[path].code for path in sorted(helpers)]
    timing = timing_of(case.intake_unit)
    draft = dispatched(case, unit, timing, assists=codes, basis=basis, by=by, at=at)
    grounds = _grounds(case, unit, basis, by=by, at=at)
    write(replace(draft, facts={**draft.facts, **grounds}))
    case.assists.set(helpers.values())
    keep_findable(case)
    return case


def _grounds(case: Case, unit: Unit, basis: str, *, by: Person, at: datetime) -> Facts:
    """Tell on what grounds this unit was chosen; who names none chose by their own judgement."""
    if not basis:
        return {"grounds": "hand"}
    return suggestion_for(by, case, on=localdate(at)).grounds_for(unit)


@transaction.atomic
def redispatch_case(number: str, unit: Unit, reason: str, *, by: Person, at: datetime) -> Case:
    """Send a case elsewhere that nobody has acknowledged yet; the due day stays."""
    case = case_for(by, number, duty=Duty.DISPATCH, lock=True)
    must_be(case, State.DISPATCHED)
    if unit == case.responsible_unit:
        raise HelpsAlready
    _go_to(case, unit, reason, by=by, at=at)
    return case


@transaction.atomic
def acknowledge_case(number: str, *, by: Person, at: datetime) -> Case:
    """Confirm that the case has arrived and name who handles it."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    write(acknowledged(case, by=by, at=at))
    return case


@transaction.atomic
def assign_case(number: str, to: Person, *, by: Person, at: datetime) -> Case:
    """Name the colleague in the lead unit who handles the case; it stands in their own list."""
    case = case_for(by, number, duty=Duty.ASSIGN, lock=True)
    must_be(case, State.DISPATCHED, State.HANDLING, State.PAUSED)
    if case.responsible_unit is None or to not in handlers_of([case.responsible_unit]):
        raise NoHandlerThere(badge=to.badge)
    if case.handler == to:
        raise HandlesAlready(badge=to.badge)
    case.handler = to
    case.save(update_fields=["handler"])
    record("case.assigned", case.subject, at=at, by=by.badge, handler=to.badge)
    return case


@transaction.atomic
def add_assist(number: str, unit: Unit, *, by: Person, at: datetime) -> Case:
    """Call another unit to help; the lead stays the lead."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    must_be(case, State.DISPATCHED, State.HANDLING)
    if unit == case.responsible_unit or case.assists.contains(unit):
        raise HelpsAlready
    case.assists.add(unit)
    keep_findable(case)
    record("case.assisted", case.subject, at=at, by=by.badge, unit=unit.code)
    return case


@transaction.atomic
def return_case(
    number: str, reason: str, *, by: Person, at: datetime, to: Unit | None = None
) -> Plea:
    """Say “not ours” with a reason, inside the return window; the dispatcher decides, and of a
    case that was returned before the coordinator."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    take_step(case, "case.returned")
    if case.time_limit is not None and case.dispatched_at is not None:
        until = limit_from(case, case.time_limit.return_window, at=case.dispatched_at)
        if at >= until:
            raise WindowClosed(until=f"{until:%m-%d %H:%M}")
    case.save(update_fields=["state"])
    # Sent back to the unit that had it, a case may be returned once more: that is one dispatch.
    newest = case.dispatches.order_by("-pk")[:1].values("pk")
    case.dispatches.filter(pk__in=newest, returned_at__isnull=True).update(returned_at=at)
    what = return_asked(case.pleas.filter(what__in=RETURNED).count())
    plea = Plea(case=case, what=what, reason=reason, unit=to, asked_by=by, asked_at=at)
    tell(plea, "case.returned", case, at=at, by=by.badge, suggests=to.code if to else "")
    if what == DISPUTE:
        record("case.disputed", case.subject, at=at, by=by.badge)
    return plea


@transaction.atomic
def decide_return(
    plea: int, *, granted: bool, decision: str, by: Person, at: datetime, unit: Unit | None = None
) -> Case:
    """Settle a returned case: to another unit, or back to the first with the reason."""
    asked = plea_for(by, plea, duty=duty_to_decide(plea), lock=True)
    case, goes_to = asked.case, asked.case.responsible_unit
    if asked.what not in RETURNED:
        raise NotYourDuty
    settle(asked, granted=granted, by=by, at=at)
    if granted:
        goes_to = unit or asked.unit
    if goes_to is None:
        raise UnitNeeded
    _go_to(case, goes_to, decision, by=by, at=at, granted=granted)
    return case


def _go_to(case: Case, unit: Unit, why: str, *, by: Person, at: datetime, **facts: JSON) -> None:
    """Let `unit` lead from now on; to the unit that had it the clocks go on as they were."""
    take_step(case, "case.redispatched")
    case.handler = None
    if unit != case.responsible_unit:
        give_to(case, unit, timing_of(case.intake_unit), at=at).save()
        case.assists.remove(unit)
        facts |= contact_told(case)
    case.save()
    keep_findable(case)
    note = Note(case=case, text=why, by=by, at=at)
    tell(note, "case.redispatched", case, at=at, by=by.badge, unit=unit.code, **facts)
