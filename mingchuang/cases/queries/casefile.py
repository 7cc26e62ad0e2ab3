"""Everything one page shows of a case, cut to what this person may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Callback, DueChange, Plea
from mingchuang.cases.models.submission import Attachment, Remark, Submission
from mingchuang.cases.models.tables import ReplyTemplate
from mingchuang.cases.queries.desk import case_for, duties_of, may_reveal
from mingchuang.cases.queries.receipts import submission_for
from mingchuang.cases.queries.timeline import Told, story_for_staff
from mingchuang.cases.rules.duties import Duty
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of


@dataclass(frozen=True)
class Speaker:
    """One submission as this person may read it."""

    submission: Submission
    may_reveal: bool
    remarks: Sequence[Remark]
    waiting: int
    photos: Sequence[Attachment]
    photos_waiting: Sequence[Attachment]
    calls: Sequence[Callback]

    @property
    def needs_redaction(self) -> bool:
        return self.submission.confidential and self.submission.redacted_at is None


@dataclass(frozen=True)
class CaseFile:
    """One case, opened on the desk."""

    case: Case
    duties: frozenset[Duty]
    speakers: Sequence[Speaker]
    story: Sequence[Told]
    pleas: Sequence[Plea]
    due: DueChange | None
    assists: Sequence[Unit]
    merged: Sequence[Case]
    templates: Sequence[ReplyTemplate]


def case_file(person: Person, number: str) -> CaseFile:
    """Open the case for reading; raises NotFound where this person may not see it."""
    case = case_for(person, number)
    return CaseFile(
        case=case,
        duties=duties_of(person, case),
        speakers=[_heard(person, case, submission) for submission in _submissions(case)],
        story=story_for_staff(case),
        pleas=list(
            case.pleas.filter(granted__isnull=True).select_related("asked_by", "unit", "case")
        ),
        due=case.due_changes.order_by("-pk").first(),
        assists=list(case.assists.all()),
        merged=list(case.merged_cases.all()),
        templates=list(
            ReplyTemplate.objects.filter(unit__in=scope_of(person).units(*scope_of(person).places))
        ),
    )


def _submissions(case: Case) -> "QuerySet[Submission]":
    return (
        case.submissions.select_related("requester", "taken_by")
        .prefetch_related(
            "remarks",
            "attachments",
            Prefetch("callbacks", queryset=Callback.objects.select_related("by").order_by("at")),
        )
        .order_by("at", "pk")
    )


def _heard(person: Person, case: Case, submission: Submission) -> Speaker:
    submission.case = case
    known = may_reveal(scope_of(person), submission)
    remarks = list(submission.remarks.all())
    photos = list(submission.attachments.all())
    readable = [r for r in remarks if known or not submission.confidential or r.redacted_at]
    waiting = [r for r in remarks if submission.confidential and r.redacted_at is None]
    return Speaker(
        submission=submission,
        may_reveal=known,
        remarks=readable,
        waiting=len(waiting),
        photos=[photo for photo in photos if photo.cleared],
        photos_waiting=[photo for photo in photos if not photo.cleared],
        calls=list(submission.callbacks.all()),
    )


def photo_for(person: Person, pk: int) -> Attachment:
    """Return a photo this person may look at; an uncleared one only where it came in."""
    try:
        photo = Attachment.objects.select_related("submission__case").get(pk=pk)
    except Attachment.DoesNotExist:
        raise NotFound from None
    photo.submission.case = case_for(person, photo.submission.case.number)
    if not photo.cleared and not may_reveal(scope_of(person), photo.submission):
        raise NotFound
    return photo


def own_photo(number: str, code: str, pk: int) -> Attachment:
    """Return a photo of one's own submission."""
    photo = submission_for(number, code).attachments.filter(pk=pk).first()
    if photo is None:
        raise NotFound
    return photo
