"""Who handles it: dispatch, acknowledgement, return within the window, assisting units."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from mingchuang.cases.actions._steps import limit_from, take_step, tell
from mingchuang.cases.errors import NotRedacted, SecondPerson, WindowClosed
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Plea
from mingchuang.cases.queries.desk import case_for, plea_for
from mingchuang.cases.rules.duties import Duty
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person, Unit


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
    if not case.redacted:
        raise NotRedacted
    take_step(case, "case.dispatched")
    helpers = list(assists)
    case.assists.set(helpers)
    facts = _give_to(case, unit, at=at)
    record(
        "case.dispatched",
        case.subject,
        at=at,
        by=by.badge,
        assists=[helper.code for helper in helpers],
        basis=basis,
        **facts,
    )
    return case


def _give_to(case: Case, unit: Unit, *, at: datetime) -> dict[str, str]:
    """Make `unit` lead and first receiver, and start the clock of the first contact."""
    case.responsible_unit = case.first_receiver = unit
    case.handler = None
    case.dispatched_at = at
    if case.time_limit is not None and case.contacted_at is None:
        case.contact_due_at = limit_from(case, case.time_limit.first_contact, at=at)
    case.save()
    return {"unit": unit.code}


@transaction.atomic
def acknowledge_case(number: str, *, by: Person, at: datetime) -> Case:
    """Confirm that the case has arrived and name who handles it."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    take_step(case, "case.acknowledged")
    case.handler = by
    case.save(update_fields=["state", "handler"])
    record("case.acknowledged", case.subject, at=at, by=by.badge)
    return case


@transaction.atomic
def add_assist(number: str, unit: Unit, *, by: Person, at: datetime) -> Case:
    """Call another unit to help; the lead stays the lead."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    case.assists.add(unit)
    record("case.assisted", case.subject, at=at, by=by.badge, unit=unit.code)
    return case


@transaction.atomic
def return_case(
    number: str, reason: str, *, by: Person, at: datetime, to: Unit | None = None
) -> Plea:
    """Say “not ours” with a reason, inside the return window; the dispatcher decides."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    take_step(case, "case.returned")
    if case.time_limit is not None and case.dispatched_at is not None:
        until = limit_from(case, case.time_limit.return_window, at=case.dispatched_at)
        if at >= until:
            raise WindowClosed(until=f"{until:%m-%d %H:%M}")
    case.save(update_fields=["state"])
    plea = Plea(case=case, what="return", reason=reason, unit=to, asked_by=by, asked_at=at)
    return tell(plea, "case.returned", case, at=at, by=by.badge, suggests=to.code if to else "")


@transaction.atomic
def decide_return(
    plea: int, *, granted: bool, decision: str, by: Person, at: datetime, unit: Unit | None = None
) -> Case:
    """Settle a returned case: to another unit, or back to the first with the reason."""
    asked = plea_for(by, plea, duty=Duty.DISPATCH, lock=True)
    if asked.asked_by_id == by.pk:
        raise SecondPerson
    case = asked.case
    take_step(case, "case.redispatched")
    asked.granted, asked.decided_by, asked.decided_at = granted, by, at
    asked.decision = decision
    asked.save(update_fields=["granted", "decided_by", "decided_at", "decision"])
    goes_to = unit if granted and unit else case.responsible_unit
    if goes_to is None:
        raise AssertionError("a returned case has a lead unit")
    record(
        "case.redispatched",
        case.subject,
        at=at,
        by=by.badge,
        granted=granted,
        **_give_to(case, goes_to, at=at),
    )
    return case
