"""Workbooks as they come and as they go back: read row by row, marked row by row."""

import tracemalloc
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from xlsxwriter import Workbook as SharingWorkbook

from mingchuang.cases.workbook.errors import (
    Broken,
    CannotWrite,
    Locked,
    NoFile,
    NotAWorkbook,
    TooLarge,
)
from mingchuang.cases.workbook.marking import marked_copy
from mingchuang.cases.workbook.reading import Row, opened
from tests.cases.workbooks import HEADER, a_row, a_workbook, cells_of, coloured, rewritten

SHEET = "xl/worksheets/sheet1.xml"


def rows_of(path: Path) -> list[Row]:
    with opened(path) as sheet:
        return list(sheet.rows)


def copied(path: Path, *, wrong: dict[int, dict[str, str]]) -> Path:
    """Hand the sheet back with these problems in these rows, counted from 0."""
    out = path.with_name("copy.xlsx")
    with opened(path) as sheet, marked_copy(sheet, out) as copy:
        for row in sheet.rows:
            copy.keep(row, wrong.get(row.index, {}))
    return out


def test_a_row_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", ("灯", 7), header=("留言 主题", "\t留言编号"))

    with opened(path) as sheet:
        named = [sheet.named(row) for row in sheet.rows]

    assert named == [{"留言主题": "灯", "留言编号": 7}]


def test_of_two_columns_of_one_name_the_first_counts(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", (1, 2), header=("留言编号", "留言编号"))

    with opened(path) as sheet:
        named = sheet.named(next(sheet.rows))

    assert named == {"留言编号": 1}


def test_blank_rows_say_nothing_and_keep_their_place(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", (1,), (), (None,), (2,), header=("留言编号",))

    assert rows_of(path) == [Row(1, (1,)), Row(4, (2,))]


def test_the_header_may_stand_below_blank_rows(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", HEADER, a_row(), header=())

    with opened(path) as sheet:
        assert sheet.columns == {name: i for i, name in enumerate(HEADER)}


def test_an_empty_sheet_has_no_columns(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", header=())

    with opened(path) as sheet:
        assert (dict(sheet.columns), list(sheet.rows)) == ({}, [])


def test_cells_come_as_what_they_are(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append([1, "灯", datetime(2026, 3, 2, 9, 5), 1.5, "=A1+1", True])
    book.worksheets[0]["G1"] = ArrayFormula("G1:G2", "=SUM(A1:A2)")
    book.save(tmp_path / "a.xlsx")

    with opened(tmp_path / "a.xlsx") as sheet:
        cells = sheet.header.cells

    assert cells == (1, "灯", datetime(2026, 3, 2, 9, 5), 1.5, "=A1+1", True, "=SUM(A1:A2)")


def test_shared_texts_are_read_without_their_formatting(tmp_path: Path) -> None:
    with SharingWorkbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_rich_string(0, 0, "路灯", book.add_format({"bold": True}), "坏了", "三天")
        sheet.write_row(1, 0, ["第一", "_x000D_", "第一\r", ""])

    with opened(tmp_path / "a.xlsx") as read:
        assert read.header.cells == ("路灯坏了三天",)
        assert [row.cells for row in read.rows] == [("第一", "_x000D_", "第一\r")]


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", (1,), (2,), header=("留言编号",))
    rewritten(path, SHEET, '<dimension ref="A1:A3"', '<dimension ref="A1:A1"')

    assert len(rows_of(path)) == 2


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", "留言编号,留言用户".encode(), b"PK\x05\x06" + bytes(18)]
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(NotAWorkbook, match="另存为"), opened(path):
        pass


def test_a_file_made_to_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", a_row())
    nothing = b" " * (1 << 20)
    with ZipFile(path, "a", ZIP_DEFLATED) as book, book.open("xl/media/b", "w") as part:
        for _ in range(1025):
            part.write(nothing)

    with pytest.raises(TooLarge, match="1 GB"), opened(path):
        pass

    assert path.stat().st_size < 5_000_000


def test_a_password_is_asked_to_be_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512))

    with pytest.raises(Locked, match="密码"), opened(path):
        pass


@pytest.mark.parametrize("name", ["nowhere.xlsx", "."])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoFile), opened(tmp_path / name):
        pass


def test_a_sheet_damaged_in_the_middle_is_read_up_to_there(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", (1,), (2,), (3,), header=("留言编号",))
    rewritten(path, SHEET, '<row r="4">', '<row r="4"><')

    with opened(path) as sheet, pytest.raises(Broken, match="第 4 行"):
        assert [row.index for row in sheet.rows] == [1, 2]


def test_the_copy_is_the_sheet_with_its_problems_said_and_shown(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", ("灯", 1), ("水", 2), header=("主题", "编号"))

    copy = copied(path, wrong={2: {"编号": "请核对。", "主题": "请填写。"}})

    assert cells_of(copy) == [
        ("主题", "编号", "问题"),
        ("灯", 1, None),
        ("水", 2, "请核对。请填写。"),
    ]
    assert coloured(copy) == ["A3", "B3"]


def test_nothing_is_handed_back_when_nothing_is_wrong(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", ("灯",), header=("主题",))

    assert not copied(path, wrong={}).exists()


def test_every_cell_comes_back_as_it_was(tmp_path: Path) -> None:
    cells = (
        *(1, 1.5, True, None, "灯\n坏了", "=A1+1", "http://灯", "_x000D_", "\x01", "00123"),
        *(datetime(2026, 3, 2, 9, 5), 20190425093209001234, "😀"),
    )
    with SharingWorkbook(tmp_path / "a.xlsx", {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "编号")
        for place, cell in enumerate(cells):
            text = isinstance(cell, str) or place == 11
            (sheet.write_string(1, place, str(cell)) if text else sheet.write(1, place, cell))

    before = rows_of(tmp_path / "a.xlsx")[0].cells
    after = rows_of(copied(tmp_path / "a.xlsx", wrong={1: {"编号": "请核对。"}}))[0].cells

    assert after == (before[0], "请核对。", *before[1:])


def test_a_repaired_copy_does_not_carry_its_old_problems(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", ("灯", "旧", 1), header=("主题", "问题", "编号"))

    copy = copied(path, wrong={1: {"编号": "新。"}})

    assert cells_of(copy) == [("主题", "编号", "问题"), ("灯", 1, "新。")]
    assert coloured(copy) == ["B2"]


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", ("很长的话",), header=("详情",))
    rewritten(path, SHEET, "很长的话", "长" * 40_000)

    copy = copied(path, wrong={1: {"详情": "请缩短。"}})

    kept = str(cells_of(copy)[1][0])
    assert len(kept) == 32_767
    assert kept.startswith("长" * 32_000)
    assert kept.endswith("后面的字请看原文件）")


def test_a_long_text_of_wide_characters_is_never_cut_in_two(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", ("很长的话",), header=("详情",))
    rewritten(path, SHEET, "很长的话", "灯" + "😀" * 20_000)

    copy = copied(path, wrong={1: {"详情": "请缩短。"}})

    kept = str(cells_of(copy)[1][0])
    assert len(kept.encode("utf-16-le")) <= 2 * 32_767
    assert set(kept.partition("……")[0]) == {"灯", "😀"}


def test_a_sheet_keeps_its_name_as_far_as_excel_allows(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", ("灯",), header=("主题",))
    rewritten(path, "xl/workbook.xml", 'name="留言"', f'name="2026/3 [一] {"很长" * 20}"')

    copy = copied(path, wrong={1: {"主题": "请核对。"}})

    with opened(copy) as sheet:
        assert sheet.title == "2026 3  一  " + "很长" * 10


def test_the_copy_is_refused_where_it_would_lose_something(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", ("灯",), header=("主题",))

    for taken in (path, tmp_path, tmp_path / "nowhere" / "out.xlsx"):
        with opened(path) as sheet, pytest.raises(CannotWrite, match="--faults"):
            marked_copy(sheet, taken).__enter__()


def test_memory_does_not_grow_with_the_texts(tmp_path: Path) -> None:
    with SharingWorkbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for number in range(1, 3001):
            sheet.write_row(number, 0, [number, f"{number}" + "路灯坏了。" * 800])

    tracemalloc.start()
    count = sum(1 for _ in _rows_one_by_one(tmp_path / "a.xlsx"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 2999
    assert peak < 12_000_000, "the texts alone are 36 million bytes"


def _rows_one_by_one(path: Path) -> Iterator[Row]:
    with opened(path) as sheet:
        yield from sheet.rows
