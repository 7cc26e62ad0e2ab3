"""What one call-back leads to: a “no” opens the case again, the last “yes” archives it."""

from datetime import datetime

from django.db.models import Prefetch
from django.utils.timezone import localdate

from mingchuang.cases.actions._steps import set_due, start_clock, take_step, tell
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Callback
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.closing import Attempt, Outcome, Owed, may_archive
from mingchuang.ledger.actions import record


def keep_callback(said: Callback, submission: Submission, *, by: str, at: datetime) -> Callback:
    """Keep one attempt and draw its consequence for the case."""
    case = submission.case
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
    elif may_archive(has_reply=case.round > 0, all_owed=list(owed_on(case).values())):
        archive(case, by=by, at=at)
    return said


def owed_on(case: Case) -> dict[str, Owed]:
    """Return what each live submission of the case is owed since the newest reply."""
    newest = Callback.objects.filter(round=case.round).order_by("at")
    live = case.submissions.filter(withdrawn_at__isnull=True).prefetch_related(
        Prefetch("callbacks", queryset=newest, to_attr="newest")
    )
    return {
        submission.number: Owed(
            submission.reachable,
            [
                Attempt(localdate(call.at), Outcome(call.outcome), call.solved)
                for call in submission.newest
            ],
        )
        for submission in live
    }


def archive(case: Case, *, by: str, at: datetime) -> None:
    """Close the record: read-only from here."""
    take_step(case, "case.archived")
    case.archived_at = at
    case.save(update_fields=["state", "archived_at"])
    record("case.archived", case.subject, at=at, by=by)


def _reopen(case: Case, *, by: str, at: datetime) -> None:
    take_step(case, "case.reopened")
    start_clock(case, at=at)
    due = set_due(case, "reopen", at=at)
    case.callback_due_at = None
    case.save()
    record("case.reopened", case.subject, at=at, by=by, **due)
