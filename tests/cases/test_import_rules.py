"""One row of a workbook as a letter, without a workbook and without a database."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.rules.letters import (
    LONGEST,
    Fault,
    Letter,
    clean,
    key_of,
    moment,
    read_letter,
)
from mingchuang.cases.rules.tally import Tally, is_on_time
from tests.build import A_DAY, AN_HOUR, MONDAY, SHANGHAI
from tests.cases.workbooks import HEADER, a_row

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=SHANGHAI)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 1)).map(
    lambda at: at.replace(microsecond=0)
)
words = st.text(alphabet="YJ-12", max_size=4)


def a_reading(**given: Any) -> Letter | list[Fault]:
    return read_letter(dict(zip(HEADER, a_row(**given), strict=True)), now=NOW)


def the_letter(**given: Any) -> Letter:
    letter = a_reading(**given)
    assert isinstance(letter, Letter)
    return letter


def the_faults(**given: Any) -> list[tuple[str, str]]:
    faults = a_reading(**given)
    assert isinstance(faults, list)
    return [(fault.column, fault.code) for fault in faults]


def test_a_row_becomes_a_message() -> None:
    letter = the_letter(number=2549)

    assert letter.number == "2549"
    assert letter.at == datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
    assert letter.replied_at == datetime(2026, 3, 5, 9, 0, tzinfo=SHANGHAI)
    assert letter.kind == "other"


def test_what_copying_left_in_a_text_is_taken_out() -> None:
    copied = (
        "\n\t\t\t\t\t\n\t\t\t\t\t路灯坏了。\t\t请修。 \r\n　　第二段。\n\n\n\n谢谢\x00\n\t\t\t\t"
    )

    assert the_letter(留言详情=copied).text == "路灯坏了。 请修。\n　　第二段。\n\n谢谢"


def test_a_title_is_one_line() -> None:
    assert the_letter(留言主题=" 楼道\n灯坏了").title == "楼道 灯坏了"


@given(st.text(alphabet=st.sampled_from("灯 　\t\n\r\x00ab")))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)

    assert clean(once) == once


@pytest.mark.parametrize("number", [2549, 2549.0, "2549", " 2549\t"])
def test_a_number_is_the_same_however_the_cell_holds_it(number: object) -> None:
    assert the_letter(number=number).number == "2549"


@pytest.mark.parametrize(
    "cell",
    [
        "2026/3/2 9:05:07",
        "2026-03-02 09:05:07",
        "2026-03-02T09:05:07",
        "2026.3.2 9:05:07",
        "2026年3月2日 9时5分7秒",
        " 2026年3月2日9:05:07 ",
        datetime(2026, 3, 2, 9, 5, 7),
    ],
)
def test_a_moment_is_read_however_people_write_it(cell: Any) -> None:
    assert moment(cell) == datetime(2026, 3, 2, 9, 5, 7, tzinfo=SHANGHAI)


@pytest.mark.parametrize("cell", ["2026/3/2", "2026年3月2日", date(2026, 3, 2)])
def test_a_day_is_read_as_its_beginning(cell: Any) -> None:
    assert moment(cell) == datetime(2026, 3, 2, tzinfo=SHANGHAI)


@pytest.mark.parametrize("cell", ["", "2026/13/45", "2026/2/30 9:00", "昨天", 46083.5, 46083])
def test_what_is_no_moment_is_never_guessed(cell: Any) -> None:
    assert moment(cell) is None


@given(moments)
def test_a_moment_written_out_is_read_back(at: datetime) -> None:
    aware = at.replace(tzinfo=SHANGHAI)

    assert moment(f"{at:%Y/%m/%d %H:%M:%S}") == moment(f"{at:%Y年%m月%d日 %H:%M:%S}") == aware


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"number": None}, [("留言编号", "empty")]),
        ({"number": "9" * 41}, [("留言编号", "too_long")]),
        ({"留言用户": "长" * 61}, [("留言用户", "too_long")]),
        ({"留言主题": "长" * 121}, [("留言主题", "too_long")]),
        ({"留言时间": None}, [("留言时间", "empty")]),
        ({"留言时间": "2019/13/45"}, [("留言时间", "no_moment")]),
        ({"留言时间": 43580.4}, [("留言时间", "no_moment")]),
        ({"留言时间": datetime(1900, 1, 1)}, [("留言时间", "too_early")]),
        ({"留言时间": "2026/11/23 9:00"}, [("留言时间", "future")]),
        ({"留言详情": " \n\t "}, [("留言详情", "empty")]),
        ({"留言详情": "长" * 20_001}, [("留言详情", "too_long")]),
        ({"留言详情": "=SUM(1,2)"}, [("留言详情", "formula")]),
        ({"留言详情": "#REF!"}, [("留言详情", "formula")]),
        ({"答复意见": "长" * 40_000}, [("答复意见", "too_long")]),
        ({"答复意见": None}, [("答复意见", "no_reply")]),
        ({"答复时间": None}, [("答复时间", "no_reply_time")]),
        ({"答复时间": "2026/3/5 25:00"}, [("答复时间", "no_moment")]),
        ({"答复时间": "2026/3/2 8:59"}, [("答复时间", "reply_first")]),
        ({"答复时间": "2027/3/2 8:59"}, [("答复时间", "future")]),
        ({"类型": "吐槽"}, [("类型", "no_kind")]),
        ({"number": "", "留言详情": ""}, [("留言编号", "empty"), ("留言详情", "empty")]),
    ],
)
def test_a_fault_names_its_column(given: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    header = (*HEADER, "类型")[: len(a_row(**given))]

    found = read_letter(dict(zip(header, a_row(**given), strict=True)), now=NOW)

    assert isinstance(found, list)
    assert [(fault.column, fault.code) for fault in found] == faults


def test_one_wrong_time_is_one_fault() -> None:
    assert the_faults(留言时间="2030/1/1 9:00") == [("留言时间", "future")]


def test_a_text_that_just_fits_is_taken() -> None:
    assert len(the_letter(留言详情="长" * LONGEST["留言详情"]).text) == 20_000


def test_without_an_answer_a_message_is_still_a_message() -> None:
    letter = the_letter(答复意见=None, 答复时间="")

    assert (letter.reply, letter.replied_at) == ("", None)


def test_the_columns_of_the_answer_count_only_together() -> None:
    cells = dict(zip(HEADER[:6], a_row()[:6], strict=True))

    letter = read_letter(cells, now=NOW)

    assert isinstance(letter, Letter)
    assert (letter.reply, letter.replied_at) == ("", None)


def test_a_column_that_is_not_there_is_a_fault_of_every_row() -> None:
    found = read_letter(dict(zip(HEADER[1:], a_row()[1:], strict=True)), now=NOW)

    assert found == [Fault("留言编号", "no_column")]


def test_a_kind_is_read_by_its_chinese_name() -> None:
    cells = {**dict(zip(HEADER, a_row(), strict=True)), "类型": " 投诉 "}

    letter = read_letter(cells, now=NOW)

    assert isinstance(letter, Letter)
    assert letter.kind == "complaint"


@given(words, words, words, words)
def test_keys_are_alike_only_for_the_same_unit_and_number(a: str, b: str, c: str, d: str) -> None:
    alike = key_of(a, b) == key_of(c, d)

    assert alike == ((a, b) == (c, d))


def test_a_key_fits_where_it_is_kept() -> None:
    assert len(key_of("YJ-" * 20, "9" * 40)) == 64


def test_an_answer_is_in_time_until_the_first_moment_that_is_too_late() -> None:
    in_time = is_on_time(due_at=MONDAY, replied_at=MONDAY - timedelta(seconds=1), now=NOW)

    assert in_time is True
    assert is_on_time(due_at=MONDAY, replied_at=MONDAY, now=NOW) is False


def test_no_answer_is_late_once_it_was_due_and_open_before() -> None:
    assert is_on_time(due_at=MONDAY, replied_at=None, now=MONDAY) is False
    assert is_on_time(due_at=MONDAY, replied_at=None, now=MONDAY - AN_HOUR) is None


def test_what_is_not_due_yet_is_counted_apart() -> None:
    tally = Tally(at=MONDAY)

    tally.add(is_new=True, due_at=MONDAY + A_DAY, replied_at=None)
    tally.add(is_new=True, due_at=MONDAY + A_DAY, replied_at=MONDAY)
    tally.add(is_new=False, due_at=MONDAY - A_DAY, replied_at=None)

    assert (tally.rows, tally.imported, tally.already, tally.replied) == (3, 2, 1, 1)
    assert (tally.kept, tally.due, tally.waiting) == (1, 2, 1)
