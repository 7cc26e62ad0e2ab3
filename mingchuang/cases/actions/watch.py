"""What the follower does about time: warn, remind, supervise; and a newly loaded calendar."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from mingchuang.cases.actions._steps import due_now, must_be, set_due
from mingchuang.cases.errors import NothingOpen
from mingchuang.cases.models.case import Case
from mingchuang.cases.queries.desk import case_for
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import RUNNING
from mingchuang.cases.rules.watch import Watch
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person

SYSTEM = "system"
SUPERVISE_AFTER = timedelta(days=1)
# Level reached → the verb that tells of it.
LEVELS = {
    Watch.WARNED: "case.warned",
    Watch.REMINDED: "case.reminded",
    Watch.SUPERVISED: "case.supervised",
}


@transaction.atomic
def watch_cases(*, at: datetime, most: int = 200) -> int:
    """Warn at three quarters of the time, remind at the due time, supervise a day later.

    Returns how many cases moved up a level; call again until it returns 0.
    """
    due = (
        Q(watch=Watch.CALM, warn_at__lte=at)
        | Q(watch=Watch.WARNED, due_at__lte=at)
        | Q(watch=Watch.REMINDED, due_at__lte=at - SUPERVISE_AFTER)
    )
    running = Case.objects.filter(due, state__in=RUNNING).order_by("pk")
    cases = list(running.select_for_update(skip_locked=True)[:most])
    for case in cases:
        case.watch = Watch(case.watch + 1)
        case.reminders += case.watch == Watch.REMINDED
        case.save(update_fields=["watch", "reminders"])
        record(LEVELS[case.watch], case.subject, at=at, by=SYSTEM)
    return len(cases)


@transaction.atomic
def supervise_case(number: str, *, by: Person, at: datetime) -> Case:
    """Put a case under supervision: it stands on top of the unit's list until it is answered."""
    case = case_for(by, number, duty=Duty.SUPERVISE, lock=True)
    must_be(case, *RUNNING)
    if case.watch == Watch.SUPERVISED:
        raise NothingOpen
    case.watch = Watch.SUPERVISED
    case.save(update_fields=["watch"])
    record("case.supervised", case.subject, at=at, by=by.badge)
    return case


@transaction.atomic
def recompute_due(pk: int, *, at: datetime) -> bool:
    """Compute one open case's due time under the calendar as loaded now; say if it moved."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("time_limit", "intake_unit")
        .get(pk=pk)
    )
    if case.state not in RUNNING or case.due_at is None:
        return False
    end, _ = due_now(case)
    if (case.due_at, case.provisional) == (end.at, end.provisional):
        return False
    due = set_due(case, "calendar", at=at)
    case.save()
    record("case.due_moved", case.subject, at=at, by=SYSTEM, **due)
    return True
