"""One deed on many cases: asked once, done one by one, each done or refused in words."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from django.db import OperationalError, models, transaction

from mingchuang.base.errors import NotFound, Refused, in_each_language
from mingchuang.cases.actions.dispatch import assign_case, dispatch_case
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.pleas import ask_extension
from mingchuang.cases.actions.watch import remind_unit
from mingchuang.cases.errors import (
    Broken,
    NoSuchCase,
    NothingChosen,
    PutOff,
    Stopped,
    TooManyChosen,
)
from mingchuang.cases.models.many import Bulk, BulkItem
from mingchuang.cases.queries.desk import case_for
from mingchuang.cases.queries.many import (
    asker_of,
    bulk_for,
    bulk_unit,
    cases_called,
    next_bulk,
    next_item,
)
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.many import MOST, Outcome
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import person_with_badge, unit_with_code

Given = Mapping[str, Any]
log = logging.getLogger(__name__)


def _dispatch(number: str, given: Given, **who: Any) -> object:
    helpers = [unit_with_code(code) for code in given["assists"]]
    unit = unit_with_code(given["unit"])
    return dispatch_case(number, unit, assists=helpers, basis=given["basis"], **who)


# What is done to each case: the very action that does it to one.
DEEDS: Mapping[str, Callable[..., object]] = {
    "dispatch": _dispatch,
    "assign": lambda n, g, **who: assign_case(n, person_with_badge(g["to"]), **who),
    "remind": lambda n, _given, **who: remind_unit(n, **who),
    "extend": lambda n, g, **who: ask_extension(n, g["text"], days=g["days"], **who),
    "merge": lambda n, g, **who: merge_case(n, g["into"], **who),
}


# What somebody wrote by themselves.
FREE_TEXT = {"text", "basis"}


@transaction.atomic
def ask_bulk(deed: str, numbers: Iterable[str], given: Given, *, by: Person, at: datetime) -> Bulk:
    """Ask for one deed on many cases; each will be done, or refused with its sentence."""
    unit = bulk_unit(by, deed)
    cases = cases_called(by, numbers)
    if not cases:
        raise NothingChosen
    if len(cases) > MOST:
        raise TooManyChosen(most=MOST)
    if "into" in given:
        _must_be_there(given["into"], by=by)
    kept = {name: _kept(value) for name, value in given.items()}
    bulk = Bulk.objects.create(deed=deed, given=kept, by=by, unit=unit, at=at, tended_at=at)
    BulkItem.objects.bulk_create(BulkItem(bulk=bulk, case=case) for case in cases)
    record("bulk.asked", bulk.subject, at=at, by=by.badge, deed=deed, cases=len(cases))
    return bulk


def _must_be_there(number: str, *, by: Person) -> None:
    """A mistyped master is a fault of the form, not five hundred refusals."""
    try:
        case_for(by, number, duty=Duty.DISPATCH)
    except NotFound:
        raise NoSuchCase(number=number) from None


def _kept(value: object) -> JSON:
    """Return what a form gave as it is kept until it is needed: units by code, staff by badge."""
    if isinstance(value, Unit):
        return value.code
    if isinstance(value, Person):
        return value.badge
    if isinstance(value, models.QuerySet):
        return [_kept(one) for one in value]
    return cast("JSON", value)


@transaction.atomic
def do_next_item(*, at: datetime) -> bool:
    """Do the next case of the bulk that has waited longest; say whether one was settled.

    The deed and the word that it is done are one transaction: killed anywhere, it goes on where
    it stopped and does nothing twice.
    """
    bulk = next_bulk()
    if bulk is None:
        return False
    item = next_item(bulk)
    if item is not None:
        _do(item, bulk, at=at)
    bulk.tended_at = at
    if not bulk.items.filter(outcome=Outcome.WAITING).exists():
        _end(bulk, at=at)
    bulk.save(update_fields=["tended_at", "ended_at", "given"])
    return item is None or item.outcome != Outcome.WAITING


def _do(item: BulkItem, bulk: Bulk, *, at: datetime) -> None:
    """Do it as the person who asked, with the posts they hold now.

    What goes wrong here must not hold up the other cases and other people's bulks: it is written
    into the log, undone, and told beside the case. What the database could not do just now (another
    holds the case too long, or waits for us) waits behind the others and is tried again. Where the
    database itself is gone, so is the settling, and all of it is tried again.
    """
    try:
        with transaction.atomic():
            DEEDS[bulk.deed](item.case.number, bulk.given, by=asker_of(bulk), at=at)
    except Refused as refused:
        _settle(item, Outcome.REFUSED, at=at, why=refused)
    except OperationalError:
        log.warning("%s could not do %s now", bulk, item.case, exc_info=True)
        _settle(item, Outcome.WAITING, at=None, why=PutOff())
    except Exception:
        log.exception("%s went wrong with %s", bulk, item.case)
        _settle(item, Outcome.REFUSED, at=at, why=Broken())
    else:
        _settle(item, Outcome.DONE, at=at)


def _settle(
    item: BulkItem, outcome: Outcome, *, at: datetime | None, why: Refused | None = None
) -> None:
    item.outcome, item.at, item.sentences = outcome, at, in_each_language(why) if why else {}
    item.code = why.code if why and outcome == Outcome.REFUSED else ""
    item.save(update_fields=["outcome", "at", "code", "sentences"])


def _end(bulk: Bulk, *, at: datetime, **facts: JSON) -> None:
    """End it. What was written to all of them stands with each case, and is kept nowhere else."""
    bulk.ended_at = at
    bulk.given = {name: value for name, value in bulk.given.items() if name not in FREE_TEXT}
    counts = Counter(bulk.items.values_list("outcome", flat=True))
    done, refused = counts[Outcome.DONE], counts[Outcome.REFUSED]
    record("bulk.ended", bulk.subject, at=at, digest="", done=done, refused=refused, **facts)


@transaction.atomic
def stop_bulk(pk: int, *, by: Person, at: datetime) -> Bulk:
    """Do no more of a bulk; what is done stays, what waited says that it was stopped."""
    bulk = bulk_for(by, pk, lock=True)
    if bulk.ended_at is not None:
        return bulk
    stopped = Stopped()
    said = in_each_language(stopped)
    waiting = bulk.items.filter(outcome=Outcome.WAITING)
    waiting.update(outcome=Outcome.REFUSED, at=at, code=stopped.code, sentences=said)
    bulk.tended_at = at
    _end(bulk, at=at, by=by.badge)
    bulk.save(update_fields=["tended_at", "ended_at", "given"])
    return bulk
