"""What is to be put right (整改): a case that a room above raises, on a clock of its own."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from mingchuang.cases.actions._drafts import accepted, dispatched
from mingchuang.cases.actions._finding import keep_findable
from mingchuang.cases.actions._steps import limit_of, tell, timing_of
from mingchuang.cases.actions._writing import write
from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Note
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.desk import lock_rows
from mingchuang.cases.rules.said import Said
from mingchuang.hall.rules.kinds import Kind
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person, Unit


@transaction.atomic
def raise_rectification(
    said: Said, unit: Unit, *, intake: Unit, by: Person, at: datetime
) -> Submission:
    """Give a unit something to put right: it lies on its desk at once, and its clock runs.

    Who is to be told, if anybody, is called back by the intake; said in confidence, the unit
    never learns who that is. `by` has looked `said` over: it is what the unit will read. Whether
    they may ask this of the unit is decided by the room that calls.
    """
    said = replace(said, kind=str(Kind.RECTIFY), channel="rectify")
    submission = receive_submission(said, unit=intake, at=at, taken_by=by)
    case = submission.case
    if submission.confidential:
        _looked_over(submission, by=by, at=at)
    timing = timing_of(intake)
    limit = limit_of(case, profile=settings.RECTIFY_PROFILE)
    write(accepted(case, limit, timing, by=by, at=at))
    write(dispatched(case, unit, timing, by=by, at=at))
    keep_findable(case)
    return submission


@transaction.atomic
def tell_rectification(said: Submission, text: str, *, by: Person, at: datetime) -> None:
    """Write down on a rectification that still runs what became of what it comes from; whether
    they may is decided by the room that calls."""
    lock_rows(Case.objects.filter(pk=said.case_id))
    said.refresh_from_db(fields=["case"])
    if said.case.is_open:
        note = Note(case=said.case, text=text, by=by, at=at)
        tell(note, "case.noted", said.case, at=at, by=by.badge)


def _looked_over(submission: Submission, *, by: Person, at: datetime) -> None:
    submission.redacted_at, submission.redacted_by = at, by
    submission.save(update_fields=["redacted_at", "redacted_by"])
    case = submission.case
    case.redacted = True
    record("submission.redacted", case.subject, at=at, by=by.badge, submission=submission.number)
