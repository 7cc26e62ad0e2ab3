"""A company's workbook read beside the pages: good rows go on, the others come back marked.

One at a time, in memory that does not grow with the file. A small one is read at once, where it
was sent. Killed in the middle, it is read again, and who stands on the list already stays.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from zipfile import ZipFile

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy, override
from xlsxwriter.exceptions import XlsxInputError

from mingchuang.base.database import few_pages
from mingchuang.base.errors import Refused
from mingchuang.base.locks import leading
from mingchuang.cases.actions._batch_reading import Count, tell_progress
from mingchuang.cases.actions.batch_lists import add_people, finish_upload
from mingchuang.cases.batching.errors import (
    ColumnsMissing,
    ColumnsTwice,
    NamesBelow,
    NobodyInIt,
    TooManyMerged,
    WrongSheet,
)
from mingchuang.cases.batching.faults import sentences
from mingchuang.cases.batching.template import dressed
from mingchuang.cases.models.batches import BatchUpload
from mingchuang.cases.queries.batch_pieces import pieces_of
from mingchuang.cases.queries.batches import is_any_upload_waiting, next_upload
from mingchuang.cases.rules.batches.columns import Column
from mingchuang.cases.rules.batches.sheet import Fault, Line, read_row
from mingchuang.cases.workbook.errors import NotAWorkbook
from mingchuang.cases.workbook.marking import MarkedCopy, marked_copy
from mingchuang.cases.workbook.reading import (
    DAMAGE,
    LARGEST,
    Area,
    Row,
    Sheet,
    columns_of,
    opened,
    parts_of,
)
from mingchuang.cases.workbook.words import listed

Clock = Callable[[], datetime]
# Rows in one transaction. On SQLite everybody else waits for it.
CHUNK = 200
# Bytes unpacked: some seven hundred people. What is larger is read beside the pages.
LIGHT = 256 * 1024
MOST_JOINED = 200
# Of one batch one workbook waits; two batches seldom share a lock.
LOCKS = 64
# Rows above the names of the columns, such as a title.
ABOVE = 10
NAME, MARKED = "batch.xlsx", "marked.xlsx"
YOURS = gettext_lazy("这份工作簿")


def is_anything_to_read() -> bool:
    """Say whether a workbook waits."""
    return is_any_upload_waiting()


def read_uploads(clock: Clock) -> int:
    """Read all that waits; return how many they were. What another process does is left to it."""
    done, last = 0, 0
    with leading("batches") as leads:
        while leads and (upload := next_upload(after=last)):
            last = upload.pk
            with _alone_with(upload) as alone:
                if alone:
                    read_upload(upload, clock)
                    done += 1
    return done


def read_at_once(upload: BatchUpload, clock: Clock) -> None:
    """Read a small workbook where it was sent, whatever large one is being read meanwhile."""
    with _alone_with(upload) as alone, laid_down(upload) as path:
        if alone and is_light(path):
            _read_from(path, upload, clock)


@contextmanager
def _alone_with(upload: BatchUpload) -> Iterator[bool]:
    """Yield whether this workbook waits and nobody else reads it."""
    with leading(f"batch-{upload.batch_id % LOCKS}") as leads:
        yield leads and BatchUpload.objects.filter(pk=upload.pk, read_at__isnull=True).exists()


def is_light(workbook: Path | IO[bytes]) -> bool:
    """Whether a workbook is read in a moment: it is small, or it is refused before its rows."""
    try:
        with ZipFile(workbook) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except DAMAGE:
        return True
    return unpacked <= LIGHT or unpacked > LARGEST


def read_upload(upload: BatchUpload, clock: Clock) -> BatchUpload:
    """Read one workbook to its end, or to where it says no; both are said on the page."""
    with laid_down(upload) as path:
        return _read_from(path, upload, clock)


@contextmanager
def laid_down(upload: BatchUpload) -> Iterator[Path]:
    """Lay the workbook down as a file of its own, gone afterwards."""
    with TemporaryDirectory() as folder, few_pages():
        path = Path(folder) / NAME
        with path.open("wb") as file:
            file.writelines(pieces_of(upload))
        yield path


def _read_from(path: Path, upload: BatchUpload, clock: Clock) -> BatchUpload:
    count, refused, out = Count(), None, path.with_name(MARKED)
    with override(upload.language):
        dress = dressed(upload.batch.column_list)
        try:
            with opened(path) as sheet, marked_copy(sheet, out, dress) as copy:
                _read(sheet, copy, upload, count, clock)
        except Refused as no:
            # Nobody knows the name under which it lay with us.
            no.facts["path"] = YOURS
            refused = no
        except XlsxInputError:
            refused = NotAWorkbook(path=YOURS)
    marked = parts_of(out) if out.exists() else ()
    return finish_upload(upload, count, marked, refused, at=clock())


def _read(sheet: Sheet, copy: MarkedCopy, upload: BatchUpload, count: Count, clock: Clock) -> None:
    columns = upload.batch.column_list
    _must_name(sheet, columns)
    joined = _joined(sheet)
    while rows := list(islice(sheet.rows, CHUNK)):
        at = clock()
        hidden = [_hidden(row, sheet, joined) for row in rows]
        read = [
            read_row(sheet.named(row), columns, on=localdate(at), merged=hides)
            for row, hides in zip(rows, hidden, strict=True)
        ]
        for row, faults in zip(rows, _landed(upload, rows, read, count, at=at), strict=True):
            wrong = sentences(faults, columns)
            copy.keep(row, wrong)
            if wrong:
                count.add_faulty(row.index + 1, "".join(wrong.values()))
        tell_progress(upload, count, about=sheet.about or 0)
    if not count.rows:
        raise NobodyInIt


def _landed(
    upload: BatchUpload,
    rows: Sequence[Row],
    read: Sequence[Line | list[Fault]],
    count: Count,
    *,
    at: datetime,
) -> Iterator[list[Fault]]:
    """Put on the list who can be put there; yield for each row what is wrong with it."""
    good = [(row.index, one) for row, one in zip(rows, read, strict=True) if isinstance(one, Line)]
    done = iter(add_people(upload, good, at=at))
    for one in read:
        result = next(done) if isinstance(one, Line) else one
        if isinstance(result, bool):
            count.good, count.known = count.good + result, count.known + (not result)
        yield [] if isinstance(result, bool) else result if isinstance(result, list) else [result]


def _must_name(sheet: Sheet, columns: Sequence[Column]) -> None:
    """Refuse a workbook whose first sheet is no list; say so where another one of it is."""
    names = {column.name for column in columns if column.needed}
    missing = [c.name for c in columns if c.needed and c.name not in sheet.columns]
    if not missing:
        _must_name_once(sheet, columns)
        return
    for row in islice(sheet.rows, ABOVE):
        if names <= set(columns_of(row)):
            raise NamesBelow(title=sheet.title, row=row.index + 1)
    for title, header in sheet.others:
        if names <= set(columns_of(header)):
            raise WrongSheet(other=title, title=sheet.title)
    raise ColumnsMissing(title=sheet.title, columns=listed(missing))


def _must_name_once(sheet: Sheet, columns: Sequence[Column]) -> None:
    doubled = sheet.doubled
    if twice := [column.name for column in columns if column.name in doubled]:
        raise ColumnsTwice(title=sheet.title, columns=listed(twice))


def _joined(sheet: Sheet) -> list[Area]:
    found = list(islice(sheet.joined, MOST_JOINED + 1))
    if len(found) > MOST_JOINED:
        raise TooManyMerged(many=f"{MOST_JOINED}+")
    return found


def _hidden(row: Row, sheet: Sheet, joined: Sequence[Area]) -> frozenset[str]:
    """Return the columns whose cell in this row is hidden: all of an area but its first cell."""
    places = {
        column
        for area in joined
        if area.row <= row.index <= area.last_row
        for column in range(area.column, min(area.last_column, len(sheet.header.cells)) + 1)
        if (area.row, area.column) != (row.index, column)
    }
    return frozenset(name for name, place in sheet.columns.items() if place in places)
