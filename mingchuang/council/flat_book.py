"""A workbook of flats for the register: good rows go on, the others come back marked.

It may be sent again: a flat that is known is corrected, and one that says the same stays.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from mingchuang.base.errors import Refused
from mingchuang.cases.rules.letters import Fault
from mingchuang.council.actions.flats import import_flats
from mingchuang.council.books import Book, Faulty, SentBook, book_of
from mingchuang.council.errors.owners import TooManyFlats
from mingchuang.council.rules.flats import LABEL, NEEDED, FlatRow, read_flat
from mingchuang.council.words.ballots import FLAT_FAULTS
from mingchuang.people.models import Person

# More flats than this no register has; all of them go in at once or not at all.
MOST = 5000


@dataclass
class Taken(Faulty):
    """What became of a workbook: how many rows were added, corrected, the same, and wrong."""

    counts: Counter[str] = field(default_factory=Counter)


def take_in(workbook: SentBook, number: str, *, by: Person, at: datetime) -> Taken:
    """Read the workbook and register its flats; refused in words where it cannot be read."""
    taken = Taken()
    with book_of(workbook, NEEDED, taken) as book:
        _take(book, taken, number, by=by, at=at)
    return taken


def _take(book: Book, taken: Taken, number: str, *, by: Person, at: datetime) -> None:
    rows = list(islice(book.sheet.rows, MOST + 1))
    if len(rows) > MOST:
        raise TooManyFlats(most=MOST)
    read = [read_flat(book.sheet.named(row)) for row in rows]
    done = iter(import_flats(number, [r for r in read if isinstance(r, FlatRow)], by=by, at=at))
    for row, wrong in zip(rows, _wrongs(read, done, taken), strict=True):
        book.keep(row, wrong)


def _wrongs(
    read: list[FlatRow | list[Fault]], done: Iterator[str | Refused], taken: Taken
) -> Iterator[dict[str, str]]:
    """Yield what is wrong with each row; count what is not."""
    for one in read:
        result = one if isinstance(one, list) else next(done)
        if isinstance(result, str):
            taken.counts[result] += 1
            yield {}
        elif isinstance(result, Refused):
            yield {LABEL: str(result)}
        else:
            yield {fault.column: _sentence(fault) for fault in result}


def _sentence(fault: Fault) -> str:
    told = {"column": fault.column, "glimpse": fault.glimpse, "length": fault.length}
    return str(FLAT_FAULTS[fault.code]) % told
