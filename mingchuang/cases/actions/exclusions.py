"""Leaving a case out of a rate: asked by one person, approved by a second, told to everybody."""

from datetime import datetime

from django.db import transaction

from mingchuang.cases.actions._steps import plead, settle_at_any_time, tell
from mingchuang.cases.errors import (
    ExcludedAlready,
    NotByTheUnit,
    NothingOpen,
    NotYourDuty,
    WrongStep,
)
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.counted import Exclusion
from mingchuang.cases.models.steps import Note, Plea
from mingchuang.cases.queries.desk import case_for, plea_for, sits_with_handlers
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.words import EXCLUDABLE, STATES, label
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of


@transaction.atomic
def ask_exclusion(
    number: str, text: str, *, rate: str, reason: str, by: Person, at: datetime
) -> Plea:
    """Ask to leave a case out of one rate; both the asking and the reason stay in the ledger."""
    case = case_for(by, number, duty=Duty.NOTE, lock=True)
    if case.time_limit is None:
        raise WrongStep(state=label(STATES, case.state))
    _must_be_counted(case, rate)
    return plead(Plea(case=case, what="exclude", reason=text, rate=rate, code=reason), by=by, at=at)


@transaction.atomic
def decide_exclusion(plea: int, *, granted: bool, decision: str, by: Person, at: datetime) -> Plea:
    """Leave the case out of the rate, or count it on; never decided by the unit it measures."""
    asked = plea_for(by, plea, duty=Duty.EXCLUDE, lock=True)
    if asked.what != "exclude":
        raise NotYourDuty
    case = asked.case
    if sits_with_handlers(scope_of(by), case):
        raise NotByTheUnit
    settle_at_any_time(asked, granted=granted, by=by, at=at)
    note = Note(case=case, text=decision, by=by, at=at)
    if not granted:
        tell(note, "plea.refused", case, at=at, by=by.badge, what=asked.what)
        return asked
    _must_be_counted(case, asked.rate)
    Exclusion.objects.create(
        case=case, rate=asked.rate, reason=asked.code, plea=asked, approved_by=by, at=at
    )
    tell(
        note,
        "case.excluded",
        case,
        at=at,
        by=by.badge,
        asked_by=asked.asked_by.badge,
        rate=asked.rate,
        why=asked.code,
    )
    return asked


@transaction.atomic
def include_case(number: str, text: str, *, rate: str, by: Person, at: datetime) -> Exclusion:
    """Count a case again in a rate it was left out of; that it was left out stays on record."""
    case = case_for(by, number, duty=Duty.EXCLUDE, lock=True)
    if sits_with_handlers(scope_of(by), case):
        raise NotByTheUnit
    exclusion = case.exclusions.in_force().filter(rate=rate).first()
    if exclusion is None:
        raise NothingOpen
    exclusion.included_at = at
    exclusion.save(update_fields=["included_at"])
    note = Note(case=case, text=text, by=by, at=at)
    tell(note, "case.included", case, at=at, by=by.badge, rate=rate)
    return exclusion


def _must_be_counted(case: Case, rate: str) -> None:
    if case.exclusions.in_force().filter(rate=rate).exists():
        raise ExcludedAlready(rate=label(EXCLUDABLE, rate))
