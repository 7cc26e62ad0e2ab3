"""A workbook of an old register of thanks: good rows go on, the others come back marked.

It may be sent again: a row that is known already stays as it is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from mingchuang.base.errors import Refused
from mingchuang.cases.rules.letters import Fault, absent
from mingchuang.cases.workbook.marking import MarkedCopy, marked_copy
from mingchuang.cases.workbook.reading import Row, Sheet, columns_of, opened
from mingchuang.people.models import Person
from mingchuang.reviews.actions.thanking import import_thanks
from mingchuang.reviews.errors import (
    CellsJoined,
    ColumnsAbsent,
    NoSuchBadge,
    NothingWritten,
    RegisterElsewhere,
    RegisterTooLong,
    RowTwice,
)
from mingchuang.reviews.rules.thanks_sheet import BADGE, DAY, NEEDED, UNIT, ThanksRow, read_thanks
from mingchuang.reviews.words.thanks import SHEET_FAULTS

SHOWN = 20
YOURS = gettext_lazy("这份工作簿")
# The column at which a refusal is said; others are about the unit.
BESIDE = {NoSuchBadge: BADGE, RowTwice: DAY}
# Rows in one transaction. On SQLite everybody else waits for it.
CHUNK = 100
# It is read while somebody waits for the page.
MOST = 2_000


@dataclass
class Taken:
    """What became of a workbook: how many rows were added, the same, and wrong; the marked copy."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)
    marked: bytes = b""
    wrong: int = 0
    seen: set[ThanksRow] = field(default_factory=set)

    def keep(self, row: Row, wrong: dict[str, str]) -> None:
        self.wrong += bool(wrong)
        if wrong and len(self.faults) < SHOWN:
            self.faults.append((row.index + 1, "".join(wrong.values())))


def take_in(workbook: bytes, *, by: Person, at: datetime) -> Taken:
    """Read the workbook and register what it names; refused in words where it cannot be read."""
    taken = Taken()
    with TemporaryDirectory() as folder:
        path, copy = Path(folder) / "sent.xlsx", Path(folder) / "marked.xlsx"
        path.write_bytes(workbook)
        _must_be_short(path)
        # Nobody knows the name under which it lies with us.
        with opened(path, called=str(YOURS)) as sheet, marked_copy(sheet, copy) as marks:
            _must_be_a_register(sheet)
            for rows in _chunks(sheet):
                _take(rows, sheet, marks, taken, by=by, at=at)
        if not (taken.counts or taken.wrong):
            raise NothingWritten
        taken.marked = copy.read_bytes() if copy.exists() else b""
    return taken


def _must_be_a_register(sheet: Sheet) -> None:
    """Refuse a workbook whose first sheet is no register, or in which joined cells hide some."""
    if missing := absent(NEEDED, sheet.columns):
        for title, header in sheet.others:
            if not absent(NEEDED, columns_of(header)):
                raise RegisterElsewhere(other=title, title=sheet.title)
        raise ColumnsAbsent(columns="、".join(missing))
    if any(area.last_row > sheet.header.index for area in sheet.joined):
        raise CellsJoined


def _must_be_short(path: Path) -> None:
    """Refuse before the first row what nobody would wait for in front of the page."""
    with opened(path, called=str(YOURS)) as sheet:
        if sum(1 for _row in islice(sheet.rows, MOST + 1)) > MOST:
            raise RegisterTooLong(most=MOST)


def _chunks(sheet: Sheet) -> Iterator[list[Row]]:
    while rows := list(islice(sheet.rows, CHUNK)):
        yield rows


def _take(
    rows: Sequence[Row],
    sheet: Sheet,
    marks: MarkedCopy,
    taken: Taken,
    *,
    by: Person,
    at: datetime,
) -> None:
    today = localdate(at)
    read = [_once(read_thanks(sheet.named(row), today=today), taken.seen) for row in rows]
    good = [one for one in read if isinstance(one, ThanksRow)]
    done = iter(import_thanks(good, by=by, at=at))
    for row, one in zip(rows, read, strict=True):
        result = next(done) if isinstance(one, ThanksRow) else one
        if isinstance(result, str):
            taken.counts[result] += 1
        wrong = _wrong(result)
        marks.keep(row, wrong)
        taken.keep(row, wrong)


def _once(
    read: ThanksRow | list[Fault], seen: set[ThanksRow]
) -> ThanksRow | list[Fault] | RowTwice:
    """Return what was read; refused where the same stands further up: whether it is one thing
    written twice, or two things, only who wrote it knows."""
    if not isinstance(read, ThanksRow):
        return read
    if read in seen:
        return RowTwice()
    seen.add(read)
    return read


def _wrong(result: str | Refused | list[Fault]) -> dict[str, str]:
    """Return a sentence for each column that is wrong."""
    if isinstance(result, str):
        return {}
    if isinstance(result, Refused):
        return {BESIDE.get(type(result), UNIT): str(result)}
    return {fault.column: _sentence(fault) for fault in result}


def _sentence(fault: Fault) -> str:
    told = {"column": fault.column, "glimpse": fault.glimpse, "length": fault.length}
    return str(SHEET_FAULTS[fault.code]) % told
