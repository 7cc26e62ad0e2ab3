"""Past visits from a file: read as they are, or every fault with its line."""

from datetime import datetime, timedelta

import pytest

from mingchuang.hall.rules.days import BEIJING
from mingchuang.visits.rules.past import GREEN, ORDINARY, Fault, PastVisit, read_past
from mingchuang.visits.words.past import FAULTS, fault_sentence

HEAD = "到达时间,叫号时间,办完时间,类别,预约"
GOOD = "2026-03-02 09:13,2026-03-02 09:30,2026-03-02 09:41,普通,否"
CAME = datetime(2026, 3, 2, 9, 13, tzinfo=BEIJING)


def faults_of(*lines: str, head: str = HEAD) -> list[Fault]:
    return read_past("\n".join([head, *lines]))[1]


def test_a_visit_is_read_as_it_was() -> None:
    visits, faults = read_past(f"{HEAD}\n{GOOD}\n")

    assert not faults
    assert visits == [
        PastVisit(CAME, CAME + timedelta(minutes=17), CAME + timedelta(minutes=28), ORDINARY)
    ]
    assert visits[0].minutes == 11


def test_columns_in_another_order_a_mark_in_front_and_moments_of_a_spreadsheet() -> None:
    head = "\ufeff预约,类别,办完时间,叫号时间,到达时间"
    row = '是,绿色通道,"2026/3/2 9:41",2026/3/2 9:30:30,2026年3月2日 9:13'

    visits, faults = read_past(f"{head}\r\n{row}\r\n\r\n")

    assert not faults
    assert (visits[0].came, visits[0].kind, visits[0].booked) == (CAME, GREEN, True)
    assert visits[0].minutes == 10.5


def test_class_and_booking_may_be_left_out() -> None:
    visits, faults = read_past("到达时间,叫号时间,办完时间\n" + GOOD.removesuffix(",普通,否"))

    assert not faults
    assert (visits[0].kind, visits[0].booked) == (ORDINARY, False)


def test_who_left_unserved_was_neither_called_nor_done() -> None:
    visits, faults = read_past(f"{HEAD}\n{GOOD}\n2026-03-02 09:15,,,普通,否")

    assert not faults
    assert visits[1] == PastVisit(CAME + timedelta(minutes=2))
    assert visits[1].minutes is None


@pytest.mark.parametrize(
    ("line", "code", "text"),
    [
        ("2026-03-02 09:13", "short", "叫号时间"),
        ("9:13,2026-03-02 09:30,2026-03-02 09:41,普通,否", "no_moment", "9:13"),
        (",2026-03-02 09:30,2026-03-02 09:41,普通,否", "no_moment", ""),
        ("2026-03-02 09:13,soon,2026-03-02 09:41,普通,否", "no_moment", "soon"),
        ("2026-03-02 09:13,2026-03-02 09:30,,普通,否", "half_served", ""),
        ("2026-03-02 09:13,2026-03-02 09:30,2026-03-02 09:29,普通,否", "out_of_order", ""),
        ("2026-03-02 09:13,2026-03-02 09:12,2026-03-02 09:29,普通,否", "out_of_order", ""),
        (
            "2026-03-02 09:13,2026-03-02 09:30,2026-03-03 09:41,普通,否",
            "other_day",
            "2026-03-03 09:41",
        ),
        ("2026-03-02 09:13,,,老人,否", "no_kind", "老人"),
        ("2026-03-02 09:13,,,普通,也许", "no_answer", "也许"),
    ],
)
def test_a_faulty_line_is_named_with_what_is_wrong(line: str, code: str, text: str) -> None:
    assert faults_of(GOOD, line, GOOD) == [Fault(3, code, text)]


def test_every_faulty_line_is_told_and_the_good_ones_are_there() -> None:
    visits, faults = read_past(f"{HEAD}\n2026,,\n{GOOD}\n\n2026-03-02 09:13,,,老人,否")

    assert [fault.line for fault in faults] == [2, 5]
    assert len(visits) == 1


@pytest.mark.parametrize("head", ["", "a,b,c", "到达时间,叫号时间"])
def test_missing_columns_are_named(head: str) -> None:
    faults = faults_of(GOOD, head=head)

    assert {fault.code for fault in faults} == {"no_column"}
    assert "办完时间" in {fault.text for fault in faults}


def test_a_file_in_which_nobody_was_served_tells_nothing() -> None:
    at_once = "2026-03-02 09:13,2026-03-02 09:30,2026-03-02 09:30,普通,否"

    assert faults_of() == faults_of("2026-03-02 09:13,,,普通,否") == [Fault(0, "nobody_served")]
    assert faults_of(at_once) == [Fault(0, "nobody_served")]


def test_what_is_no_table_is_a_fault_and_not_a_trace() -> None:
    assert faults_of('"' + "9" * 200_000) == [Fault(2, "no_csv")]


def test_every_fault_has_a_sentence() -> None:
    sentences = [fault_sentence(Fault(3, code, "“%”")) for code in FAULTS]

    assert all(sentence.startswith("第 3 行：") for sentence in sentences)
    assert fault_sentence(Fault(0, "nobody_served")).startswith("没有")
