"""What the follower does about time: warn, remind, supervise, archive; and a new calendar."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from mingchuang.cases.actions._closing import archive, owed_on
from mingchuang.cases.actions._steps import due_now, must_be, remind, set_due
from mingchuang.cases.errors import NothingOpen
from mingchuang.cases.models.case import Case
from mingchuang.cases.queries.desk import case_for
from mingchuang.cases.queries.lists import over_with
from mingchuang.cases.queries.waiting import review_due
from mingchuang.cases.rules.closing import is_called_back
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import RUNNING, State
from mingchuang.cases.rules.watch import SYSTEM, Watch
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person

SUPERVISE_AFTER = timedelta(days=1)
# Level reached → the verb that tells of it.
LEVELS = {
    Watch.WARNED: "case.warned",
    Watch.REMINDED: "case.reminded",
    Watch.SUPERVISED: "case.supervised",
}


@transaction.atomic
def watch_cases(*, at: datetime, most: int = 200) -> int:
    """Warn at three quarters of the time, remind at the due time, supervise a day later; call
    a paused case to mind on the day on which it is to be looked at again.

    Returns how many cases were called to mind; call again until it returns 0.
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
    return len(cases) + _call_reviews(at=at, most=most)


def _call_reviews(*, at: datetime, most: int) -> int:
    """Say once that the review day of a pause has come; it rests on until somebody resumes it."""
    rested = Case.objects.filter(review_due(localdate(at), review_told_at__isnull=True))
    cases = list(rested.order_by("pk").select_for_update(skip_locked=True)[:most])
    for case in cases:
        case.pauses.filter(until__isnull=True).update(review_told_at=at)
        record("case.review_due", case.subject, at=at, by=SYSTEM)
    return len(cases)


@transaction.atomic
def archive_silent_cases(*, at: datetime, most: int = 200) -> int:
    """Archive what was answered when nobody is to be called and the call-back time is over.

    Until then whoever holds the receipt can still say “not solved”. Returns how many cases
    were archived; call again until it returns 0.
    """
    found = over_with(at).select_for_update(skip_locked=True)[:most]
    over = [case for case in found if all(map(is_called_back, owed_on(case).values()))]
    for case in over:
        archive(case, by=SYSTEM, at=at)
    return len(over)


@transaction.atomic
def remind_unit(number: str, *, by: Person, at: datetime) -> Case:
    """Chase the unit that has the case; it sees so at once. Once a day is enough."""
    case = case_for(by, number, duty=Duty.REMIND, lock=True)
    must_be(case, State.DISPATCHED, State.HANDLING, State.PAUSED)
    return remind(case, by.badge, at=at)


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
