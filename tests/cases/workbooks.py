"""Workbooks as people send them, and what comes back."""

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

HEADER = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")
PINK = "FFFFC7CE"


def a_row(number: object = 1, **given: object) -> tuple[Any, ...]:
    """One good row, in the order of HEADER; name only the cells the test is about."""
    plain = {
        "留言编号": number,
        "留言用户": "A00045581",
        "留言主题": "楼道灯坏了",
        "留言时间": "2026/3/2 9:00:00",
        "留言详情": "楼道灯坏了三天。",
        "答复意见": "灯已修好。",
        "答复时间": "2026/3/5 9:00:00",
    }
    return tuple({**plain, **given}.values())


def a_workbook(path: Path, *rows: Sequence[object], header: Sequence[str] = HEADER) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "留言"
    for row in (header, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def rewritten(path: Path, part: str, old: str, new: str) -> Path:
    """The workbook with a text in one of its parts replaced: what no library would write."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # Where lxml is at hand openpyxl writes 字 as a number, elsewhere as it stands.
    written = old.encode(), old.encode("ascii", "xmlcharrefreplace")
    found = next(text for text in written if text in parts[part])
    parts[part] = parts[part].replace(found, new.encode())
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def cells_of(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))


def problems(path: Path) -> dict[int, str]:
    """What the last column says, by row as Excel counts them; the header left out."""
    last = [row[-1] for row in cells_of(path)]
    return {number: str(told) for number, told in enumerate(last, start=1) if told and number > 1}


def coloured(path: Path) -> list[str]:
    """The coordinates of the cells that are marked."""
    rows = load_workbook(path).worksheets[0].iter_rows()
    return [cell.coordinate for row in rows for cell in row if cell.fill.fgColor.rgb == PINK]


def imported(path: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """Run the import; return its status and its one object of JSON."""
    told, status = StringIO(), 0
    faults = path.with_name("faults.xlsx")
    command = ["import_messages", str(path), "--faults", str(faults), "--json", *words]
    try:
        call_command(*command, stdout=told)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return status, json.loads(told.getvalue())


def refused(path: Path, *words: str) -> tuple[int, str]:
    """Run an import that cannot begin; return its status and its sentence."""
    with pytest.raises(CommandError) as stopped:
        call_command("import_messages", str(path), *words)
    return stopped.value.returncode, str(stopped.value)
