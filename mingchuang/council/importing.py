"""A workbook of people for the register: good rows go on, the others come back marked.

It may be sent again: who stands there already, under the same name, phone and household, stays
as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from mingchuang.cases.workbook.reading import Row, Sheet
from mingchuang.council.actions._many import Written
from mingchuang.council.actions._register import Named
from mingchuang.council.actions.register import import_stakeholders
from mingchuang.council.books import Book, Faulty, SentBook, book_of
from mingchuang.council.models import Stakeholder
from mingchuang.council.rules.address import address_typed
from mingchuang.council.rules.sheet import NEEDED, Line, read_line
from mingchuang.council.words.sheet import sentences
from mingchuang.people.fields import text_index
from mingchuang.people.models import Person

# Rows in one transaction. On SQLite everybody else waits for it.
CHUNK = 500


@dataclass
class Taken(Faulty):
    """What became of a workbook: how many are new, were there, and are wrong; the marked copy."""

    new: int = 0
    known: int = 0
    seen: set[int] = field(default_factory=set)

    def count(self, found: Stakeholder, *, at: datetime) -> None:
        """Count somebody as new, or as there already: before, or some rows further up."""
        is_new = found.at == at and found.pk not in self.seen
        self.new, self.known = self.new + is_new, self.known + (not is_new)
        self.seen.add(found.pk)


def take_in(workbook: SentBook, number: str, *, by: Person, at: datetime) -> Taken:
    """Read the workbook and register whom it names; refused in words where it cannot be read."""
    taken = Taken()
    with book_of(workbook, NEEDED, taken) as book:
        for rows in _chunks(book.sheet):
            _take(rows, book, taken, number, by=by, at=at)
    return taken


def _chunks(sheet: Sheet) -> Iterator[list[Row]]:
    while rows := list(islice(sheet.rows, CHUNK)):
        yield rows


def _take(
    rows: list[Row], book: Book, taken: Taken, number: str, *, by: Person, at: datetime
) -> None:
    read = [read_line(book.sheet.named(row)) for row in rows]
    good = [_written(number, one) for one in read if isinstance(one, Line)]
    done = iter(import_stakeholders(number, good, by=by, at=at))
    for row, one in zip(rows, read, strict=True):
        result = next(done) if isinstance(one, Line) else one
        if isinstance(result, Stakeholder):
            book.keep(row, {})
            taken.count(result, at=at)
        else:
            book.keep(row, sentences(result))


def _written(number: str, line: Line) -> Written:
    named = {name: value for name, value in line._asdict().items() if name in Named._fields}
    return Written(_key(number, line), Named(**named), line.objection)


def _key(number: str, line: Line) -> str:
    """Return the key of a row: the same person of the same household is one, however often."""
    said = "\n".join([number.upper(), line.name, line.phone, address_typed(line.household)])
    return text_index("stakeholder", said)
