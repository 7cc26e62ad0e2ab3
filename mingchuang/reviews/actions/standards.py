"""The standards are written, worded anew and taken down; lists are made of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.base.locks import wait_for_turn
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import canonical
from mingchuang.people.models import Person
from mingchuang.reviews import errors
from mingchuang.reviews.models import CheckItem, Checklist, Clause
from mingchuang.reviews.queries.standards import (
    checklist_with,
    clause_for,
    clauses_with,
    keeps_standards,
)
from mingchuang.reviews.rules.fingerprint import fingerprint
from mingchuang.reviews.rules.standards import MOST_CLAUSES


class Looked(NamedTuple):
    """How one clause is looked at; points in tenths."""

    clause: int
    method: str
    maximum: int
    deduction: int


@transaction.atomic
def write_clause(chapter: str, code: str, text: str, *, by: Person, at: datetime) -> Clause:
    """Hang a new clause on the wall. One that was taken down before goes on with its number."""
    _must_keep(by)
    # Two people may write the same number at once, and there is no row yet to wait for.
    wait_for_turn("reviews.clauses")
    last = Clause.objects.select_for_update().filter(code=code).order_by("-version").first()
    if last is not None and last.until is None:
        raise errors.ClauseStands(code=code)
    version = last.version + 1 if last else 1
    return _hang(Clause(chapter=chapter, code=code, version=version, text=text), by=by, at=at)


@transaction.atomic
def amend_clause(pk: int, text: str, *, by: Person, at: datetime) -> Clause:
    """Word a clause anew: from today this hangs on the wall, and what was looked at by the old
    words keeps them."""
    old = _taken_down(pk, by=by, at=at)
    new = Clause(chapter=old.chapter, code=old.code, version=old.version + 1, text=text)
    return _hang(new, by=by, at=at)


@transaction.atomic
def withdraw_clause(pk: int, *, by: Person, at: datetime) -> Clause:
    """Take a clause down; no new list is made with it."""
    old = _taken_down(pk, by=by, at=at)
    record("clause.retired", old.subject, at=at, by=by.badge, version=old.version)
    return old


@transaction.atomic
def make_checklist(name: str, lines: Sequence[Looked], *, by: Person, at: datetime) -> Checklist:
    """Make a list of clauses to walk through a hall with."""
    _must_keep(by)
    if not 0 < len(lines) <= MOST_CLAUSES:
        raise errors.ListEmpty(most=MOST_CLAUSES)
    known = clauses_with([one.clause for one in lines])
    if len(known) < len(lines):
        raise NotFound
    made = Checklist.objects.create(name=name, by=by, at=at)
    rows = [
        CheckItem(checklist=made, number=number, clause=known[pk], method=method,
                  maximum=maximum, deduction=deduction)
        for number, (pk, method, maximum, deduction) in enumerate(lines, 1)
    ]  # fmt: skip
    CheckItem.objects.bulk_create(rows)
    text = fingerprint(canonical(_told_of(rows)).decode())
    record("checklist.written", made.subject, at=at, by=by.badge, clauses=len(rows), text=text)
    return made


def _told_of(items: Sequence[CheckItem]) -> list[list[object]]:
    """Return a list of clauses as the ledger names it."""
    return [
        [one.number, one.clause.code, one.clause.version, one.method, one.maximum, one.deduction]
        for one in items
    ]


@transaction.atomic
def retire_checklist(pk: int, *, by: Person, at: datetime) -> Checklist:
    """Plan with this list no more; what was looked at by it stays."""
    _must_keep(by)
    made = checklist_with(pk, lock=True)
    if made.retired_at is not None:
        raise NotFound
    made.retired_at = at
    made.save(update_fields=["retired_at"])
    record("checklist.retired", made.subject, at=at, by=by.badge)
    return made


def _must_keep(by: Person) -> None:
    if not keeps_standards(by):
        raise NotFound


def _taken_down(pk: int, *, by: Person, at: datetime) -> Clause:
    old = clause_for(by, pk, lock=True)
    if old.until is not None:
        raise errors.ClauseMovedOn(code=old.code)
    old.until = localdate(at)
    old.save(update_fields=["until"])
    return old


def _hang(clause: Clause, *, by: Person, at: datetime) -> Clause:
    clause.by, clause.since = by, localdate(at)
    clause.save()
    text = fingerprint(clause.text)
    version = clause.version
    record("clause.written", clause.subject, at=at, by=by.badge, version=version, text=text)
    return clause
