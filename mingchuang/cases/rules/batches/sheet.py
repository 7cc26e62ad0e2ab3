"""One row of a batch's workbook as a person, or everything that is wrong with it. Pure.

Nothing is guessed. What stands in a cell never comes back in a fault: a fault names its column.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from mingchuang.cases.rules.batches.columns import IDENTITY, MOBILE, NAME, Column, Kind
from mingchuang.cases.rules.batches.numbers import identity_fault, is_mobile, plain
from mingchuang.cases.rules.letters import COMPUTED, Cell, clean, moment
from mingchuang.people.rules.encryption import normal_phone

LONGEST = 100
FIRST = date(1900, 1, 1)
NUMERIC = (int, float)


class Fault(NamedTuple):
    """What is wrong in one column; `row` is the row or the place it clashes with, as the workbook
    counts, and `where` the batch in which that place is."""

    column: str
    code: str
    row: int = 0
    where: str = ""


class Line(NamedTuple):
    """One person as the row names them: every column by its name, cleaned."""

    said: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.said[NAME]

    @property
    def identity(self) -> str:
        return self.said[IDENTITY]

    @property
    def phone(self) -> str:
        return self.said[MOBILE]


def read_row(
    cells: Mapping[str, Cell],
    columns: Sequence[Column],
    *,
    on: date,
    merged: frozenset[str] = frozenset(),
) -> Line | list[Fault]:
    """Return the person in a row, given by column name, or every fault, one per column.

    `merged` are the columns whose cell is hidden below or beside another one.
    """
    row = _Row(cells, on, merged)
    found = ((column, row.fault(column)) for column in columns)
    if faults := [Fault(column.name, code) for column, code in found if code]:
        return faults
    return Line({column.name: row.kept(column) for column in columns})


class _Row:
    def __init__(self, cells: Mapping[str, Cell], on: date, merged: frozenset[str]) -> None:
        self.cells, self.on, self.merged = cells, on, merged

    def text(self, column: Column) -> str:
        cell = self.cells.get(column.name)
        whole = isinstance(cell, float) and cell.is_integer()
        text = "" if cell is None else clean(f"{cell:.0f}" if whole else str(cell))
        return " ".join(text.split())

    def day(self, column: Column) -> date | None:
        found = moment(self.cells.get(column.name))
        return found.date() if found else None

    def kept(self, column: Column) -> str:
        """Return what is kept of a cell that is in order."""
        return KEPT.get(column.kind, _Row.text)(self, column)

    def fault(self, column: Column) -> str:
        if column.name in self.merged:
            return "merged"
        text = self.text(column)
        if not text:
            return "empty" if column.needed else ""
        if COMPUTED.match(text):
            return "formula"
        return "too_long" if len(text) > LONGEST else CHECKS[column.kind](self, column)


def _identity(row: _Row, column: Column) -> str:
    cell = row.cells.get(column.name)
    if isinstance(cell, NUMERIC) and not isinstance(cell, bool):
        # Spreadsheets keep 15 digits of a number; the last three are gone.
        return "as_number"
    return identity_fault(plain(row.text(column)), on=row.on)


def _mobile(row: _Row, column: Column) -> str:
    return "" if is_mobile(row.text(column)) else "no_mobile"


def _date(row: _Row, column: Column) -> str:
    day = row.day(column)
    if day is None:
        return "no_date"
    return "too_early" if day < FIRST else ""


def _past(row: _Row, column: Column) -> str:
    day = row.day(column)
    return _date(row, column) or ("future" if day and day > row.on else "")


def _choice(row: _Row, column: Column) -> str:
    return "" if row.text(column) in column.choices else "no_choice"


def _kept_day(row: _Row, column: Column) -> str:
    day = row.day(column)
    return day.isoformat() if day else ""


CHECKS: Mapping[Kind, Callable[[_Row, Column], str]] = {
    Kind.TEXT: lambda _row, _column: "",
    Kind.IDENTITY: _identity,
    Kind.MOBILE: _mobile,
    Kind.DATE: _date,
    Kind.PAST: _past,
    Kind.CHOICE: _choice,
}
KEPT: Mapping[Kind, Callable[[_Row, Column], str]] = {
    Kind.IDENTITY: lambda row, column: plain(row.text(column)),
    Kind.MOBILE: lambda row, column: normal_phone(row.text(column)),
    Kind.DATE: _kept_day,
    Kind.PAST: _kept_day,
}
