"""Reading one year of the statutory calendar from plain text."""

from datetime import date

import pytest

from mingchuang.hall.rules.days import DayKind, Mark
from mingchuang.hall.rules.table import CalendarTable, parse_calendar
from mingchuang.hall.words.tables import FAULTS, fault_sentence
from tests.hall.days import shipped

HEAD = "year: 2027\nsource: 通知\nretrieved: 2026-11-10\n"
A_DAY = "2027-01-01 holiday 元旦\n"


def faults_of(text: str) -> list[str]:
    parsed = parse_calendar(text)
    assert isinstance(parsed, list)
    return [fault_sentence(fault) for fault in parsed]


def test_a_file_is_read_line_by_line() -> None:
    text = "\ufeff# 说明\n\n" + HEAD + A_DAY + "2026-12-27 makeup 元旦\n"

    table = parse_calendar(text)

    assert isinstance(table, CalendarTable)
    assert (table.year, table.source, table.retrieved) == (2027, "通知", date(2026, 11, 10))
    assert table.marks == (
        (date(2026, 12, 27), Mark(DayKind.MAKEUP, "元旦")),
        (date(2027, 1, 1), Mark(DayKind.HOLIDAY, "元旦")),
    )


def test_the_version_depends_on_what_counts_and_nothing_else() -> None:
    plain, remarked = parse_calendar(HEAD + A_DAY), parse_calendar("# 说明\n" + HEAD + "\n" + A_DAY)
    other = parse_calendar(HEAD + A_DAY.replace("元旦", "新年"))

    assert isinstance(plain, CalendarTable)
    assert isinstance(remarked, CalendarTable)
    assert isinstance(other, CalendarTable)
    assert plain.version == remarked.version != other.version


def test_2026_is_shipped_as_the_notice_of_november_2025_says() -> None:
    table = shipped(2026)

    assert len(table.marks) == 39
    assert "2025 年 11 月 4 日" in table.source


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            HEAD + "2027-02-30 holiday 春节",
            "第 4 行：“2027-02-30”不是日期，请写成 2027-01-01 的样子。",
        ),
        (
            HEAD + A_DAY + "2027-01-02 off 元旦",
            "第 5 行：“off”不是类别，放假请写 holiday，调休上班请写 makeup。",
        ),
        (
            HEAD + "2027-01-01",
            "第 4 行：“2027-01-01”没有读懂，请写“日期 类别 名称”，例如 2027-01-01 holiday 元旦。",
        ),
        (HEAD + A_DAY + A_DAY, "第 5 行：2027-01-01 写了两次，请只留一行。"),
        (
            HEAD + "2025-01-01 holiday 元旦",
            "第 4 行：2025-01-01 不在这一年，也不在上一年的十二月，请检查年份。",
        ),
        (HEAD, "没有任何放假或补班的日子，请检查是不是选错了文件。"),
        (
            "year: 27\nsource: 通知\nretrieved: 2026-11-10\n" + A_DAY,
            "第 1 行：“27”不是年份，请写成 2027 的样子。",
        ),
        (
            "year: 2027\nsource: 通知\nretrieved: 昨天\n" + A_DAY,
            "第 3 行：“昨天”不是日期，请写成 2026-11-10 的样子。",
        ),
        (
            HEAD + A_DAY + "year: 2028\n2028-01-03 holiday 元旦",
            "第 5 行：“year: 2028”前面已经写过，请只留一行；一个文件只写一年。",
        ),
        (
            HEAD + A_DAY + "source: 另一个通知",
            "第 5 行：“source: 另一个通知”前面已经写过，请只留一行；一个文件只写一年。",
        ),
        (
            "source: 通知\nretrieved: 2026-11-10\n1999-05-05 holiday 劳动节\nyear: 2027",
            "第 3 行：1999-05-05 不在这一年，也不在上一年的十二月，请检查年份。",
        ),
        (
            HEAD + "20270101 holiday 元旦",
            "第 4 行：“20270101”不是日期，请写成 2027-01-01 的样子。",
        ),
        (
            HEAD + "2027-W01-1 holiday 元旦",
            "第 4 行：“2027-W01-1”不是日期，请写成 2027-01-01 的样子。",
        ),
        (
            HEAD + "２０２７-01-01 holiday 元旦",
            "第 4 行：“２０２７-01-01”不是日期，请写成 2027-01-01 的样子。",
        ),
        (
            "year: 2027\nsource: 通知\nretrieved: 20261110\n" + A_DAY,
            "第 3 行：“20261110”不是日期，请写成 2026-11-10 的样子。",
        ),
        (
            "year: ２０２７\nsource: 通知\nretrieved: 2026-11-10\n" + A_DAY,
            "第 1 行：“２０２７”不是年份，请写成 2027 的样子。",
        ),
        (
            HEAD + "2027-01-01 holiday 元\0旦",
            "第 4 行：“2027-01-01 holiday 元\0旦”没有读懂，"
            "请写“日期 类别 名称”，例如 2027-01-01 holiday 元旦。",
        ),
        (
            "year: 2027\nsource:\nretrieved: 2026-11-10\n" + A_DAY,
            "第 2 行：来源请写 1 到 200 个字。",
        ),
    ],
)
def test_each_fault_is_told_with_its_line(text: str, sentence: str) -> None:
    assert sentence in faults_of(text)


def test_the_year_may_be_written_last() -> None:
    last = parse_calendar(A_DAY + "retrieved: 2026-11-10\nsource: 通知\nyear: 2027")

    assert last == parse_calendar(HEAD + A_DAY)


def test_faults_are_told_in_the_order_of_the_lines() -> None:
    text = "2027-02-30 holiday 春节\n" + HEAD + "year: 2028\n2027-01-01 party 元旦"

    assert [sentence.partition("：")[0] for sentence in faults_of(text)] == [
        "第 1 行",
        "第 5 行",
        "第 6 行",
    ]


def test_everything_wrong_is_told_at_once() -> None:
    assert faults_of("") == [str(FAULTS[f"no_{name}"]) for name in ("year", "source", "retrieved")]
    assert len(faults_of(HEAD + "x\ny\n2027-13-01 holiday 元旦")) == 3
