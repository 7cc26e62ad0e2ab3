"""Duplicates joined under one case, and parted again exactly (promises P2, P16)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingchuang.cases.actions._closing import end_if_nobody_asks
from mingchuang.cases.actions._finding import keep_findable
from mingchuang.cases.actions._steps import count_reminder, must_be, take_step
from mingchuang.cases.actions.watch import recompute_due
from mingchuang.cases.errors import (
    AnsweredAlready,
    AnsweredInConfidence,
    AnsweredTogether,
    CannotUnmerge,
    NotRedacted,
    OtherPerson,
    PromisedEarlier,
    SameCase,
    WrongStep,
)
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Merge
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.batch_ends import must_stand_together
from mingchuang.cases.queries.desk import case_for, lock_rows
from mingchuang.cases.queries.leading import may_lead
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import OPEN, WAITING, State
from mingchuang.cases.rules.said import REQUESTER
from mingchuang.cases.rules.timing import keeps_promise
from mingchuang.cases.words import STATES, label
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


@transaction.atomic
def merge_case(number: str, into: str, *, by: Person, at: datetime) -> Case:
    """Join a case to the one that is already handled; every requester keeps their receipt,
    gets the answer and is called back.

    Refused where that answer was given already: nobody is left with words written to others.
    """
    case, master = _both(number, into, by=by)
    people = case.submissions.count()
    _join(Merge(case=case, master=master, state=case.state, by=by, at=at), people=people)
    return master


@transaction.atomic
def join_as_reminder(number: str, into: str, *, by: Person, at: datetime) -> Case:
    """Join what the same person said again to their case, and count it as a reminder there."""
    case, master = _both(number, into, by=by)
    said = _phones(case)
    if not said or not said <= _phones(master) - {""}:
        raise OtherPerson(number=case.number, master=master.number)
    merge = Merge(case=case, master=master, state=case.state, reminded=True, by=by, at=at)
    _join(merge, people=0)
    facts: dict[str, JSON] = {"confirmed_by": by.badge, "submission": case.number}
    count_reminder(master, REQUESTER, at=at, **facts)
    return master


def _phones(case: Case) -> set[str]:
    """Return by whom the words of a case came, as blind indexes; of those in confidence as of
    those without a phone nothing: whose they are is not found out by joining."""
    words = case.submissions.live().values_list("confidential", "requester__phone_index")
    return {"" if hidden else phone or "" for hidden, phone in words}


def _join(merge: Merge, *, people: int) -> None:
    """Move every submission to the master, and tell both cases; `people` is how many are new."""
    case, master, at, by = merge.case, merge.master, merge.at, merge.by.badge
    if case.pk == master.pk:
        raise SameCase
    must_stand_together(case, master)
    must_be(master, *OPEN)
    _must_await_an_answer(master, case)
    if not case.redacted:
        raise NotRedacted
    owed = case.due_at if case.state in WAITING else None
    if not keeps_promise(owed, master.due_at):
        raise PromisedEarlier(number=case.number, master=master.number)
    take_step(case, "case.merged")
    case.master, case.stopped_at = master, case.stopped_at or at
    case.save(update_fields=["state", "master", "stopped_at"])
    merge.save()
    moved = list(case.submissions.all())
    merge.moved.set(moved)
    case.submissions.update(case=master, repeats=True)
    _settle_secrecy(master)
    keep_findable(case, master)
    numbers = [submission.number for submission in moved]
    record("case.merged", case.subject, at=at, by=by, master=master.number, submissions=numbers)
    record("case.joined", master.subject, at=at, by=by, case=case.number, people=people)


def _must_await_an_answer(master: Case, case: Case) -> None:
    """Refuse where who joins would get no answer of their own, and where what was written in
    confidence stands already."""
    if not may_lead(master):
        why = AnsweredInConfidence if master.state in WAITING else AnsweredAlready
        raise why(number=case.number, master=master.number)


@transaction.atomic
def unmerge_case(number: str, *, by: Person, at: datetime) -> Case:
    """Part what was joined: the case is again what it was, with its own requesters."""
    joined = case_for(by, number, duty=Duty.DISPATCH)
    if joined.master is None:
        raise WrongStep(state=label(STATES, joined.state))
    case, master = _both(number, joined.master.number, by=by)
    merge = Merge.objects.filter(case=case, master=master, undone_at__isnull=True).first()
    if merge is None:
        raise WrongStep(state=label(STATES, case.state))
    moved = list(merge.moved.all())
    if not master.is_open or any(submission.case_id != master.pk for submission in moved):
        raise CannotUnmerge
    if master.replied_at is not None and master.replied_at > merge.at:
        raise AnsweredTogether
    merge.undone_at = at
    merge.save(update_fields=["undone_at"])
    merge.moved.update(case=case)
    if merge.reminded:
        master.reminders -= 1
        master.save(update_fields=["reminders"])
    _say_who_repeats(moved, case, master)
    case.state, case.master = State(merge.state), None
    case.stopped_at = case.pauses.filter(until__isnull=True).values_list("since", flat=True).first()
    case.save(update_fields=["state", "master", "stopped_at"])
    record("case.unmerged", case.subject, at=at, by=by.badge, state=case.state)
    record("case.parted", master.subject, at=at, by=by.badge, case=case.number)
    for parted in (case, master):
        _settle_secrecy(parted)
        end_if_nobody_asks(parted, at=at)
    keep_findable(case, master)
    recompute_due(case.pk, at=at)
    case.refresh_from_db()
    return case


def _say_who_repeats(moved: Sequence[Submission], *cases: Case) -> None:
    """Of parted submissions those still repeat that are joined elsewhere or were chased."""
    chased = Entry.objects.filter(
        subject__in=[case.subject for case in cases], verb="case.reminded"
    ).values_list("facts", flat=True)
    # The reminder that a joining counted is parted with it.
    named = {str(facts.get("submission")) for facts in chased if "confirmed_by" not in facts}
    joined = set(
        Merge.objects.filter(undone_at=None, moved__in=moved).values_list("moved", flat=True)
    )
    alone = [one.pk for one in moved if one.pk not in joined and one.number not in named]
    Submission.objects.filter(pk__in=alone).update(repeats=False)


def _settle_secrecy(case: Case) -> None:
    """A case is as confidential as the words in it."""
    case.confidential = case.submissions.filter(confidential=True).exists()
    case.redacted = not case.submissions.unredacted().exists()
    case.save(update_fields=["confidential", "redacted"])


def _both(number: str, into: str, *, by: Person) -> tuple[Case, Case]:
    """Lock both cases in one order, so that two crossing merges cannot wait for each other."""
    seen = [case_for(by, one, duty=Duty.DISPATCH) for one in (number, into)]
    lock_rows(Case.objects.filter(pk__in=[case.pk for case in seen]))
    case, master = (case_for(by, one.number, duty=Duty.DISPATCH, lock=True) for one in seen)
    return case, master
