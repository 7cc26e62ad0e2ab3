"""A table handed out as CSV or as a workbook, in which no cell is ever taken for a formula."""

import csv
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice
from typing import TypeAlias

from xlsxwriter import Workbook

Table: TypeAlias = "Iterable[Sequence[str | int]]"
# Spreadsheets reckon with what begins like this (CWE-1236), also behind blanks.
RECKONED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

# Digits of a number that Excel keeps.
EXACT = 15
# Rows of a CSV file that are written together.
SOME = 500


def guarded(cell: str | int) -> str | int:
    """Return a cell that is read as text: one apostrophe before what would be reckoned."""
    if isinstance(cell, int):
        return cell
    begins = cell.startswith(RECKONED) or cell.lstrip().startswith(RECKONED)
    return f"'{cell}" if begins else cell


def table_bytes(table: Table, kind: str) -> bytes:
    """Return the table as a file of one of `KINDS`."""
    return (_xlsx if kind == "xlsx" else _csv)(table)


def _csv(table: Table) -> bytes:
    return b"".join(csv_parts(table))


def kept_whole(cell: str | int) -> str | int:
    """Return a cell for a person with Excel: of a long number in CSV it keeps fifteen digits, but
    where a formula of digits alone gives it as text."""
    digits = str(cell)
    long = len(digits) > EXACT and digits.isascii() and digits.isdecimal()
    return f'="{digits}"' if long else guarded(cell)


def csv_parts(table: Table, cell: Callable[[str | int], str | int] = guarded) -> Iterator[bytes]:
    """Yield the table as CSV, some rows at a time: UTF-8 with a byte order mark, without which
    Excel guesses another encoding."""
    yield BOM_UTF8
    rows = iter(table)
    while some := list(islice(rows, SOME)):
        text = StringIO()
        csv.writer(text).writerows(map(cell, row) for row in some)
        yield text.getvalue().encode()


def _xlsx(table: Table) -> bytes:
    book = Workbook(file := BytesIO(), OPTIONS)
    sheet = book.add_worksheet()
    for i, row in enumerate(table):
        for j, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(i, j, cell)
            else:
                sheet.write_string(i, j, str(guarded(cell)))
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return file.getvalue()
