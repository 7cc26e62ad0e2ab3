"""Places a survey found, from a workbook: sixteen sheds are sixteen rows, and faults come back."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mingchuang.council.books import SentBook
from mingchuang.council.errors.topics import ColumnsMissing, TooManyPlaces, WrongTopicStep
from mingchuang.council.models import Topic
from mingchuang.council.place_book import Taken, take_in
from mingchuang.council.rules.place_sheet import COLUMNS, read_place
from mingchuang.council.rules.proposing import Surveyed
from mingchuang.ledger.models import Entry
from tests.build import A_DAY, MONDAY
from tests.council.build import a_convenor, a_topic
from tests.council.test_import import a_workbook

pytestmark = pytest.mark.django_db

SIXTEEN = [(f"{n}幢{side}车棚", int(n == 5), None) for n in range(1, 9) for side in "东西"]


def taken(topic: Topic, *rows: tuple[Any, ...], columns: tuple[str, ...] = COLUMNS) -> Taken:
    book = SentBook("车棚.xlsx", a_workbook(*rows, columns=columns))
    return take_in(book, topic.number, by=a_convenor(), at=MONDAY + A_DAY)


def test_sixteen_sheds_are_sixteen_places_and_one_entry(client: Client) -> None:
    topic = a_topic()

    result = taken(topic, *SIXTEEN)

    topic.refresh_from_db()
    assert (result.counts["added"], result.faults) == (16, [])
    assert topic.origin == "survey"
    assert [place.number for place in topic.places.all()] == list(range(1, 17))
    assert Entry.objects.get(verb="topic.changed").facts["places"] == 16
    client.force_login(a_convenor())
    page = client.get(reverse("council:topic", args=[topic.number])).content.decode()
    assert page.count('class="num">0</td>') == 14


def test_the_same_workbook_again_changes_nothing_and_another_puts_right() -> None:
    topic = a_topic()
    taken(topic, *SIXTEEN)

    again = taken(topic, *SIXTEEN)
    corrected = taken(topic, ("5幢东车棚", 2, "住着人"), ("9幢车棚", None, None))

    assert dict(again.counts) == {"same": 16}
    assert dict(corrected.counts) == {"corrected": 1, "added": 1}
    place = topic.places.get(name="5幢东车棚")
    assert (place.many, place.note, topic.places.count()) == (2, "住着人", 17)
    assert Entry.objects.filter(verb="topic.changed").count() == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ((None, 2, None), "“地点”是空的"),
        (("5幢车棚", "两个", None), "“数量”请写整数"),
        (("5幢车棚", -1, None), "“数量”请写整数"),
        (("5幢车棚", 1, "=A1"), "“备注”是公式"),
        (("棚" * 81, 1, None), "“地点”超过 80 个字"),
        (("5幢车棚", 1, "找13800000001"), "“备注”里好像有电话"),
    ],
)
def test_a_faulty_row_comes_back_in_words_and_the_others_stand(
    row: tuple[Any, ...], told: str
) -> None:
    topic = a_topic()

    result = taken(topic, SIXTEEN[0], row, SIXTEEN[1])

    sheet = load_workbook(BytesIO(result.marked)).active
    assert sheet is not None
    assert told in str(list(sheet.iter_rows(values_only=True))[2][-1])
    assert result.faults[0][0] == 3
    assert topic.places.count() == 2


def test_once_people_answer_to_a_topic_its_places_stand() -> None:
    with pytest.raises(WrongTopicStep):
        taken(a_topic("gathering"), *SIXTEEN)


def test_without_its_column_or_with_too_many_rows_it_is_refused() -> None:
    topic = a_topic()

    with pytest.raises(ColumnsMissing, match="地点"):
        taken(topic, (1,), columns=("数量",))
    with pytest.raises(TooManyPlaces, match="200"):
        taken(topic, *[(f"{n}号", 1, None) for n in range(201)])

    assert not topic.places.exists()


def test_the_page_tells_what_became_of_it(client: Client) -> None:
    topic = a_topic()
    client.force_login(a_convenor())
    file = SimpleUploadedFile("a.xlsx", a_workbook(*SIXTEEN, (None, 1, None), columns=COLUMNS))

    way = reverse("council:import_places", args=[topic.number])
    page = client.post(way, {"workbook": file}).content.decode()

    assert "新登记 16 处" in page
    assert "第 18 行" in page
    assert 'download="places-marked.xlsx"' in page


cells = st.none() | st.text("车棚3=# \x00", max_size=12) | st.integers() | st.floats()


@given(st.dictionaries(st.sampled_from(COLUMNS), cells))
def test_whatever_stands_in_a_row_it_is_a_place_or_says_what_is_wrong(row: Any) -> None:
    read = read_place(row)

    assert isinstance(read, Surveyed) or all(fault.code and fault.column for fault in read)
