"""Rows as a bulk load wants them: the columns a model has today, and their plain values."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Field, JSONField, Model, UUIDField

from mingchuang.cases.actions._writing import Step
from mingchuang.cases.models import Case, Reply
from mingchuang.cases.queries.findable import units_with
from mingchuang.ledger.actions import Past
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import PLAIN
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Requester

# So many row numbers of each table belong to one case; entries of the town itself come before.
STRIDE = 16

ByTable = dict[str, list[tuple[Any, ...]]]


@dataclass
class Block:
    """Rows table by table, and the words and units by which each case is to be found."""

    rows: ByTable
    words: dict[int, list[str]]
    units: dict[int, set[int]]


@dataclass(slots=True)
class Written:
    """An entry, as its table wants it: a model would cost more than all the rest of it."""

    id: int
    subject: str
    verb: str
    at: datetime
    facts: Mapping[str, Any]
    digest: str
    index: None = None


class Loaf:
    """The rows of many lives, table by table."""

    def __init__(self, *, first_entry: int) -> None:
        self.rows: ByTable = defaultdict(list)
        self.words: dict[int, list[str]] = {}
        self.units: dict[int, set[int]] = {}
        self._first_entry = first_entry
        # One entry that stands for all of them: the rows only ask for its number.
        self._any_entry = Entry()

    def add(self, life: Sequence[Step]) -> None:
        """Cut one life into rows; each gets the next of the numbers that belong to its case."""
        case: Case = life[0].case
        number = case.pk * STRIDE
        requester: Requester | None = life[0].row.requester
        told = [step.told for step in life]
        if requester is not None:
            kind = {"kind": requester.kind}
            past = Past("requester.added", requester.subject, life[0].at, requester.digest, kind)
            requester.pk = life[0].row.requester_id = number
            requester.entry_id = self._entry(number, past)
            self._put(requester)
        self._put(case)
        replies = [step.row.text for step in life if isinstance(step.row, Reply)]
        self.words[case.pk] = [case.title, case.place, life[0].row.text, *replies]
        self.units[case.pk] = units_with(case)
        for place, (step, past) in enumerate(zip(life, told, strict=True), start=1):
            self._any_entry.pk = self._entry(number + place, past)
            for row in step.rows(self._any_entry):
                row.pk = row.pk or number + place
                self._put(row)

    def _entry(self, number: int, past: Past) -> int:
        written = Written(
            self._first_entry + number, past.subject, past.verb, past.at, past.facts, past.digest
        )
        self.rows[Entry._meta.label].append(columns_of(Entry).values(written))
        return written.id

    def _put(self, row: Model) -> None:
        self.rows[row._meta.label].append(columns_of(type(row)).values(row))


class Columns:
    """The columns of one model: their names, and how a row is read from an object."""

    def __init__(self, model: type[Model]) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self.table = model._meta.db_table
        self.names = [field.column for field in fields]
        self._values = attrgetter(*(field.attname for field in fields))
        self._turned = [(i, turn) for i, field in enumerate(fields) if (turn := _turn(field))]

    def values(self, row: object) -> tuple[Any, ...]:
        values = list(self._values(row))
        for place, turn in self._turned:
            if values[place] is not None:
                values[place] = turn(values[place])
        return tuple(values)


@lru_cache(maxsize=64)
def columns_of(model: type[Model]) -> Columns:
    return Columns(model)


def _turn(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    """Return how a value of this field is turned into what the database takes; None: as it is."""
    if isinstance(field, EncryptedTextField):
        return field.get_prep_value
    if isinstance(field, JSONField):
        return PLAIN.encode
    if connection.vendor == "sqlite":
        if isinstance(field, DateTimeField):
            return _utc
        if isinstance(field, UUIDField):
            return attrgetter("hex")
    return None


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
