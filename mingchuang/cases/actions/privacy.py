"""Confidential words: looked over by a person before any unit sees them, every look recorded."""

from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions._finding import keep_findable
from mingchuang.cases.actions._steps import must_be
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.submission import Attachment, Remark, Submission
from mingchuang.cases.queries.desk import case_for, may_reveal, submission_in
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import OPEN
from mingchuang.ledger.actions import record
from mingchuang.people.actions.requesters import reveal_requester
from mingchuang.people.errors import ReasonNeeded
from mingchuang.people.models import Person, Requester
from mingchuang.people.queries import scope_of
from mingchuang.people.words import REVEAL_REASONS


@transaction.atomic
def redact_submission(
    number: str, *, title: str, place: str, text: str, by: Person, at: datetime
) -> Submission:
    """Settle the copy that the unit will read, after a person has looked for what gives away."""
    submission = _may_be_known(number, duty=Duty.DISPATCH, by=by)
    if not submission.confidential or submission.is_erased:
        raise NotFound
    submission.text, submission.redacted_at, submission.redacted_by = text, at, by
    submission.save(update_fields=["text", "redacted_at", "redacted_by"])
    case = submission.case
    if submission.number == case.number:
        case.title, case.place = title, place
    case.redacted = not case.submissions.unredacted().exists()
    case.save(update_fields=["title", "place", "redacted"])
    keep_findable(case)
    record("submission.redacted", case.subject, at=at, by=by.badge, submission=submission.number)
    return submission


@transaction.atomic
def redact_remark(number: str, remark: int, text: str, *, by: Person, at: datetime) -> Remark:
    """Settle the copy of a later remark that the unit will read."""
    submission = _may_be_known(number, duty=Duty.DISPATCH, by=by)
    found = submission.remarks.filter(pk=remark).first()
    if found is None or not found.original or found.is_erased:
        raise NotFound
    found.text, found.redacted_at, found.redacted_by = text, at, by
    found.save(update_fields=["text", "redacted_at", "redacted_by"])
    keep_findable(submission.case)
    record(
        "remark.redacted", submission.case.subject, at=at, by=by.badge, submission=submission.number
    )
    return found


@transaction.atomic
def clear_photo(number: str, photo: int, *, by: Person, at: datetime) -> Attachment:
    """Let the unit see a photo of a confidential submission, after looking at it."""
    submission = _may_be_known(number, duty=Duty.DISPATCH, by=by)
    found = submission.attachments.filter(pk=photo).first()
    if found is None or found.is_erased:
        raise NotFound
    found.cleared = True
    found.save(update_fields=["cleared"])
    record(
        "photo.cleared", submission.case.subject, at=at, by=by.badge, submission=submission.number
    )
    return found


@transaction.atomic
def read_original(number: str, *, reason: str, by: Person, at: datetime) -> Submission:
    """Show the sealed original of a confidential submission; the look itself is recorded."""
    submission = _may_be_known(number, by=by)
    record(
        "submission.original_read",
        submission.case.subject,
        at=at,
        by=by.badge,
        submission=submission.number,
        reason=reason,
    )
    return submission


@transaction.atomic
def reveal_identity(number: str, *, reason: str, by: Person, at: datetime) -> Requester:
    """Show who is behind a submission to somebody whose task needs it; recorded each time."""
    submission = _may_be_known(number, by=by)
    if submission.requester is None or submission.requester.is_erased:
        raise NotFound
    reveal_requester(
        submission.requester, subject=submission.case.subject, reason=reason, by=by, at=at
    )
    return submission.requester


@transaction.atomic
def look_behind(number: str, *, reason: str, by: Person, at: datetime) -> Submission:
    """Show who is behind a submission, and the numbers that are covered in its words; where nobody
    left a name or phone, the words alone. Recorded each time."""
    if reason not in REVEAL_REASONS:
        raise ReasonNeeded
    submission = _may_be_known(number, by=by)
    if submission.names_somebody:
        reveal_identity(number, reason=reason, by=by, at=at)
    elif submission.hides_numbers or any(one.hides_numbers for one in submission.remarks.all()):
        read_original(number, reason=reason, by=by, at=at)
    else:
        raise NotFound
    return submission


def _may_be_known(number: str, *, by: Person, duty: Duty = Duty.READ) -> Submission:
    """Return the submission if this person may know who speaks; else it does not exist (P14)."""
    submission = submission_in(by, number, duty=duty, lock=True)
    if not may_reveal(scope_of(by), submission):
        raise NotFound
    return submission


@transaction.atomic
def retitle_case(
    number: str, *, title: str, place: str, by: Person, at: datetime, area: str | None = None
) -> Case:
    """Give the case a title, place and area that colleagues understand at a glance."""
    case = case_for(by, number, duty=Duty.DISPATCH, lock=True)
    must_be(case, *OPEN)
    case.title, case.place = title, place
    case.area = case.area if area is None else area
    case.save(update_fields=["title", "place", "area"])
    keep_findable(case)
    record("case.retitled", case.subject, at=at, by=by.badge, area=case.area)
    return case
