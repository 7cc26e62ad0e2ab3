"""Nothing is kept longer than the table of retention says (PIPL article 19)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.cases import shelf
from mingchuang.cases.actions._forgetting import (
    forget_identities,
    forget_phones,
    forget_photos,
    forget_words,
)
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.models.submission import Attachment
from mingchuang.cases.queries.desk import lock_rows
from mingchuang.cases.queries.keeping import (
    CASE_OF,
    KEEPING,
    due_under,
    ran_today,
    terms_in_force,
)
from mingchuang.cases.rules.keeping import CONTACT, PHOTOS, WORDS, Term
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person

SYSTEM = "system"
# Rows in one transaction. On SQLite everybody else waits for it: for less than half a second.
BATCH = 50


@transaction.atomic
def load_terms(table: Iterable[Term], *, at: datetime, by: Person | None = None) -> int:
    """Put a file of retention in force from today; return how many lines it changed."""
    changed = 0
    for line in table:
        term = Retention.objects.filter(category=line.category).first()
        term = term or Retention(category=line.category)
        if (term.days, term.source) != (line.days, line.source):
            term.days, term.source, term.since = line.days, line.source, localdate(at)
            term.save()
            _tell_change(term, at=at, by=by.badge if by else SYSTEM)
            changed += 1
    return changed


def _tell_change(term: Retention, *, at: datetime, by: str) -> None:
    facts = {"category": term.category, "days": term.days, "source": term.source, "by": by}
    record("retention.changed", f"retention:{term.category}", at=at, digest="", **facts)


@transaction.atomic
def erase_due(term: Retention, *, at: datetime, by: str = SYSTEM) -> int:
    """Erase the next few things this line no longer keeps, and return how many there were.

    Killed at any moment, it has done a whole number of these; call again until it returns 0.
    """
    some = list(due_under(term, at).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not some:
        return 0
    model = due_under(term, at).model
    cases = model._default_manager.filter(pk__in=some).values(CASE_OF[model])
    lock_rows(Case.objects.filter(pk__in=cases))
    # What was opened again while we waited is kept.
    rows = list(due_under(term, at).filter(pk__in=some).order_by("pk"))
    why = {"category": term.category, "source": term.source, "by": by}
    FORGETS.get(term.category, forget_identities)(rows, why, at=at)
    return len(rows)


def _all_words(cases: Iterable[Case], why: Mapping[str, Any], *, at: datetime) -> None:
    for case in cases:
        forget_words(case, why, at=at)


FORGETS: Mapping[str, Callable[..., None]] = {
    CONTACT: forget_phones,
    PHOTOS: forget_photos,
    WORDS: _all_words,
}


@transaction.atomic
def finish_retention(erased: Mapping[str, int], *, at: datetime, by: str = SYSTEM) -> None:
    """Write down that everything due was erased, and how much of each category it was."""
    told = sorted(f"{category} {count}" for category, count in erased.items() if count)
    record("retention.ran", KEEPING, at=at, erased=told, by=by)


@transaction.atomic
def retain_today(*, at: datetime) -> int:
    """Erase a little of what is due, once a day until nothing is left; nobody waits for it.

    Returns how many things were erased; the follower comes back while there are any.
    """
    if ran_today(at):
        return 0
    for term in terms_in_force(at):
        if count := erase_due(term, at=at):
            return count
    finish_retention({}, at=at)
    return 0


@transaction.atomic
def drop_erased_files(*, at: datetime) -> int:
    """Remove the files of photos that were erased just as the power went."""
    dropped = 0
    for path in list(shelf.unsettled(before=at)):
        if Attachment.objects.filter(path=path, salt=b"").exists():
            shelf.drop(path)
            dropped += 1
    return dropped
