"""A step of a case, decided and not yet written, and how it is written: once for every door."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar

from mingchuang.cases.actions._finding import (
    keep_answers_findable,
    keep_findable,
    keep_new_findable,
)
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.counted import Dispatch
from mingchuang.cases.models.steps import DueChange, Reply
from mingchuang.cases.models.submission import Submission
from mingchuang.ledger.actions import Past, record, record_past
from mingchuang.ledger.models import Entry, Evidence
from mingchuang.ledger.rules.canonical import JSON

E = TypeVar("E", bound=Evidence | None)


@dataclass(frozen=True)
class Draft(Generic[E]):
    """One step: the case as it stands after it, what the entry says, and the rows beside it.

    `row` holds the private part of the entry, `more` why the due time moved or who has it now.
    """

    case: Case
    verb: str
    at: datetime
    facts: Mapping[str, JSON]
    row: E
    more: DueChange | Dispatch | None = None

    @property
    def told(self) -> Past:
        """What the ledger is told, once the case has its number."""
        digest = self.row.digest if self.row is not None else ""
        return Past(self.verb, self.case.subject, self.at, digest, self.facts)

    def rows(self, entry: Entry) -> Iterator[Evidence | DueChange | Dispatch]:
        """Return the rows to be kept, now that there is an entry, and a number for what is new."""
        if isinstance(self.row, Submission):
            self.row.number = self.case.number
        if self.row is not None:
            self.row.entry = entry
            yield self.row
        if self.more is not None:
            yield self.more


Step: TypeAlias = "Draft[Any]"


def write(draft: Draft[E]) -> E:
    """Keep one step: the case, the entry, and the rows beside it."""
    draft.case.save()
    verb, subject, at, digest, facts = draft.told
    for row in draft.rows(record(verb, subject, at=at, digest=digest, **facts)):
        row.save()
    if isinstance(draft.row, Submission):
        keep_new_findable([draft.row])
    elif isinstance(draft.row, Reply):
        keep_findable(draft.case)
        keep_answers_findable([draft.row])
    return draft.row


def write_lives(lives: Sequence[Sequence[Step]], *, at: datetime) -> None:
    """Keep the whole lives of new cases: a few statements for all of them."""
    Case.objects.bulk_create(life[0].case for life in lives)
    drafts = [draft for life in lives for draft in life]
    tables: dict[type[Evidence | DueChange | Dispatch], list[Any]] = defaultdict(list)
    for draft, entry in zip(drafts, record_past((d.told for d in drafts), at=at), strict=True):
        for row in draft.rows(entry):
            tables[type(row)].append(row)
    for table, rows in tables.items():
        table._default_manager.bulk_create(rows)
    keep_new_findable([*tables[Submission], *tables[Reply]])
    keep_answers_findable([reply for reply in tables[Reply] if reply.published_at])
