"""A workbook of people for the register: good rows go on, the others come back marked.

It may be sent again: who stands there already, under the same name, phone and household, stays
as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from mingchuang.base.errors import Refused
from mingchuang.cases.workbook.marking import MarkedCopy, marked_copy
from mingchuang.cases.workbook.reading import Row, Sheet, opened
from mingchuang.council.actions._register import Named
from mingchuang.council.actions.register import import_stakeholders
from mingchuang.council.errors.topics import ColumnsMissing
from mingchuang.council.models import Stakeholder
from mingchuang.council.rules.sheet import NEEDED, Line, read_line
from mingchuang.council.words.sheet import sentences
from mingchuang.people.fields import text_index
from mingchuang.people.models import Person

# Rows in one transaction. On SQLite everybody else waits for it.
CHUNK = 50
SHOWN = 20


@dataclass
class Taken:
    """What became of a workbook: how many are new, were there, and are wrong; the marked copy."""

    new: int = 0
    known: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)
    marked: bytes = b""
    seen: set[int] = field(default_factory=set)

    def count(self, found: Stakeholder, *, at: datetime) -> None:
        """Count somebody as new, or as there already: before, or some rows further up."""
        is_new = found.at == at and found.pk not in self.seen
        self.new, self.known = self.new + is_new, self.known + (not is_new)
        self.seen.add(found.pk)

    @property
    def some_faults(self) -> list[tuple[int, str]]:
        """The first faults, for the page; all of them stand in the copy."""
        return self.faults[:SHOWN]


def take_in(workbook: bytes, number: str, *, by: Person, at: datetime) -> Taken:
    """Read the workbook and register whom it names; refused in words where it cannot be read."""
    taken = Taken()
    with TemporaryDirectory() as folder:
        path, copy = Path(folder) / "register.xlsx", Path(folder) / "marked.xlsx"
        path.write_bytes(workbook)
        with opened(path) as sheet, marked_copy(sheet, copy) as marks:
            if missing := [name for name in NEEDED if name not in sheet.columns]:
                raise ColumnsMissing(columns="、".join(missing))
            for rows in _chunks(sheet):
                _take(rows, sheet, marks, taken, number, by=by, at=at)
        taken.marked = copy.read_bytes() if copy.exists() else b""
    return taken


def _chunks(sheet: Sheet) -> Iterator[list[Row]]:
    while rows := list(islice(sheet.rows, CHUNK)):
        yield rows


def _take(
    rows: list[Row],
    sheet: Sheet,
    marks: MarkedCopy,
    taken: Taken,
    number: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    read = [read_line(sheet.named(row)) for row in rows]
    good = [(_key(number, one), Named(**one._asdict())) for one in read if isinstance(one, Line)]
    done = iter(import_stakeholders(number, good, by=by, at=at))
    for row, one in zip(rows, read, strict=True):
        result = next(done) if isinstance(one, Line) else one
        wrong = sentences(result) if isinstance(result, Refused | list) else {}
        marks.keep(row, wrong)
        if isinstance(result, Refused | list):
            taken.faults.append((row.index + 1, "".join(wrong.values())))
        else:
            taken.count(result, at=at)


def _key(number: str, line: Line) -> str:
    """Return the key of a row: the same person of the same household is one, however often."""
    said = "\n".join([number.upper(), line.name, line.phone, line.household])
    return text_index("stakeholder", said)
