"""A workbook of flats for the register: good rows go on, the others come back marked.

It may be sent again: a flat that is known is corrected, and one that says the same stays.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from mingchuang.base.errors import Refused
from mingchuang.cases.rules.letters import Fault
from mingchuang.cases.workbook.marking import MarkedCopy, marked_copy
from mingchuang.cases.workbook.reading import Row, Sheet, opened
from mingchuang.council.actions.flats import import_flats
from mingchuang.council.errors.topics import ColumnsMissing
from mingchuang.council.rules.flats import LABEL, NEEDED, FlatRow, read_flat
from mingchuang.council.words.ballots import FLAT_FAULTS
from mingchuang.people.models import Person

# More flats than this no register has; all of them go in at once or not at all.
MOST = 5000
SHOWN = 20


@dataclass
class Taken:
    """What became of a workbook: how many rows were added, corrected, the same, and wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)
    marked: bytes = b""

    @property
    def some_faults(self) -> list[tuple[int, str]]:
        """The first faults, for the page; all of them stand in the copy."""
        return self.faults[:SHOWN]


def take_in(workbook: bytes, number: str, *, by: Person, at: datetime) -> Taken:
    """Read the workbook and register its flats; refused in words where it cannot be read."""
    taken = Taken()
    with TemporaryDirectory() as folder:
        path, copy = Path(folder) / "flats.xlsx", Path(folder) / "marked.xlsx"
        path.write_bytes(workbook)
        with opened(path) as sheet, marked_copy(sheet, copy) as marks:
            if missing := [name for name in NEEDED if name not in sheet.columns]:
                raise ColumnsMissing(columns="、".join(missing))
            _take(sheet, marks, taken, number, by=by, at=at)
        taken.marked = copy.read_bytes() if copy.exists() else b""
    return taken


def _take(
    sheet: Sheet, marks: MarkedCopy, taken: Taken, number: str, *, by: Person, at: datetime
) -> None:
    rows = list(islice(sheet.rows, MOST))
    read = [read_flat(sheet.named(row)) for row in rows]
    done = iter(import_flats(number, [r for r in read if isinstance(r, FlatRow)], by=by, at=at))
    for row, wrong in zip(rows, _wrongs(read, done, taken), strict=True):
        marks.keep(row, wrong)
        if wrong:
            taken.faults.append((_number_of(row), "".join(wrong.values())))


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


def _number_of(row: Row) -> int:
    return row.index + 1


def _sentence(fault: Fault) -> str:
    told = {"column": fault.column, "glimpse": fault.glimpse, "length": fault.length}
    return str(FLAT_FAULTS[fault.code]) % told
