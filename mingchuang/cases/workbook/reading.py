"""A workbook read row by row, in memory that does not grow with the file."""

import re
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from mingchuang.cases.rules.letters import Cell
from mingchuang.cases.workbook.errors import (
    Broken,
    HasMacros,
    Locked,
    NoFile,
    NotAWorkbook,
    TooLarge,
)
from mingchuang.cases.workbook.texts import Fed, Texts

# How a file begins that is sealed with a password, or comes from before 2007.
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# Bytes unpacked: room for a million rows, and none for a file that is made to fill the memory.
LARGEST = 1 << 30
# Programs inside a workbook; whoever opens the copy we hand back must not run them.
MACROS = "vbaProject.bin"
# What reading a damaged file may raise.
DAMAGE = (
    *(BadZipFile, zlib.error, ParseError, EOFError, OSError, NotImplementedError),
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
)
# One area of cells joined into one, and how much of a sheet is looked through at a time.
JOINED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']""")
PIECE = 1 << 16
# Columns a sheet may have; more cells in one row are made to fill the memory.
MOST_CELLS = 16_384
ROWS = f"{{{SHEET_MAIN_NS}}}sheetData"
# XML spells what it cannot hold as _x000D_; halves of characters are left as they are spelled.
ESCAPED = re.compile("_x(?!d[89a-f]|fff[ef])([0-9a-f]{4})_", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One row that says something; `index` counts from 0 and blank rows count."""

    index: int
    cells: tuple[Cell, ...]


class Area(NamedTuple):
    """Cells joined into one; rows and columns count from 0, the last ones belong to it."""

    column: int
    row: int
    last_column: int
    last_row: int


@dataclass(frozen=True)
class Sheet:
    """The first sheet of a workbook that is not hidden; the first row that says something is the
    header.

    `rows` can be read once. `about` is how many rows there are by the sheet's own account.
    `joined` are the cells joined into one, `others` the titles and headers of the other sheets;
    both are only looked for when they are asked for.
    """

    path: Path
    title: str
    header: Row
    rows: Iterator[Row]
    about: int | None
    joined: Iterator[Area]
    others: Iterator[tuple[str, Row]]

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Where each name stands, without its blanks; of two columns of one name the first."""
        return columns_of(self.header)

    @property
    def doubled(self) -> set[str]:
        """The names that stand over more than one column."""
        names = _names(self.header)
        return {name for name in self.columns if names.count(name) > 1}

    def named(self, row: Row) -> dict[str, Cell]:
        """Return the cells of a row by the names of their columns."""
        cells = row.cells
        return {name: cells[i] if i < len(cells) else None for name, i in self.columns.items()}


def columns_of(header: Row) -> Mapping[str, int]:
    """Return where each name stands in a header."""
    names = _names(header)
    return {name: names.index(name) for name in names if name}


def _names(header: Row) -> list[str]:
    return ["".join(str(cell or "").split()) for cell in header.cells]


@contextmanager
def opened(path: Path, *, called: str = "") -> Iterator[Sheet]:
    """Open a workbook to be read once from the top; refused in words if it cannot be read.

    `called` is what its sender calls it, where that is not where it lies.
    """
    called = called or str(path)
    try:
        file = path.open("rb")
    except OSError:
        raise NoFile(path=called) from None
    with file, closing(Texts()) as texts, warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        if file.read(len(OLE)) == OLE:
            raise Locked(path=called)
        yield _first_sheet(file, texts, path, called)


def parts_of(path: Path) -> Iterator[bytes]:
    """Yield a file as it lies, part by part; refused in words if it cannot be opened."""
    try:
        with path.open("rb") as file:
            yield from iter(lambda: file.read(PIECE), b"")
    except OSError:
        raise NoFile(path=path) from None


class _Reader(ExcelReader):
    """openpyxl's reader; the shared texts, which it keeps in memory, are laid down on disk."""

    def __init__(self, file: IO[bytes], texts: Texts) -> None:
        super().__init__(file, read_only=True, keep_links=False)
        self.texts = texts

    def read_strings(self) -> None:
        for part in self.package.findall(SHARED_STRINGS):
            with self.archive.open(part.PartName[1:]) as source:
                self.texts.lay_down(source)


def _first_sheet(file: IO[bytes], texts: Texts, path: Path, called: str) -> Sheet:
    try:
        reader = _Reader(file, texts)
        _refuse_unfit(reader, called)
        reader.read()
        first, *behind = _to_be_seen(reader)
    except DAMAGE as error:
        raise NotAWorkbook(path=called) from error
    sheet, rows = reader.wb.worksheets[first], _rows(reader, called, first)
    header = next(rows, Row(0, ()))
    about = sheet.max_row - header.index - 1 if sheet.max_row else None
    joined, others = _joined(reader, first), _others(reader, called, behind)
    return Sheet(path, sheet.title, header, rows, about, joined, others)


def _refuse_unfit(reader: _Reader, called: str) -> None:
    parts = reader.archive.infolist()
    if sum(part.file_size for part in parts) > LARGEST:
        raise TooLarge(path=called)
    if any(part.filename.endswith(MACROS) for part in parts):
        raise HasMacros(path=called)


def _to_be_seen(reader: _Reader) -> list[int]:
    """Return the places of the sheets that are not hidden: nobody sent what they did not see."""
    sheets = enumerate(reader.wb.worksheets)
    return [place for place, sheet in sheets if sheet.sheet_state == "visible"]


def _others(reader: _Reader, called: str, behind: Sequence[int]) -> Iterator[tuple[str, Row]]:
    """Yield the title and the header of each sheet behind the first."""
    for which in behind:
        title = reader.wb.worksheets[which].title
        yield title, next(_rows(reader, called, which), Row(0, ()))


def _joined(reader: _Reader, which: int) -> Iterator[Area]:
    """Yield the joined cells of a sheet, which are named behind all of its rows."""
    book: Any = reader.wb
    with reader.archive.open(book.worksheets[which]._worksheet_path) as source:
        rest = b""
        while piece := source.read(PIECE):
            whole = rest + piece
            # The last tag may be cut in two; what is longer than a piece is no tag of ours.
            cut = max(whole.rfind(b"<"), 0)
            yield from map(_area, JOINED.finditer(whole[:cut]))
            rest = whole[cut:][-PIECE:]
        yield from map(_area, JOINED.finditer(rest))


def _area(found: re.Match[bytes]) -> Area:
    left, top, right, bottom = (part.decode() for part in found.groups())
    columns = column_index_from_string(left) - 1, column_index_from_string(right) - 1
    return Area(columns[0], int(top) - 1, columns[1], int(bottom) - 1)


def _rows(reader: _Reader, called: str, which: int) -> Iterator[Row]:
    """Yield each row of a sheet that says something, up to the first that cannot be read."""
    number, parsed = 0, _parsed(reader, which)
    while True:
        try:
            number, cells = next(parsed)
        except StopIteration:
            return
        except DAMAGE as error:
            raise Broken(path=called, row=number + 1) from error
        if any(cell is not None for cell in cells):
            yield Row(number - 1, cells)


def _parsed(reader: _Reader, which: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    book: Any = reader.wb
    with reader.archive.open(book.worksheets[which]._worksheet_path) as source:
        parser = WorkSheetParser(
            source,
            reader.texts,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in _row_by_row(parser, source):
            # The parser would remember the height of every row.
            parser.row_dimensions.clear()
            yield number, _side_by_side({c["column"]: c for c in cells})


def _row_by_row(parser: WorkSheetParser, source: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """Let the parser read each row as it comes, and let go of whatever was read. Left to itself,
    it keeps an empty husk of each: a million blank rows would fill the memory."""
    path: list[Element] = []
    for step, node in Fed(source).steps():
        if step == "start":
            path.append(node)
            continue
        path.pop()
        if node.tag == ROW_TAG:
            yield parser.parse_row(node)
        elif node.tag == ROWS:
            # Nothing behind the rows is asked for here.
            return
        _let_go(path, node)


def _let_go(path: list[Element], node: Element) -> None:
    """Take out of the tree what was read, but for the cells of a row that is still open."""
    if not path:
        return
    if not any(above.tag == ROW_TAG for above in path):
        path[-1].remove(node)
    elif len(path[-1]) > MOST_CELLS:
        raise ValueError


def _side_by_side(cells: Mapping[int, Mapping[str, Any]]) -> tuple[Cell, ...]:
    return tuple(_cell(cells.get(column)) for column in range(1, max(cells, default=0) + 1))


def _cell(parsed: Mapping[str, Any] | None) -> Cell:
    if parsed is None or parsed["value"] is None:
        return None
    # A formula over several cells is an object that holds its text.
    value: Cell = getattr(parsed["value"], "text", parsed["value"])
    if isinstance(value, str):
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) or None
    return value
