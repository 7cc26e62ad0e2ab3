"""Working on a case: first contact, notes, the reply, and whether the public may read it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions._drafts import published, replied
from mingchuang.cases.actions._finding import keep_answers_findable
from mingchuang.cases.actions._steps import must_be, take_step, tell, timing_of
from mingchuang.cases.actions._uses import count_uses
from mingchuang.cases.actions._writing import write
from mingchuang.cases.errors import NothingOpen, NotPublic
from mingchuang.cases.models.steps import Note, Reply
from mingchuang.cases.queries.batch_ends import must_leave_nobody_waiting
from mingchuang.cases.queries.desk import case_for
from mingchuang.cases.queries.findable import ANSWERS
from mingchuang.cases.queries.publishing import draft_for_all, newest_reply
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import OPEN, RUNNING
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person


@transaction.atomic
def write_note(number: str, text: str, *, by: Person, at: datetime) -> Note:
    """Write down what was found or done; colleagues on the case can read it."""
    case = case_for(by, number, duty=Duty.NOTE, lock=True)
    must_be(case, *OPEN)
    note = Note(case=case, text=text, by=by, at=at)
    return tell(note, "case.noted", case, at=at, by=by.badge)


@transaction.atomic
def contact_requester(number: str, text: str, *, by: Person, at: datetime) -> Note:
    """Write down that the requester was contacted; the first time counts as first contact."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    must_be(case, *RUNNING)
    case.contacted_at = case.contacted_at or at
    case.save(update_fields=["contacted_at"])
    note = Note(case=case, text=text, is_contact=True, by=by, at=at)
    return tell(note, "case.contacted", case, at=at, by=by.badge)


@transaction.atomic
def reply_to_case(
    number: str,
    text: str,
    *,
    disposition: str,
    by: Person,
    at: datetime,
    used: Iterable[str] = (),
) -> Reply:
    """Give every requester of the case our answer; earlier answers stay as they were.

    `used` names the articles and templates that went into it.
    """
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    take_step(case, "case.replied")
    must_leave_nobody_waiting(case)
    case.pleas.open().filter(what__in=["extend", "pause"]).update(dropped_at=at)
    timing = timing_of(case.intake_unit)
    count_uses(used, by=by)
    return write(replied(case, "case.replied", text, disposition, timing, by=by, at=at))


@transaction.atomic
def publish_reply(number: str, headline: str, *, by: Person, at: datetime, text: str = "") -> Reply:
    """Let everybody read the newest answer, in words and under a headline that name nobody.

    Without `text` it is the answer, its names, phones and house numbers covered by machine.
    """
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    if case.confidential:
        raise NotPublic
    reply = newest_reply(case)
    if reply is None:
        raise NotFound
    reply.published_text = text or draft_for_all(reply)
    write(published(reply, headline, by=by, at=at))
    reply.save(update_fields=["headline", "published_text", "published_at"])
    keep_answers_findable([reply])
    return reply


@transaction.atomic
def unpublish_reply(number: str, *, by: Person, at: datetime) -> None:
    """Take the answers of a case off the public page; the record of it stays."""
    case = case_for(by, number, duty=Duty.HANDLE, lock=True)
    public = list(case.replies.filter(published_at__isnull=False))
    if not case.replies.filter(published_at__isnull=False).update(published_at=None):
        raise NothingOpen
    ANSWERS.remove(reply.pk for reply in public)
    record("reply.unpublished", case.subject, at=at, by=by.badge)
