"""The first answer of the office: accept, ask, answer at once, decline, refer."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from mingchuang.cases.actions._drafts import accepted, replied
from mingchuang.cases.actions._steps import (
    limit_of,
    must_be,
    set_due,
    start_clock,
    take_step,
    tell,
    timing_of,
)
from mingchuang.cases.actions._uses import count_uses
from mingchuang.cases.actions._writing import write
from mingchuang.cases.errors import AnotherDecides, NotRedacted, NotYourDuty, TryAgain
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Note, Reply
from mingchuang.cases.queries.batch_ends import must_leave_nobody_waiting
from mingchuang.cases.queries.desk import case_for, duties_of
from mingchuang.cases.rules.closing import ATTEMPTS, may_end_unclear
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import State
from mingchuang.cases.words import EMERGENCY, UNCLEAR
from mingchuang.ledger.queries import entries_of
from mingchuang.people.models import Person


@transaction.atomic
def accept_case(number: str, *, by: Person, at: datetime, profile: str = "") -> Case:
    """Take on the duty to answer. From now on the clock runs and the day is promised."""
    case = case_for(by, number, duty=Duty.RECEIVE, lock=True)
    limit = limit_of(case, profile=profile)
    write(accepted(case, limit, timing_of(case.intake_unit), by=by, at=at))
    return case


@transaction.atomic
def ask_for_more(number: str, question: str, *, by: Person, at: datetime) -> Case:
    """Ask the requester for what is missing; they read the question on their receipt page."""
    case = case_for(by, number, duty=Duty.RECEIVE, lock=True)
    take_step(case, "case.asked")
    case.save(update_fields=["state"])
    tell(Note(case=case, text=question, by=by, at=at), "case.asked", case, at=at, by=by.badge)
    return case


@transaction.atomic
def try_to_reach(number: str, text: str, *, by: Person, at: datetime) -> Note:
    """Write down one more try to hear what is missing; the requester reads that there was one."""
    case = case_for(by, number, duty=Duty.RECEIVE, lock=True)
    must_be(case, State.NEEDS_INFO)
    note = Note(case=case, text=text, is_contact=True, by=by, at=at)
    return tell(note, "case.tried", case, at=at, by=by.badge)


@transaction.atomic
def answer_at_once(
    number: str,
    text: str,
    *,
    disposition: str,
    by: Person,
    at: datetime,
    used: Iterable[str] = (),
) -> Reply:
    """Answer on the spot what needs no other unit; the requester has the answer the same minute.

    `used` names the articles and templates that went into it.
    """
    case = case_for(by, number, duty=Duty.RECEIVE, lock=True)
    if not case.redacted:
        raise NotRedacted
    take_step(case, "case.answered_at_once")
    must_leave_nobody_waiting(case)
    case.responsible_unit = case.first_receiver = case.intake_unit
    start_clock(case, at=at)
    due = set_due(case, "accept", at=at)
    timing = timing_of(case.intake_unit)
    count_uses(used, by=by)
    reply = replied(case, "case.answered_at_once", text, disposition, timing, by=by, at=at, **due)
    return write(reply)


@transaction.atomic
def decline_case(number: str, *, code: str, route: str, by: Person, at: datetime) -> Case:
    """Say that the office may not take this on, why, and where the matter belongs."""
    case = case_for(by, number, duty=Duty.RECEIVE, lock=True)
    _must_be_another(case, by=by)
    if code == UNCLEAR:
        _must_have_tried(case)
    take_step(case, "case.declined")
    case.decline_code, case.route, case.ended_at = code, route, at
    case.save(update_fields=["state", "decline_code", "route", "ended_at"])
    note = Note(case=case, text=route, by=by, at=at)
    tell(note, "case.declined", case, at=at, by=by.badge, reason=code)
    return case


@transaction.atomic
def refer_case(number: str, *, to: str, words: str, by: Person, at: datetime) -> Case:
    """Hand the matter to a body outside; an emergency is shown to the requester at once."""
    case = case_for(by, number, duty=Duty.RECEIVE, lock=True)
    take_step(case, "case.referred")
    case.referred_to, case.route, case.ended_at = to, words, at
    case.save(update_fields=["state", "referred_to", "route", "ended_at"])
    note = Note(case=case, text=words, by=by, at=at)
    tell(note, "case.referred", case, at=at, by=by.badge, to=to, emergency=to in EMERGENCY)
    return case


def _must_have_tried(case: Case) -> None:
    """What is unclear is ended only once who said it was asked, and tried often enough."""
    asked = entries_of(case.subject).filter(verb="case.asked").last()
    tried = entries_of(case.subject).filter(verb="case.tried", pk__gt=asked.pk if asked else 0)
    live = case.submissions.live().select_related("requester")
    tries, reachable = tried.count(), any(said.may_be_called for said in live)
    if not may_end_unclear(reachable=reachable, tries=tries):
        raise TryAgain(most=ATTEMPTS, tries=tries)


def _must_be_another(case: Case, *, by: Person) -> None:
    """An objection is decided by a dispatcher, and not by whoever was objected to."""
    declined = entries_of(case.subject).filter(verb="case.declined").last()
    if declined is None:
        return
    if declined.facts["by"] == by.badge:
        raise AnotherDecides
    if Duty.DISPATCH not in duties_of(by, case):
        raise NotYourDuty
