"""A workbook that is handed in: what is good goes on, the rest comes back marked in a copy."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from mingchuang.cases.workbook.marking import MarkedCopy, marked_copy
from mingchuang.cases.workbook.reading import Row, Sheet, opened
from mingchuang.council.errors.topics import ColumnsMissing

SHOWN = 20


class SentBook(NamedTuple):
    """A workbook as it was sent, and what its sender calls it."""

    name: str
    content: bytes


@dataclass
class Faulty:
    """What is wrong with a workbook, row by row, and its marked copy."""

    faults: list[tuple[int, str]] = field(default_factory=list)
    marked: bytes = b""

    @property
    def some_faults(self) -> list[tuple[int, str]]:
        """The first faults, for the page; all of them stand in the copy."""
        return self.faults[:SHOWN]

    @property
    def more_faults(self) -> int:
        """How many faulty rows the page does not list."""
        return max(0, len(self.faults) - SHOWN)


@dataclass
class Book:
    """A workbook while it is read, and the copy its rows are kept in."""

    sheet: Sheet
    copy: MarkedCopy
    found: Faulty

    def keep(self, row: Row, wrong: dict[str, str]) -> None:
        """Keep a row in the copy, with a sentence for each column that is wrong."""
        self.copy.keep(row, wrong)
        if wrong:
            self.found.faults.append((row.index + 1, "".join(wrong.values())))


@contextmanager
def book_of(workbook: SentBook, needed: Sequence[str], found: Faulty) -> Iterator[Book]:
    """Open a workbook; refused in words where it cannot be read or lacks a column."""
    with TemporaryDirectory() as folder:
        path, copy = Path(folder) / "sent.xlsx", Path(folder) / "marked.xlsx"
        path.write_bytes(workbook.content)
        with opened(path, called=workbook.name) as sheet, marked_copy(sheet, copy) as marks:
            if missing := [name for name in needed if name not in sheet.columns]:
                raise ColumnsMissing(columns="、".join(missing))
            yield Book(sheet, marks, found)
        found.marked = copy.read_bytes() if copy.exists() else b""
