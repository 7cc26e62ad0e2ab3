"""A workbook of people: good rows go on, each fault comes back in words, and it may be repeated."""

from datetime import datetime
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pytest_django import DjangoAssertNumQueries

from mingchuang.council.actions.own import declare_camp, withdraw
from mingchuang.council.books import SentBook
from mingchuang.council.errors.topics import ColumnsMissing, NoSuchObjection
from mingchuang.council.importing import Taken, take_in
from mingchuang.council.models import Stakeholder, Topic
from mingchuang.council.queries.audit import council_faults
from mingchuang.council.rules.sheet import NEEDED, OTHERS, Line, read_line
from mingchuang.ledger.models import Entry
from tests.build import A_DAY, MONDAY, a_case
from tests.council.build import a_convenor, a_topic

pytestmark = pytest.mark.django_db

COLUMNS = ("住户", "姓名", "电话", "怎样受影响", "必须在场的理由", "年龄段", "业主或租户")
GOOD = (
    ("3幢201", "张三", "13800000001", "直接受影响", "住在车棚里", "70+", "租户"),
    ("3幢202", "李四", 13800000002, "住在附近", None, "35-54", "业主"),
)


def a_workbook(*rows: tuple[Any, ...], columns: tuple[str, ...] = COLUMNS) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in (columns, *rows):
        book.active.append(row)
    book.save(file := BytesIO())
    return file.getvalue()


def taken(topic: Topic, *rows: tuple[Any, ...], at: datetime = MONDAY, **given: Any) -> Taken:
    book = SentBook("名册.xlsx", a_workbook(*rows, **given))
    return take_in(book, topic.number, by=a_convenor(), at=at)


def marked(result: Taken) -> list[tuple[Any, ...]]:
    sheet = load_workbook(BytesIO(result.marked)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_each_row_is_somebody_on_the_register_and_who_imported_them_is_kept() -> None:
    topic = a_topic("gathering")

    result = taken(topic, *GOOD)

    people = list(topic.stakeholders.all())
    assert (result.new, result.known, result.faults) == (2, 0, [])
    assert [who.requester.name for who in people] == ["张三", "李四"]
    assert people[0].must_because == "住在车棚里"
    assert people[0].features == {"age": "70+", "tenure": "tenant"}
    assert {who.added_by for who in people} == {a_convenor()}
    assert {who.camp for who in people} == {""}


def test_the_same_workbook_again_changes_nothing() -> None:
    topic = a_topic("gathering")
    taken(topic, *GOOD)

    again = taken(topic, *GOOD, at=MONDAY + A_DAY)

    assert (again.new, again.known) == (0, 2)
    assert topic.stakeholders.count() == 2


IN_THE_WAY = ("3幢202", "李四", 13800000002, "直接受影响", "轮椅停在车棚里")


def test_a_reason_to_be_there_is_taken_where_none_was_written() -> None:
    topic = a_topic("gathering")
    taken(topic, *GOOD)

    again = taken(topic, GOOD[0], IN_THE_WAY, at=MONDAY + A_DAY)

    who = topic.stakeholders.get(number=2)
    assert (again.new, again.known, again.faults) == (0, 2, [])
    assert (who.affected, who.must_because) == ("direct", "轮椅停在车棚里")
    assert Entry.objects.get(verb="stakeholder.changed").facts["affected"] == "direct"


def test_another_reason_than_the_one_that_stands_comes_back_and_is_not_taken() -> None:
    topic = a_topic("gathering")
    taken(topic, *GOOD)

    again = taken(topic, (*GOOD[0][:4], "常在车棚修车"), at=MONDAY + A_DAY)

    assert "名册上写的理由是“住在车棚里”" in again.faults[0][1]
    assert topic.stakeholders.get(number=1).must_because == "住在车棚里"


def test_a_row_without_a_reason_takes_none_away() -> None:
    topic = a_topic("gathering")
    taken(topic, *GOOD)

    again = taken(topic, (*GOOD[0][:3], "住在附近"), at=MONDAY + A_DAY)

    assert (again.known, again.faults) == (1, [])
    assert topic.stakeholders.get(number=1).is_direct


def test_who_withdrew_is_not_brought_back_by_a_row() -> None:
    topic = a_topic("gathering")
    taken(topic, *GOOD)
    withdraw(topic.stakeholders.get(number=2).code, at=MONDAY)

    taken(topic, IN_THE_WAY, at=MONDAY + A_DAY)

    who = topic.stakeholders.get(number=2)
    assert (who.is_withdrawn, who.must_because) == (True, "")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("", "王五", None, "住在附近"), "“住户”是空的"),
        (("4幢1", "王五", "12", "住在附近"), "不是能打通的电话"),
        (("4幢1", "王五", None, "有点烦"), "请填直接受影响、住在附近、关心这件事"),
        (("4幢1", "王五", None, "直接受影响"), "请写“必须在场的理由”"),
        (("4幢1", "王五", None, "住在附近", "吵"), "只有直接受影响的才写"),
        (("4幢1", "王五", "13800000001", "住在附近"), "这个电话已经登记过"),
        (("4幢1", "=A1", None, "住在附近"), "是公式"),
        (("4幢1", "Ann", None, "直接受影响", "Ann 住在车棚里"), "里面有本人的姓名"),
    ],
)
def test_a_faulty_row_comes_back_with_its_fault_and_the_good_ones_go_on(
    row: tuple[Any, ...], told: str
) -> None:
    topic = a_topic("gathering")

    result = taken(topic, GOOD[0], row, GOOD[1])

    assert (result.new, topic.stakeholders.count()) == (2, 2)
    assert told in result.faults[0][1]
    assert result.faults[0][0] == 3
    assert told in str(marked(result)[2][-1])
    assert marked(result)[1][-1] is None


def test_the_words_of_the_pages_are_taken_as_those_of_the_sheet() -> None:
    topic, columns = a_topic("gathering"), ("住户", "怎样受影响", "年龄段", "行动")
    shown = ("3幢201", "住在附近", "18—34 岁", "不便，需要无障碍")

    result = taken(topic, shown, ("3幢202", "住在附近", "70 岁以上", ""), columns=columns)

    assert result.faults == []
    assert [who.features for who in topic.stakeholders.order_by("number")] == [
        {"age": "18-34", "mobility": "limited"},
        {"age": "70+"},
    ]


def test_a_camp_is_never_imported() -> None:
    topic = a_topic("gathering")
    columns = (*COLUMNS[:4], "态度")

    result = taken(topic, ("3幢1", "张三", None, "住在附近", "反对"), columns=columns)

    assert "由本人表明" in result.faults[0][1]
    assert not Stakeholder.objects.exists()


OBJECTED = (*COLUMNS[:4], "反对过的工单")
SPELT = ("3幢{}", "３号楼 0{}室")


def test_who_was_against_in_a_case_is_against_and_the_case_is_named() -> None:
    topic, case = a_topic("gathering"), a_case("dispatched", phone="13900000009").number
    row = ("3幢1", "张三", "13900000009", "住在附近", case.lower())

    result = taken(topic, row, columns=OBJECTED)

    who = topic.stakeholders.get()
    assert (result.new, who.camp, who.proof, who.objection) == (1, "oppose", "objection", case)
    facts = Entry.objects.get(verb="stakeholder.declared").facts
    assert case not in str(facts)
    assert not list(council_faults())


def test_a_case_nobody_finds_comes_back_in_words_and_nobody_is_written_down() -> None:
    topic = a_topic("gathering")

    result = taken(topic, ("3幢1", "张三", None, "住在附近", "XX-1"), GOOD[1][:4], columns=OBJECTED)

    assert result.faults == [(2, str(NoSuchObjection(number="XX-1")))]
    assert (result.new, topic.stakeholders.count()) == (1, 1)
    assert not Entry.objects.filter(verb="stakeholder.declared").exists()


def test_who_is_refused_leaves_phone_and_number_to_the_next() -> None:
    topic = a_topic("gathering")
    refused = ("3幢1", "张三", "13800000001", "住在附近", "XX-1")

    result = taken(topic, refused, ("3幢2", "张三", "13800000001", "住在附近"), columns=OBJECTED)

    who = topic.stakeholders.get()
    assert (result.new, who.number, who.household.label) == (1, 1, "3幢2")
    assert topic.households.count() == 1


def test_hundreds_are_taken_in_by_a_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    topic = a_topic("gathering")
    homes = [SPELT[n % 2].format(n // 2 + 101) for n in range(200)]
    rows = [(home, f"居民{n}", 13800000000 + n, "住在附近") for n, home in enumerate(homes)]

    with django_assert_max_num_queries(40):
        result = taken(topic, *rows, columns=COLUMNS[:4])

    assert (result.new, topic.households.count()) == (200, 100)
    assert [who.number for who in topic.stakeholders.all()] == [*range(1, 201)]
    assert Entry.objects.filter(verb="stakeholder.added").count() == 200


def test_a_record_does_not_speak_for_who_has_spoken() -> None:
    topic, row = a_topic("gathering"), ("3幢1", "张三", None, "住在附近")
    taken(topic, row)
    declare_camp(topic.stakeholders.get().code, "support", at=MONDAY)

    taken(topic, (*row, a_case("dispatched").number), columns=OBJECTED, at=MONDAY + A_DAY)

    who = topic.stakeholders.get()
    assert (who.camp, who.proof, who.objection) == ("support", "link", "")


def test_a_workbook_without_its_columns_is_refused_by_their_names() -> None:
    topic = a_topic("gathering")

    with pytest.raises(ColumnsMissing, match="怎样受影响"):
        taken(topic, ("3幢1", "张三"), columns=("住户", "姓名"))


def test_the_page_tells_what_became_of_it_and_hands_the_marked_copy_out(client: Client) -> None:
    topic = a_topic("gathering")
    client.force_login(a_convenor())
    faulty = [("", "王五", None, "住在附近")] * 22
    file = SimpleUploadedFile("a.xlsx", a_workbook(*GOOD, *faulty))

    page = client.post(reverse("council:import", args=[topic.number]), {"workbook": file})

    words = page.content.decode()
    assert "新登记 2 人" in words
    assert "第 3 行" not in words
    assert "第 4 行" in words
    assert "另有 2 行有问题" in words
    assert 'download="register-marked.xlsx"' in words


def test_what_is_no_workbook_is_said_in_words(client: Client) -> None:
    topic = a_topic("gathering")
    client.force_login(a_convenor())
    file = SimpleUploadedFile("a.xlsx", b"not a workbook")

    page = client.post(reverse("council:import", args=[topic.number]), {"workbook": file})

    assert page.status_code == 422
    assert "“a.xlsx”不是完好的 .xlsx 工作簿" in unescape(page.content.decode())


words = st.text("车棚反对=#1a \x00", max_size=12)
cells = st.none() | words | st.integers() | st.floats() | st.sampled_from(["=1"])


@given(st.dictionaries(st.sampled_from([*NEEDED, *OTHERS, "态度"]), cells))
def test_whatever_stands_in_a_row_it_is_somebody_or_says_what_is_wrong(row: Any) -> None:
    read = read_line(row)

    assert isinstance(read, Line) or all(fault.code and fault.column for fault in read)
