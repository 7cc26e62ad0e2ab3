"""The same sheet handed back: each faulty cell is coloured and says what is wrong, and the last
column says all of it."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time, timedelta
from pathlib import Path
from shutil import move
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from mingchuang.cases.rules.letters import Cell
from mingchuang.cases.workbook.errors import CannotWrite
from mingchuang.cases.workbook.reading import Row, Sheet

PROBLEM = "问题"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
LARGEST = 32_767  # UTF-16 units, the most a cell of Excel holds
LONGEST_TITLE = 31  # UTF-16 units, of a sheet
EXACT = 10**15  # whole numbers up to here are kept by Excel to their last digit
# A marked cell is text, so that a long number typed into it keeps its last digits.
PINK = {"bg_color": "#FFC7CE", "num_format": "@"}
# Notes at cells are held in memory until the end; what is wrong stands in the last column anyway.
MOST_NOTES = 2_000
CLOCK = {"num_format": "yyyy-mm-dd hh:mm:ss"}


# Makes a copy as its template is: where each column of it stands.
Dress = Callable[[Workbook, Worksheet, Mapping[str, int]], None]


class MarkedCopy:
    """A sheet written again row by row; `marked` counts the rows with something wrong.

    A column of problems from the last time is left out; cells beyond the header come last.
    """

    def __init__(self, book: Workbook, original: Sheet, dress: Dress | None) -> None:
        self.marked = self._notes = 0
        self._columns = original.columns
        old, self._width = original.columns.get(PROBLEM), len(original.header.cells)
        self._named = [i for i in range(self._width) if i != old]
        self._last = len(self._named)
        self._plain = {False: None, True: book.add_format(CLOCK)}
        self._pink = {False: book.add_format(PINK), True: book.add_format({**PINK, **CLOCK})}
        self._sheet: Worksheet = book.add_worksheet(_allowed(original.title))
        self._sheet.set_column(0, self._width, 18)
        self._sheet.set_column(self._last, self._last, 80)
        self._sheet.freeze_panes(original.header.index + 1, 0)
        if dress:
            dress(book, self._sheet, self._places())
        self._write(original.header, {}, PROBLEM)

    def _places(self) -> Mapping[str, int]:
        """Return where each column stands in the copy."""
        return {name: self._named.index(i) for name, i in self._columns.items() if i in self._named}

    def keep(self, row: Row, wrong: Mapping[str, str]) -> None:
        """Write a row with what is wrong in it: a sentence for each column."""
        self.marked += bool(wrong)
        self._write(row, wrong, "".join(wrong.values()))
        for column, place in self._places().items():
            if column in wrong and self._notes < MOST_NOTES:
                self._notes += 1
                self._sheet.write_comment(row.index, place, wrong[column])

    def _write(self, row: Row, wrong: Mapping[str, str], problem: str) -> None:
        pink = {self._columns.get(column) for column in wrong}
        cells = [*row.cells, *[None] * (self._width - len(row.cells))]
        beyond = range(self._width, len(cells))
        for place, i in [*enumerate(self._named), *enumerate(beyond, start=self._last + 1)]:
            formats = self._pink if i in pink else self._plain
            moment = isinstance(cells[i], date | time | timedelta)
            self._sheet.write(row.index, place, _written(cells[i]), formats[moment])
        if problem:
            self._sheet.write(row.index, self._last, problem)


@contextmanager
def marked_copy(original: Sheet, path: Path, dress: Dress | None = None) -> Iterator[MarkedCopy]:
    """Write a copy of the sheet beside the import; it appears at `path` if a row was marked."""
    _refuse_unwritable(path, original)
    with TemporaryDirectory() as folder:
        aside = Path(folder) / "marked.xlsx"
        book = Workbook(str(aside), {**OPTIONS, "tmpdir": folder})
        try:
            yield (copy := MarkedCopy(book, original, dress))
        finally:
            book.close()
        if copy.marked:
            move(aside, path)


def _refuse_unwritable(path: Path, original: Sheet) -> None:
    """Refuse before the first row rather than after the last."""
    taken = path.exists() and (not path.is_file() or path.samefile(original.path))
    if taken or not os.access(path.parent, os.W_OK):
        raise CannotWrite(path=path)


def _written(cell: Cell) -> object:
    if isinstance(cell, int) and abs(cell) > EXACT:
        return str(cell)
    return _fitting(cell) if isinstance(cell, str) else cell


def _fitting(text: str) -> str:
    """Return what fits into a cell, and say so where something does not."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LARGEST:
        return text
    note = _("……（这一格放不下全文，后面的字请看原文件）")
    return units[: 2 * (LARGEST - len(note))].decode("utf-16-le", "ignore") + note


def _allowed(title: str) -> str:
    """Return a name Excel takes for a sheet, and its own default where nothing is left."""
    units = re.sub(r"[\[\]:*?/\\]", " ", title).encode("utf-16-le")
    return units[: 2 * LONGEST_TITLE].decode("utf-16-le", "ignore").strip("' ")
