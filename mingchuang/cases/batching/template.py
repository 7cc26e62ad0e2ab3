"""The workbook a company fills in: one column for each thing asked, as text, and how to fill it."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import chain, count

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from mingchuang.cases.batching.words import HOW
from mingchuang.cases.rules.batches.columns import Column, Kind
from mingchuang.cases.workbook.marking import Dress

WIDTHS = {Kind.IDENTITY: 24, Kind.MOBILE: 16, Kind.TEXT: 18}
LAST = 20_000  # rows of a choice that offer what may be chosen


def template_bytes(columns: Sequence[Column]) -> bytes:
    """Return an empty workbook with these columns. Every cell is text: a number of 18 digits
    typed into another kind of cell loses its last three."""
    with Workbook(file := BytesIO(), {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#E6F0ED", "num_format": "@"})
        sheet = book.add_worksheet(_("名单"))
        dressed(columns)(book, sheet, {one.name: place for place, one in enumerate(columns)})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.name, head)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def dressed(columns: Sequence[Column]) -> Dress:
    """Return what makes a sheet one of these columns, wherever they stand: cells that are text,
    choices to pick from, and behind it how to fill it in."""

    def dress(book: Workbook, sheet: Worksheet, places: Mapping[str, int]) -> None:
        text = book.add_format({"num_format": "@"})
        for column in columns:
            if (place := places.get(column.name)) is None:
                continue
            sheet.set_column(place, place, WIDTHS.get(column.kind, 16), text)
            if column.choices:
                offered = {"validate": "list", "source": list(column.choices)}
                sheet.data_validation(1, place, LAST, place, offered)
        _explain(book, columns)

    return dress


def _explain(book: Workbook, columns: Sequence[Column]) -> None:
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet = book.add_worksheet(_free(book, _("填写说明")))
    sheet.set_column(0, 1, 14)
    sheet.set_column(2, 2, 60, wrap)
    rows = [(column.name, _needed(column), how(column)) for column in columns]
    for place, row in enumerate([(_("列名"), _("是否必填"), _("怎样填写")), *rows]):
        sheet.write_row(place, 0, row, None if place else bold)


def _free(book: Workbook, name: str) -> str:
    """Return this name for a sheet, numbered where the list itself has it: Excel tells capital
    letters not apart."""
    taken = {str(sheet.name).casefold() for sheet in book.worksheets()}
    numbered = chain([name], (f"{name} {n}" for n in count(2)))
    return next(one for one in numbered if one.casefold() not in taken)


def how(column: Column) -> str:
    """Say what is to be written in a column."""
    return str(HOW[column.kind]) % {"choices": "、".join(column.choices)}


def each_explained(columns: Sequence[Column]) -> list[tuple[Column, str]]:
    """Return the columns, each with what is to be written in it."""
    return [(column, how(column)) for column in columns]


def _needed(column: Column) -> str:
    return _("必填") if column.needed else _("选填")
