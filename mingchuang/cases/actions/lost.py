"""What people lost: reported from the phone, looked for, told, and forgotten when it is over."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.base.locks import wait_for_turn
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.cases.actions._things import next_number, search_step
from mingchuang.cases.found_errors import (
    AddedEnough,
    LostInTheFuture,
    ReportedEnough,
    WrongSearchStep,
)
from mingchuang.cases.found_words import SEARCHES
from mingchuang.cases.models.lost import LostItem
from mingchuang.cases.queries.found import item_for
from mingchuang.cases.queries.lost import (
    lost_of,
    may_know_loser,
    old_reports,
    report_for,
    searched_under,
)
from mingchuang.cases.rules.lost import (
    MOST_ADDED,
    Lost,
    Search,
    may_step,
    times_added,
    with_more,
)
from mingchuang.cases.words import label
from mingchuang.hall.models import Site
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import new_salt
from mingchuang.people.actions.requesters import add_requester, erase_requester
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person, Requester

LETTERS = "BS"
# Under one phone so many at a time.
MOST_AT_A_TIME = 5
# So many old reports are ended at one look.
SOME = 100


@sent_twice_taken_once
@transaction.atomic
def report_lost(said: Lost, *, site: Site | None, key: str, at: datetime) -> LostItem:
    """Write down what somebody lost and let them have a number and a code. Sent twice with one key,
    it is one report."""
    if earlier := LostItem.objects.filter(key=key).first():
        return earlier
    if said.lost_on > localdate(at):
        raise LostInTheFuture
    if said.phone:
        wait_for_turn(f"lost:{phone_index(said.phone)}")
        if searched_under(said.phone) >= MOST_AT_A_TIME:
            raise ReportedEnough(most=MOST_AT_A_TIME)
    has_left = said.name or said.phone
    lost = LostItem(
        number=next_number(LostItem, LETTERS, at=at),
        key=key,
        site=site,
        kind=said.kind,
        lost_on=said.lost_on,
        place=said.place,
        description=said.description,
        requester=add_requester(name=said.name, phone=said.phone, at=at) if has_left else None,
        state=Search.SEARCHING,
        at=at,
    )
    told = {"kind": said.kind, "day": said.lost_on.isoformat(), "site": site.code if site else ""}
    lost.entry = record("lost.reported", lost.subject, at=at, digest=lost.digest, **told)
    lost.save()
    return lost


@transaction.atomic
def match_report(number: str, found: str, *, by: Person, at: datetime) -> LostItem:
    """Tell the loser that something may be theirs: their page says where to come for it, or where
    it was handed over to."""
    item = item_for(by, found, lock=True)
    lost = report_for(by, number, lock=True)
    if not item.may_be_asked_for:
        raise NotFound
    lost.match = item
    return search_step(lost, "lost.matched", at=at, found=item.number, by=by.badge)


@transaction.atomic
def part_report(number: str, *, by: Person, at: datetime) -> LostItem:
    """Say that it was not their thing after all: it is looked for again."""
    lost = report_for(by, number, lock=True)
    was = lost.match.number if lost.match else ""
    lost.match = None
    return search_step(lost, "lost.told_apart", at=at, found=was, by=by.badge)


@transaction.atomic
def add_to_report(number: str, code: str, more: str, *, at: datetime) -> LostItem:
    """Let whoever lost it say what they remembered later: it stands below, with its day, and is
    compared with the rest."""
    lost = lost_of(number, code, lock=True)
    if not may_step(Search(lost.state), "lost.completed"):
        raise WrongSearchStep(state=label(SEARCHES, lost.state))
    if times_added(lost.description) >= MOST_ADDED:
        raise AddedEnough(most=MOST_ADDED)
    lost.description = with_more(lost.description, more, localdate(at))
    # Nothing can be guessed about what stood there before.
    lost.salt = new_salt()
    lost.save(update_fields=["description", "salt"])
    record("lost.completed", lost.subject, at=at, digest=lost.digest, of=lost.entry.digest)
    return lost


@transaction.atomic
def withdraw_report(number: str, code: str, *, at: datetime) -> LostItem:
    """Let whoever lost it say that nobody need look any more."""
    lost = lost_of(number, code, lock=True)
    return search_step(lost, "lost.withdrawn", at=at)


@transaction.atomic
def forget_loser(number: str, code: str, *, at: datetime) -> LostItem:
    """Forget who lost it and what they wrote, once it is over; that it was reported stays."""
    lost = lost_of(number, code, lock=True)
    if lost.is_open:
        raise WrongSearchStep(state=label(SEARCHES, lost.state))
    return erase_report(lost, why={"wish": "erase"}, at=at)


@transaction.atomic(savepoint=False)
def erase_report(lost: LostItem, *, why: dict[str, str], at: datetime) -> LostItem:
    """Empty what tells who lost what; the entry and its digest stay, and say nothing any more."""
    if lost.is_erased:
        return lost
    if lost.requester is not None and not lost.requester.is_erased:
        erase_requester(lost.requester, why=why, at=at)
    lost.description = lost.place = ""
    lost.salt = b""
    lost.save(update_fields=["description", "place", "salt"])
    record("lost.erased", lost.subject, at=at, digest="", of=lost.entry.digest, part="words", **why)
    return lost


@transaction.atomic
def reveal_loser(number: str, *, by: Person, at: datetime) -> Requester:
    """Show name and phone to who has something to tell the loser; that they looked is recorded."""
    lost = report_for(by, number, lock=True)
    if lost.requester is None or not may_know_loser(by, lost):
        raise NotFound
    told = {"requester": str(lost.requester.handle), "reason": "call_requester", "by": by.badge}
    record("requester.revealed", lost.subject, at=at, digest="", **told)
    return lost.requester


@transaction.atomic
def end_old_reports(*, at: datetime) -> int:
    """End what was looked for longer than the law keeps its thing; return how many there were."""
    old = old_reports(at, SOME)
    for lost in old:
        lost.match = None
        search_step(lost, "lost.ended", at=at)
    return len(old)
