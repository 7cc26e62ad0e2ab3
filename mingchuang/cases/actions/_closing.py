"""What one call-back leads to: a “no” opens the case again, the last “yes” archives it."""

from collections import defaultdict
from datetime import datetime

from django.utils.timezone import localdate

from mingchuang.cases.actions._steps import set_due, start_clock, take_step, tell
from mingchuang.cases.actions._words import keep_remark
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Callback
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.closing import Call, Outcome, Owed, is_settled
from mingchuang.cases.rules.escalation import is_supervised_from
from mingchuang.cases.rules.life import State
from mingchuang.cases.rules.said import REQUESTER
from mingchuang.cases.rules.watch import SYSTEM, Watch
from mingchuang.ledger.actions import record


def keep_callback(said: Callback, submission: Submission, *, by: str, at: datetime) -> Callback:
    """Keep one attempt and draw its consequence for the case."""
    case = submission.case
    if submission.confidential and said.text:
        keep_remark(
            submission, said.text, "submission.remarked", at=at, submission=submission.number
        )
        said.text = ""
    said.case, said.submission, said.round, said.at = case, submission, case.round, at
    tell(
        said,
        "callback.recorded",
        case,
        at=at,
        by=by,
        submission=submission.number,
        outcome=str(said.outcome),
        solved=said.solved,
        satisfied=said.satisfied,
    )
    if said.solved is False:
        _reopen(case, by=by, at=at)
    else:
        archive_if_all_are_called(case, by=by, at=at)
    return said


def archive_if_all_are_called(case: Case, *, by: str, at: datetime) -> None:
    """Archive an answered case as soon as everybody was called or has spoken by themselves.

    Who left no number and is silent has until the end of the call-back time.
    """
    if case.state == State.REPLIED and all(map(is_settled, owed_on(case).values())):
        archive(case, by=by, at=at)


def owed_on(case: Case) -> dict[str, Owed]:
    """Return what each live submission of the case is owed since the newest reply."""
    calls: dict[int, list[Call]] = defaultdict(list)
    for call in Callback.objects.filter(case=case, round=case.round).order_by("at"):
        made = Call(localdate(call.at), Outcome(call.outcome), call.solved)
        calls[call.submission_id].append(made)
    live = case.submissions.live().select_related("requester")
    return {said.number: Owed(said.may_be_called, calls[said.pk]) for said in live}


def archive(case: Case, *, by: str, at: datetime) -> None:
    """Close the record: read-only from here."""
    take_step(case, "case.archived")
    case.ended_at = at
    case.save(update_fields=["state", "ended_at"])
    record("case.archived", case.subject, at=at, by=by)


def end_if_nobody_asks(case: Case, *, at: datetime) -> None:
    """End a case whose every requester took their submission back."""
    if not case.submissions.live().exists():
        take_step(case, "case.withdrawn")
        case.stopped_at, case.ended_at = case.stopped_at or at, at
        case.save(update_fields=["state", "stopped_at", "ended_at"])
        record("case.withdrawn", case.subject, at=at, by=REQUESTER)


def _reopen(case: Case, *, by: str, at: datetime) -> None:
    """Handle it again; what was answered on the spot has no handler and is to be dispatched."""
    verb = "case.reopened" if case.handler_id else "case.reaccepted"
    take_step(case, verb)
    if not case.handler_id:
        case.responsible_unit = case.first_receiver = None
    case.replies.filter(round=case.round).update(reopened_at=at)
    start_clock(case, at=at)
    due = set_due(case, "reopen", at=at)
    case.callback_due_at = None
    case.save()
    record(verb, case.subject, at=at, by=by, **due)
    _supervise_what_fails(case, at=at)


def _supervise_what_fails(case: Case, *, at: datetime) -> None:
    """Put a case under supervision by itself once two answers did not help."""
    times = case.replies.filter(reopened_at__isnull=False).count()
    if is_supervised_from(times) and case.watch < Watch.SUPERVISED:
        case.watch = Watch.SUPERVISED
        case.save(update_fields=["watch"])
        record("case.supervised", case.subject, at=at, by=SYSTEM, not_solved=times)
