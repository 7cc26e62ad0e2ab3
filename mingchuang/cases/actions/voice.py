"""What the holder of a receipt may do, without an account."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from mingchuang.cases.actions._closing import (
    archive_if_all_are_called,
    end_if_nobody_asks,
    keep_callback,
)
from mingchuang.cases.actions._steps import must_be, remind, take_step
from mingchuang.cases.actions._words import keep_remark
from mingchuang.cases.actions.photos import keep_photos
from mingchuang.cases.errors import WrongStep
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Callback
from mingchuang.cases.models.submission import Remark, Submission
from mingchuang.cases.queries.receipts import submission_for
from mingchuang.cases.rules.closing import Outcome
from mingchuang.cases.rules.life import OPEN, RUNNING, State
from mingchuang.cases.rules.photo import Photo
from mingchuang.cases.rules.said import REQUESTER
from mingchuang.cases.words import STATES, label
from mingchuang.ledger.actions import record


@transaction.atomic
def add_remark(
    number: str, code: str, text: str, *, at: datetime, photos: Iterable[Photo] = ()
) -> Remark:
    """Add words or photos to a submission; an asked-for answer brings the case back to us."""
    submission = _own(number, code)
    case = submission.case
    must_be(case, *OPEN)
    remark = keep_remark(
        submission, text, "submission.remarked", at=at, submission=submission.number
    )
    keep_photos(submission, photos, at=at)
    if case.state == State.NEEDS_INFO:
        take_step(case, "case.supplied")
        case.save(update_fields=["state"])
        record("case.supplied", case.subject, at=at, by=REQUESTER)
    return remark


@transaction.atomic
def remind_case(number: str, code: str, *, at: datetime) -> Case:
    """Chase the case; the unit sees it at once. Once a day is enough."""
    submission = _own(number, code)
    case = submission.case
    must_be(case, *RUNNING, State.PAUSED)
    submission.repeats = True
    submission.save(update_fields=["repeats"])
    return remind(case, REQUESTER, at=at, submission=submission.number)


@transaction.atomic
def say_not_solved(number: str, code: str, text: str, *, at: datetime) -> Case:
    """Say that the answer did not solve it: the case is handled again, the answer is kept."""
    submission = _own(number, code)
    must_be(submission.case, State.REPLIED)
    said = Callback(outcome=Outcome.REACHED, solved=False, text=text)
    keep_callback(said, submission, by=REQUESTER, at=at)
    return submission.case


@transaction.atomic
def say_solved(number: str, code: str, *, satisfied: str, at: datetime) -> Case:
    """Say that it is solved, and how satisfied one is; that spares the call."""
    submission = _own(number, code)
    must_be(submission.case, State.REPLIED)
    said = Callback(outcome=Outcome.REACHED, solved=True, satisfied=satisfied)
    keep_callback(said, submission, by=REQUESTER, at=at)
    return submission.case


@transaction.atomic
def contest_decline(number: str, code: str, text: str, *, at: datetime) -> Case:
    """Object to not being taken on; the office looks at it again."""
    submission = _own(number, code)
    case = submission.case
    take_step(case, "case.contested")
    case.ended_at = None
    case.save(update_fields=["state", "ended_at"])
    keep_remark(submission, text, "case.contested", at=at, by=REQUESTER)
    return case


@transaction.atomic
def withdraw_submission(number: str, code: str, *, at: datetime) -> Case:
    """Take a submission back. The record stays; the case ends if nobody else asked for it."""
    submission = _own(number, code)
    case = submission.case
    must_be(case, *OPEN)
    submission.withdrawn_at = at
    submission.save(update_fields=["withdrawn_at"])
    record("submission.withdrawn", case.subject, at=at, submission=submission.number)
    end_if_nobody_asks(case, at=at)
    archive_if_all_are_called(case, by=REQUESTER, at=at)
    return case


def _own(number: str, code: str) -> Submission:
    """Return the submission of this receipt and lock its case; who took it back is silent."""
    submission = submission_for(number, code, lock=True)
    if submission.withdrawn_at is not None:
        raise WrongStep(state=label(STATES, State.WITHDRAWN))
    return submission
