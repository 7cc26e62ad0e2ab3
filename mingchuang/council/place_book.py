"""A workbook of places a survey found: good rows go on, the others come back marked.

It may be sent again: a place that is known is put right, and one that says the same stays.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from mingchuang.council.actions.places import import_places
from mingchuang.council.books import Faulty, SentBook, book_of
from mingchuang.council.rules.place_sheet import NEEDED, read_place
from mingchuang.council.rules.proposing import Surveyed
from mingchuang.council.words.sheet import sentences
from mingchuang.people.models import Person


@dataclass
class Taken(Faulty):
    """What became of a workbook: how many places were added, corrected, the same, and wrong."""

    counts: Counter[str] = field(default_factory=Counter)


def take_in(workbook: SentBook, number: str, *, by: Person, at: datetime) -> Taken:
    """Read the workbook and keep its places; refused in words where it cannot be read."""
    taken, good = Taken(), []
    with book_of(workbook, NEEDED, taken) as book:
        for row in book.sheet.rows:
            read = read_place(book.sheet.named(row))
            if isinstance(read, Surveyed):
                good.append(read)
                book.keep(row, {})
            else:
                book.keep(row, sentences(read))
        taken.counts = import_places(number, good, by=by, at=at)
    return taken
