"""What the holder of a receipt may see: no account, a number and a code."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from mingchuang.base.numbers import as_typed
from mingchuang.cases.errors import CodeRenewed, WrongReceipt
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import DueChange
from mingchuang.cases.models.submission import Attachment, Submission
from mingchuang.cases.queries.desk import is_still_in
from mingchuang.cases.queries.telling import Told
from mingchuang.cases.queries.timeline import story_for
from mingchuang.cases.rules.emergency import emergency_line
from mingchuang.cases.rules.said import number_typed, receipt_code
from mingchuang.people.keyring import index_key

SHOWN = ("case__responsible_unit", "case__batch", "entry")


def code_of(submission: Submission) -> str:
    """Return the secret half of the receipt, for its holder."""
    return receipt_code(index_key(), submission.key, submission.renewed)


def submission_for(number: str, code: str, *, lock: bool = False) -> Submission:
    """Return the submission if number and code fit; lock its case if it will be changed.

    A wrong number and a wrong code get the same sentence and the same work. Who holds a code
    that was renewed since is told so.
    """
    numbered = Submission.objects.filter(number=number_typed(number))
    row = numbered.values_list("pk", "key", "renewed").first()
    pk, key, renewed = row or (None, "", 0)
    if not _fits(code, key, renewed) or pk is None:
        if any(_fits(code, key, before) for before in range(renewed)):
            raise CodeRenewed
        raise WrongReceipt
    found = Submission.objects.select_related(*SHOWN).get(pk=pk)
    while lock:
        case = Case.objects.select_for_update().get(pk=found.case_id)
        if is_still_in(case, found):
            found.case = case
            break
    return found


def _fits(code: str, key: str, renewed: int) -> bool:
    right = receipt_code(index_key(), key, renewed)
    return hmac.compare_digest(as_typed(right), as_typed(code))


def title_of(submission: Submission) -> str:
    """Return what the matter is called on the receipt: never in the words of a neighbour."""
    if submission.number == submission.case.number:
        return submission.case.title
    return Case.objects.numbered(submission.number).get().title


@dataclass(frozen=True)
class Receipt:
    """What the receipt page shows: the story, the promise, the proof."""

    submission: Submission
    case: Case
    title: str
    story: Sequence[Told]
    due: DueChange | None
    photos: Sequence[Attachment]
    emergency: str | None
    sealed_index: int | None

    @property
    def has_list(self) -> bool:
        """Whether this receipt opens a list of many people, too."""
        return hasattr(self.case, "batch") and self.case.number == self.submission.number

    @property
    def list_promise(self) -> date | None:
        """The day by which everybody on the list is promised to be done, while anybody waits and
        it holds for all: the page of the list tells when it did not."""
        day = self.case.batch.promised_on if self.has_list else None
        if day is None or day < localdate():
            return None
        waiting = self.case.batch.people.to_do().order_by()
        days = set(waiting.values_list("planned_on", flat=True).distinct())
        return day if days and None not in days else None

    @property
    def erasures(self) -> list[Told]:
        """What was erased: when, and on what ground."""
        return [told for told in self.story if told.is_erasure]


def receipt_of(submission: Submission) -> Receipt:
    case = submission.case
    return Receipt(
        submission=submission,
        case=case,
        title=title_of(submission),
        story=story_for(submission),
        due=case.due_changes.order_by("-pk").first(),
        photos=list(submission.attachments.exclude(salt=b"").order_by("pk")),
        emergency=emergency_line(submission.original or submission.text),
        sealed_index=submission.entry.index,
    )
