"""Asking people afterwards: solved? satisfied? Two questions, never one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mingchuang.cases.actions._closing import archive, keep_callback, owed_on
from mingchuang.cases.actions._steps import must_be
from mingchuang.cases.errors import MayStillSpeak, NotAnsweredYet, NotWanted, WrongStep
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Callback
from mingchuang.cases.queries.desk import case_for, submission_in
from mingchuang.cases.rules.closing import is_called_back, is_settled, may_archive
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import State
from mingchuang.cases.words import STATES, label
from mingchuang.hall.words.times import due_words
from mingchuang.people.models import Person


@transaction.atomic
def record_callback(
    number: str,
    *,
    outcome: str,
    by: Person,
    at: datetime,
    solved: bool | None = None,
    satisfied: str = "",
    text: str = "",
) -> Callback:
    """Keep one attempt to call a requester back. “Not solved” opens the case again."""
    submission = submission_in(by, number, duty=Duty.CALL_BACK, lock=True)
    must_be(submission.case, State.REPLIED)
    if submission.withdrawn_at is not None:
        raise WrongStep(state=label(STATES, State.WITHDRAWN))
    if not submission.may_be_called:
        raise NotWanted
    said = Callback(outcome=outcome, solved=solved, satisfied=satisfied, text=text)
    said.by = by
    return keep_callback(said, submission, by=by.badge, at=at)


@transaction.atomic
def archive_case(number: str, *, by: Person, at: datetime) -> Case:
    """Close a case on which nobody is owed anything any more (promise P3)."""
    case = case_for(by, number, duty=Duty.CALL_BACK, lock=True)
    owed = owed_on(case)
    if case.state == State.REPLIED and not may_archive(
        has_reply=case.round > 0, all_owed=list(owed.values())
    ):
        waiting = [name for name, still in owed.items() if not is_called_back(still)]
        raise NotAnsweredYet(who=_("、").join(waiting))
    silent = not all(map(is_settled, owed.values()))
    if silent and case.callback_due_at is not None and at < case.callback_due_at:
        raise MayStillSpeak(until=due_words(case.callback_due_at))
    archive(case, by=by.badge, at=at)
    return case
