"""What a batch reckons with: numbers that check themselves, rows, places, days."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.rules.batches.columns import BASE, BadLine, Column, Kind, columns_in
from mingchuang.cases.rules.batches.life import FROM, MOVES, Stage, may_move, stages_told
from mingchuang.cases.rules.batches.numbers import (
    SIGNS,
    check_of,
    credit_check_of,
    identity_fault,
    is_credit_code,
    is_mobile,
    plain,
)
from mingchuang.cases.rules.batches.places import places_in, written
from mingchuang.cases.rules.batches.sheet import Fault, Line, read_row
from mingchuang.cases.rules.batches.spread import Spread, spread, with_overtime
from mingchuang.cases.rules.letters import Cell

TODAY = date(2026, 3, 2)
# Examples of the standards themselves: GB 11643-1999 and GB 32100-2015.
SAMPLE, AN_ORGANISATION = "11010519491231002X", "91350100M000100Y43"
GOOD = {"姓名": "王小明", "身份证号码": SAMPLE, "手机号码": "13800000001"}

days = st.dates(date(1930, 1, 1), date(2020, 12, 31))
codes = st.integers(0, 999).map("{:03d}".format)


@given(days, codes)
def test_a_number_with_its_own_last_letter_is_in_order(born: date, code: str) -> None:
    first = f"330211{born:%Y%m%d}{code}"

    assert identity_fault(first + check_of(first), on=TODAY) == ""


@given(days, codes, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born: date, code: str, place: int, off: int) -> None:
    first = f"330211{born:%Y%m%d}{code}"
    whole = first + check_of(first)
    wrong = str((int(whole[place]) + off) % 10)

    assert identity_fault(whole[:place] + wrong + whole[place + 1 :], on=TODAY) != ""


@given(days, codes, st.integers(0, 15))
def test_two_digits_changed_about_are_always_found(born: date, code: str, place: int) -> None:
    first = f"330211{born:%Y%m%d}{code}"
    whole = first + check_of(first)
    about = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]

    assert (identity_fault(about, on=TODAY) == "") == (about == whole)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (SAMPLE, ""),
        ("11010519491231002x", ""),
        ("1101 0519 4912 3100 2X", ""),
        ("１１０１０５１９４９１２３１００２Ｘ", ""),
        ("110105194912310021", "wrong_check"),
        ("110105491231002", "old_identity"),
        ("11010519491331002X", "no_birthday"),
        ("11010520270101002X", "no_birthday"),
        ("01010519491231002X", "no_identity"),
        ("11010519491231002", "no_identity"),
        ("G12345678", "no_identity"),
    ],
)
def test_a_number_of_a_person_is_judged(number: str, fault: str) -> None:
    assert identity_fault(plain(number), on=TODAY) == fault


def test_the_example_of_the_standard_for_organisations_is_in_order() -> None:
    assert is_credit_code(AN_ORGANISATION)


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100m000100y43", True),
        ("９１３５０１００ M000100Y-43", True),
        ("91350100M000100Y34", False),
        ("9135O100M000100Y43", False),
        ("91350100I000100Y43", False),
        ("9135M100M000100Y43", False),
        ("91350100M000100Y4", False),
        ("350100M000100Y", False),
        ("", False),
    ],
)
def test_a_code_of_an_organisation_is_judged_however_it_is_typed(code: str, right: bool) -> None:
    assert is_credit_code(plain(code)) == right


@given(st.text(SIGNS, min_size=9, max_size=9), st.integers(0, 16), st.integers(1, 30))
def test_one_wrong_sign_of_a_credit_code_is_found(body: str, place: int, off: int) -> None:
    first = f"91330200{body}"
    whole = first + credit_check_of(first)
    wrong = SIGNS[(SIGNS.index(whole[place]) + off) % 31]

    assert is_credit_code(whole)
    assert not is_credit_code(whole[:place] + wrong + whole[place + 1 :])


@pytest.mark.parametrize("phone", ["13800000001", "+86 138 0000 0001", "138-0000-0001"])
def test_a_mobile_number_may_be_typed_in_many_ways(phone: str) -> None:
    assert is_mobile(phone)


@pytest.mark.parametrize("phone", ["", "12345678901", "1380000000", "0574-87654321"])
def test_what_is_no_mobile_number_is_told(phone: str) -> None:
    assert not is_mobile(phone)


def test_the_columns_of_an_item_stand_behind_the_three_of_everybody() -> None:
    text = "原参保地 文字 必填\n\n转移类别 选择 选填 养老、失业\n参保日期 过去日期 必填"

    assert columns_in(text) == (
        *BASE,
        Column("原参保地", Kind.TEXT),
        Column("转移类别", Kind.CHOICE, needed=False, choices=("养老", "失业")),
        Column("参保日期", Kind.PAST),
    )


@pytest.mark.parametrize(
    "line",
    [
        "姓名 文字 必填",
        "问题 文字 必填",
        "原参保地 文字",
        "原参保地 数字 必填",
        "原参保地 文字 也许",
        "类别 选择 必填",
        "类别 文字 必填 甲、乙",
    ],
)
def test_a_column_nobody_understands_is_named(line: str) -> None:
    assert columns_in(f"好列 文字 必填\n{line}") == [BadLine(2, line)]


def test_a_good_row_is_a_person() -> None:
    columns = (*BASE, Column("参保日期", Kind.PAST), Column("备注", Kind.TEXT, needed=False))
    cells: dict[str, Cell] = {**GOOD, "姓名": " 王 小明 ", "手机号码": 13800000001.0}

    line = read_row({**cells, "参保日期": datetime(2020, 5, 1)}, columns, on=TODAY)

    said = {**GOOD, "姓名": "王 小明", "参保日期": "2020-05-01", "备注": ""}
    assert line == Line(said)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("姓名", None, "empty"),
        ("姓名", "=A1&B1", "formula"),
        ("姓名", "#REF!", "formula"),
        ("姓名", "长" * 101, "too_long"),
        ("身份证号码", 110105194912310020, "as_number"),
        ("身份证号码", 1.10105194912310e17, "as_number"),
        ("身份证号码", "11010519491231002", "no_identity"),
        ("手机号码", "1380000", "no_mobile"),
        ("参保日期", "去年", "no_date"),
        ("参保日期", "2026-03-03", "future"),
        ("参保日期", "1899-12-31", "too_early"),
        ("类别", "工伤", "no_choice"),
    ],
)
def test_a_wrong_cell_is_a_fault_that_names_its_column(column: str, cell: Cell, code: str) -> None:
    columns = (*BASE, Column("参保日期", Kind.PAST), Column("类别", Kind.CHOICE, choices=("养老",)))
    cells: dict[str, Cell] = {**GOOD, "参保日期": "2020-05-01", "类别": "养老", column: cell}

    assert read_row(cells, columns, on=TODAY) == [Fault(column, code)]


def test_a_cell_hidden_by_another_is_told_as_merged() -> None:
    found = read_row({**GOOD, "姓名": None}, BASE, on=TODAY, merged=frozenset({"姓名"}))

    assert found == [Fault("姓名", "merged")]


def test_every_fault_of_a_row_is_told_at_once() -> None:
    assert read_row({}, BASE, on=TODAY) == [Fault(column.name, "empty") for column in BASE]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("1-3、5", [1, 2, 3, 5]),
        ("5,1 - 3，3", [1, 2, 3, 5]),
        ("２～３", [2, 3]),
        ("7 至 8；1", [1, 7, 8]),
        ("", None),
        ("0", None),
        ("3-1", None),
        ("1-11", None),
        ("一", None),
    ],
)
def test_places_are_read_as_people_write_them(text: str, places: list[int] | None) -> None:
    assert places_in(text, most=10) == places


@given(st.sets(st.integers(1, 300), min_size=1))
def test_places_written_down_are_read_again(places: set[int]) -> None:
    assert places_in(written(places), most=300) == sorted(places)


def test_no_places_are_written_as_nothing() -> None:
    assert written([]) == ""


def test_nothing_leads_out_of_the_end() -> None:
    assert not any(may_move(end, to) for end in ("done", "declined", "taken_out") for to in Stage)


def test_every_stage_but_the_first_is_reached() -> None:
    assert set(FROM) == set(Stage) - {Stage.SENT}
    assert set(MOVES) < set(FROM)


def test_the_stages_are_what_the_moves_add_up_to() -> None:
    moves = [("accepted", [1, 2, 3]), ("done", [2]), ("declined", [9])]

    assert stages_told(moves, 4) == ["accepted", "done", "accepted", "sent"]


week = st.dictionaries(
    st.integers(0, 60).map(lambda n: TODAY + timedelta(n)), st.integers(-50, 500)
)


@given(st.integers(0, 400), st.integers(1, 60), week)
def test_no_day_is_given_more_than_its_idle_minutes(
    matters: int, minutes: int, idle: dict[date, int]
) -> None:
    made = spread(matters, minutes, idle)

    used = {day: made.days.count(day) * minutes for day in set(made.days)}
    assert all(used[day] <= idle[day] for day in used)
    assert len(made.days) * minutes + made.short == matters * minutes
    assert list(made.days) == sorted(made.days)


@given(st.integers(1, 400), st.integers(1, 60), week)
def test_nobody_waits_while_a_day_before_has_room(
    matters: int, minutes: int, idle: dict[date, int]
) -> None:
    made = spread(matters, minutes, idle)

    until = made.promised_on or max(idle, default=TODAY) + timedelta(1)
    rooms = {day: idle[day] - made.days.count(day) * minutes for day in idle if day < until}
    assert all(room < minutes for room in rooms.values())


def test_three_hundred_are_spread_over_the_days_there_is_room() -> None:
    idle = {TODAY + timedelta(n): 600 for n in range(10)}

    made = spread(300, 12, idle)

    assert made.promised_on == TODAY + timedelta(5)
    assert [made.days.count(day) for day in sorted(set(made.days))] == [50] * 6


def test_a_promise_is_made_only_where_all_fit() -> None:
    made = spread(10, 15, {TODAY: 100})

    assert made == Spread((TODAY,) * 6, short=60)
    assert made.promised_on is None


def test_overtime_counts_only_where_somebody_agreed_to_it() -> None:
    saturday = TODAY + timedelta(5)

    left = with_overtime({TODAY: 100}, [(saturday, 120)], {TODAY: 30})

    assert left == {TODAY: 70, saturday: 120}
