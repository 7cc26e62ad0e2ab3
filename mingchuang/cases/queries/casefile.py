"""Everything one page shows of a case, cut to what this person may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.counted import Exclusion
from mingchuang.cases.models.steps import Callback, DueChange, Plea, Reply
from mingchuang.cases.models.submission import Attachment, Remark, Submission
from mingchuang.cases.queries.desk import case_for, duties_of, may_reveal
from mingchuang.cases.queries.kin import Kin, Wish, kin_of
from mingchuang.cases.queries.photos import photos_of_the_case
from mingchuang.cases.queries.telling import Told
from mingchuang.cases.queries.timeline import story_for_staff
from mingchuang.cases.queries.waiting import unread
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.emergency import emergency_line
from mingchuang.cases.rules.life import State
from mingchuang.people.models import Person, Requester, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import MAY, May

# How many speakers stand on one page of a case; a mass complaint has hundreds.
SPEAKERS = 20
SEE_NEEDS = [role for role, deeds in MAY.items() if May.SEE_NEEDS in deeds]
UNTOUCHED = {State.RECEIVED, State.NEEDS_INFO}


@dataclass(frozen=True)
class Speaker:
    """One submission as this person may read it; `needs` is who asks, where their needs may
    be seen, and `wish` what they wish to join."""

    submission: Submission
    may_reveal: bool
    needs: Requester | None
    remarks: Sequence[Remark]
    waiting: int
    photos: Sequence[Attachment]
    photos_waiting: Sequence[Attachment]
    calls: Sequence[Callback]
    wish: Wish | None

    @property
    def needs_redaction(self) -> bool:
        said = self.submission
        return said.confidential and said.redacted_at is None and not said.is_erased

    @property
    def may_be_named(self) -> bool:
        """Whether there is still somebody to be shown to whoever may see them: under their name,
        or by a number in what they wrote."""
        return self.may_reveal and (self.submission.names_somebody or self.is_covered)

    @property
    def is_covered(self) -> bool:
        """Whether a number is covered in what they wrote."""
        return self.submission.hides_numbers or any(one.hides_numbers for one in self.remarks)

    @property
    def is_readable(self) -> bool:
        return self.may_reveal or not self.needs_redaction


@dataclass(frozen=True)
class CaseFile:
    """One case, opened on the desk at one page of its speakers."""

    case: Case
    duties: frozenset[Duty]
    page: "Page[Submission]"
    speakers: Sequence[Speaker]
    story: Sequence[Told]
    replies: Sequence[Reply]
    pleas: Sequence[Plea]
    due: DueChange | None
    assists: Sequence[Unit]
    kin: Kin
    exclusions: Sequence[Exclusion]
    is_unread: bool

    @property
    def erasures(self) -> list[Told]:
        """What of the case was erased: when, and on what ground."""
        return [told for told in self.story if told.is_erasure]

    @property
    def has_words(self) -> bool:
        """Whether the newest answer can still be read."""
        return bool(self.replies) and not self.replies[-1].is_erased

    @property
    def newest_is_public(self) -> bool:
        return bool(self.replies) and self.replies[-1].published_at is not None

    @property
    def is_public(self) -> bool:
        return any(reply.published_at for reply in self.replies)

    @property
    def emergency(self) -> str | None:
        """The line to hand on to, where somebody may be in danger and nobody has acted yet."""
        said = " ".join(speaker.submission.text for speaker in self.speakers)
        return emergency_line(said) if self.case.state in UNTOUCHED else None


def case_file(person: Person, number: str, *, page: str | int | None = 1) -> CaseFile:
    """Open the case for reading; raises NotFound where this person may not see it.

    An odd page shows the nearest one.
    """
    case = case_for(person, number)
    prefetch_related_objects([case], Prefetch("replies", Reply.objects.order_by("round")))
    heard = Paginator(_submissions(case), SPEAKERS).get_page(page)
    kin = kin_of(person, case, list(heard))
    return CaseFile(
        case=case,
        duties=duties_of(person, case),
        page=heard,
        speakers=_speakers(person, case, list(heard), kin),
        story=story_for_staff(person, case),
        replies=list(case.replies.all()),
        pleas=list(case.pleas.open().select_related("asked_by", "unit", "case")),
        due=case.due_changes.order_by("-pk").first(),
        assists=list(case.assists.all()),
        kin=kin,
        exclusions=list(case.exclusions.in_force().select_related("approved_by")),
        is_unread=case.state == State.REPLIED
        and Case.objects.filter(unread(), pk=case.pk).exists(),
    )


def _submissions(case: Case) -> "QuerySet[Submission]":
    return (
        case.submissions.select_related("requester", "taken_by")
        .prefetch_related(
            "remarks",
            Prefetch("attachments", queryset=photos_of_the_case()),
            Prefetch("callbacks", queryset=Callback.objects.select_related("by").order_by("at")),
        )
        .order_by("at", "pk")
    )


def _speakers(person: Person, case: Case, said: Sequence[Submission], kin: Kin) -> list[Speaker]:
    """Who may be known, and whose needs may be seen, is one answer for all of a kind."""
    scope = scope_of(person)
    for submission in said:
        submission.case = case
    kinds = {submission.confidential: submission for submission in said}
    known = {hidden: may_reveal(scope, one) for hidden, one in kinds.items()}
    caring = not scope.units(*SEE_NEEDS).isdisjoint({case.intake_unit_id, case.responsible_unit_id})
    return [
        _heard(one, kin.wishes.get(one.pk), known=known[one.confidential], caring=caring)
        for one in said
    ]


def _heard(submission: Submission, wish: Wish | None, *, known: bool, caring: bool) -> Speaker:
    is_open = known or not submission.confidential
    remarks = list(submission.remarks.all())
    photos = [photo for photo in submission.attachments.all() if not photo.is_erased]
    readable = [r for r in remarks if is_open or r.redacted_at]
    unchecked = [r for r in remarks if submission.confidential and r.redacted_at is None]
    waiting = [r for r in unchecked if not r.is_erased]
    return Speaker(
        submission=submission,
        may_reveal=known,
        needs=submission.requester if caring and is_open else None,
        remarks=readable,
        waiting=len(waiting),
        photos=[photo for photo in photos if photo.cleared],
        photos_waiting=[photo for photo in photos if not photo.cleared],
        calls=list(submission.callbacks.all()),
        wish=wish,
    )
