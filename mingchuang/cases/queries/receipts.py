"""What the holder of a receipt may see: no account, a number and a code."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from mingchuang.base.numbers import as_typed
from mingchuang.cases.errors import WrongReceipt
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import DueChange
from mingchuang.cases.models.submission import Attachment, Submission
from mingchuang.cases.queries.timeline import Told, story_for
from mingchuang.cases.rules.emergency import emergency_line
from mingchuang.cases.rules.said import number_typed, receipt_code
from mingchuang.people.keyring import index_key


def code_of(submission: Submission) -> str:
    """Return the secret half of the receipt, for its holder."""
    return receipt_code(index_key(), submission.key)


def submission_for(number: str, code: str, *, lock: bool = False) -> Submission:
    """Return the submission if number and code fit; lock its case if it will be changed.

    A wrong number and a wrong code get the same sentence and the same work.
    """
    found = (
        Submission.objects.select_related("case__responsible_unit", "requester", "entry")
        .filter(number=number_typed(number))
        .first()
    )
    expected = code_of(found) if found else receipt_code(index_key(), "")
    fits = hmac.compare_digest(as_typed(expected), as_typed(code))
    if found is None or not fits:
        raise WrongReceipt
    if lock:
        found.case = Case.objects.select_for_update().get(pk=found.case_id)
        # Whoever held the lock before may have taken it back.
        found.refresh_from_db(fields=["withdrawn_at"])
    return found


@dataclass(frozen=True)
class Receipt:
    """What the receipt page shows: the story, the promise, the proof."""

    submission: Submission
    case: Case
    story: Sequence[Told]
    due: DueChange | None
    photos: Sequence[Attachment]
    emergency: str | None
    sealed_index: int | None


def receipt_of(submission: Submission) -> Receipt:
    case = submission.case
    return Receipt(
        submission=submission,
        case=case,
        story=story_for(submission),
        due=case.due_changes.order_by("-pk").first(),
        photos=list(submission.attachments.all()),
        emergency=emergency_line(submission.original or submission.text),
        sealed_index=submission.entry.index,
    )
