"""The moves that lost and found are made of: a number, a step, a second pair of eyes."""

from datetime import datetime

from django.db.models import Max, Model
from django.utils.timezone import localdate

from mingchuang.base.locks import wait_for_turn
from mingchuang.cases.found_errors import (
    NotAnnounced,
    StillTheirs,
    TwoPeopleNeeded,
    WrongSearchStep,
    WrongThingStep,
)
from mingchuang.cases.found_words import SEARCHES, THING_STATES
from mingchuang.cases.models.found import FoundItem
from mingchuang.cases.models.lost import LostItem
from mingchuang.cases.queries.found import colleague_with, is_time_over, last_day_of
from mingchuang.cases.rules import found, lost
from mingchuang.cases.rules.found import Care, Fate
from mingchuang.cases.words import label
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person

DIGITS = 6


def next_number(model: type[Model], letters: str, *, at: datetime) -> str:
    """Return the next number of the year, ZL-2026-000001; kept for us until the end."""
    wait_for_turn(f"number:{letters}")
    year = f"{letters}-{localdate(at).year}-"
    numbered = model._default_manager.filter(number__startswith=year)
    last: str | None = numbered.aggregate(last=Max("number"))["last"]
    serial = int(last.rpartition("-")[2]) + 1 if last else 1
    return f"{year}{serial:0{DIGITS}d}"


def take_step(item: FoundItem, verb: str) -> None:
    """Move the thing along the life table, or refuse in words."""
    state = found.State(item.state)
    if not found.may_step(state, verb):
        raise WrongThingStep(state=label(THING_STATES, state))
    item.state = found.LIFE[verb][state]


def keep(item: FoundItem, verb: str, *fields: str, at: datetime, **told: JSON) -> FoundItem:
    """Save where a thing stands now and write down what happened."""
    item.ended_at = None if item.state == found.State.KEPT else at
    item.save(update_fields=["state", "ended_at", *fields])
    record(verb, item.subject, at=at, digest="", **told)
    return item


def search_step(report: LostItem, verb: str, *, at: datetime, **told: JSON) -> LostItem:
    """Move the report along its table, save it and write down what happened; or refuse in words."""
    state = lost.Search(report.state)
    if not lost.may_step(state, verb):
        raise WrongSearchStep(state=label(SEARCHES, state))
    report.state = lost.LIFE[verb][state]
    report.ended_at = at if report.state in lost.ENDED else None
    report.save(update_fields=["state", "match", "ended_at"])
    record(verb, report.subject, at=at, digest="", **told)
    return report


def second_person(care: str, badge: str, *, by: Person) -> Person | None:
    """Return who stands by, where two people must be there or somebody was; refused where one is
    missing."""
    return the_other(badge, by=by) if badge.strip() or care != Care.ORDINARY else None


def the_other(badge: str, *, by: Person) -> Person:
    """Return the colleague who stands by: another one than who acts."""
    if not badge.strip():
        raise TwoPeopleNeeded
    witness = colleague_with(badge)
    if witness == by:
        raise TwoPeopleNeeded
    return witness


def told_of(item: FoundItem, *, by: Person) -> dict[str, JSON]:
    """Return what the ledger tells of a thing: nothing that proves whose it is."""
    told = {"site": item.site.code, "kind": item.kind, "care": item.care, "by": by.badge}
    return {**told, "day": localdate(item.found_at).isoformat()}


def seen_by(witness: Person | None) -> dict[str, JSON]:
    """Return who stood by, as the ledger tells it."""
    return {"second": witness.badge} if witness else {}


def must_be_over(item: FoundItem, fate: Fate, *, at: datetime) -> None:
    """Refuse to part so with a thing whose owner may still come."""
    if item.fate == fate and is_time_over(item, now=at):
        return
    until = last_day_of(item)
    if until is None:
        raise NotAnnounced(number=item.number)
    raise StillTheirs(number=item.number, until=until)


def let_others_look_again(item: FoundItem, *, by: str, at: datetime) -> None:
    """Let those to whom it was told look again: it was not theirs, or it is not here any more."""
    told = item.reports.filter(state=lost.Search.MATCHED).select_for_update(of=("self",))
    for report in told.order_by("pk"):
        report.match = None
        search_step(report, "lost.told_apart", at=at, found=item.number, by=by)
