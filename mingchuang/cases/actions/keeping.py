"""Nothing is kept longer than the table of retention says (PIPL article 19)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.database import leave_no_traces
from mingchuang.cases import shelf
from mingchuang.cases.actions._forgetting import (
    forget_identities,
    forget_lists,
    forget_phones,
    forget_photos,
    forget_words,
)
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.models.submission import Attachment
from mingchuang.cases.queries.desk import lock_rows
from mingchuang.cases.queries.erased import KEEPING
from mingchuang.cases.queries.keeping import CASE_OF, due_under
from mingchuang.cases.rules.keeping import BATCHES, CONTACT, PHOTOS, WORDS, Term
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person

SYSTEM = "system"


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
def erase_due(term: Retention, some: Collection[int], *, at: datetime, by: str = SYSTEM) -> int:
    """Erase a handful that `some_due` found; return how many there were.

    What was opened again meanwhile is kept. Killed at any moment, it has erased all or none.
    """
    due = due_under(term, at, among=some)
    cases = due.model._default_manager.filter(pk__in=some).values(f"{CASE_OF[due.model]}id")
    lock_rows(Case.objects.filter(pk__in=cases))
    rows = list(due.order_by("pk"))
    why = {"category": term.category, "source": term.source, "by": by}
    FORGETS.get(term.category, forget_identities)(rows, why, at=at)
    transaction.on_commit(leave_no_traces, robust=True)
    return len(rows)


def _all_words(cases: Iterable[Case], why: Mapping[str, Any], *, at: datetime) -> None:
    for case in cases:
        forget_words(case, why, at=at)


FORGETS: Mapping[str, Callable[..., None]] = {
    CONTACT: forget_phones,
    PHOTOS: forget_photos,
    WORDS: _all_words,
    BATCHES: forget_lists,
}


@transaction.atomic
def finish_retention(erased: Mapping[str, int], *, at: datetime, by: str = SYSTEM) -> None:
    """Write down that everything due was erased, and how much of each category it was."""
    told = sorted(f"{category} {count}" for category, count in erased.items() if count)
    record("retention.ran", KEEPING, at=at, erased=told, by=by)


@transaction.atomic
def drop_erased_files(*, at: datetime) -> int:
    """Remove the files of photos that were erased just as the power went."""
    dropped = 0
    for path in list(shelf.unsettled(before=at)):
        if Attachment.objects.filter(path=path, salt=b"").exists():
            shelf.drop(path)
            dropped += 1
    return dropped
