"""Working on a case: first contact, notes, the reply, and whether the public may read it."""

from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions._steps import give_reply, take_step, tell
from mingchuang.cases.errors import NotPublic, WrongStep
from mingchuang.cases.models.steps import Note, Reply
from mingchuang.cases.queries.desk import case_for
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import RUNNING
from mingchuang.cases.words import STATES, label
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person


@transaction.atomic
def write_note(number: str, text: str, *, by: Person, at: datetime) -> Note:
    """Write down what was found or done; colleagues on the case can read it."""
    case = case_for(by, number, duty=Duty.NOTE, lock=True)
    note = Note(case=case, text=text, by=by, at=at)
    return tell(note, "case.noted", case, at=at, by=by.badge)


@transaction.atomic
def contact_requester(number: str, text: str, *, by: Person, at: datetime) -> Note:
    """Write down that the requester was contacted; the first time counts as first contact."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    if case.state not in RUNNING:
        raise WrongStep(state=label(STATES, case.state))
    case.contacted_at = case.contacted_at or at
    case.save(update_fields=["contacted_at"])
    note = Note(case=case, text=text, is_contact=True, by=by, at=at)
    return tell(note, "case.contacted", case, at=at, by=by.badge)


@transaction.atomic
def reply_to_case(number: str, text: str, *, disposition: str, by: Person, at: datetime) -> Reply:
    """Give every requester of the case our answer; earlier answers stay as they were."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    take_step(case, "case.replied")
    return give_reply(case, "case.replied", text, disposition, by=by, at=at)


@transaction.atomic
def publish_reply(number: str, headline: str, *, by: Person, at: datetime) -> Reply:
    """Let everybody read the newest answer under a headline that names nobody."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    if case.confidential or case.submissions.filter(confidential=True).exists():
        raise NotPublic
    reply = case.replies.order_by("-round").first()
    if reply is None:
        raise NotFound
    reply.headline, reply.published_at = headline, at
    reply.save(update_fields=["headline", "published_at"])
    record("reply.published", case.subject, at=at, by=by.badge, round=reply.round)
    return reply


@transaction.atomic
def unpublish_reply(number: str, *, by: Person, at: datetime) -> None:
    """Take the answers of a case off the public page; the record of it stays."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    case.replies.update(published_at=None)
    record("reply.unpublished", case.subject, at=at, by=by.badge)
