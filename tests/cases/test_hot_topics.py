"""`mingchuang hot_topics`: what many people wrote about in a workbook; nothing is kept."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.cases.models import Case
from mingchuang.cases.rules.gathering import Gathering, Voice
from mingchuang.cases.rules.likeness import Commonness, Matter
from tests.build import A_DAY, MONDAY
from tests.cases.workbooks import a_row, a_workbook

DUST = "丽江新城旁边的搅拌站半夜开工，灰尘很大，睡不着。"
AGAIN = "搅拌站又在半夜开工，丽江新城的居民都睡不着，请管一管。"
LAMP = "三里桥公园门口的路灯坏了一个星期。"


def gathered(*said: tuple[str, str]) -> Gathering:
    """Letters of (who, what), a day apart."""
    gathering = Gathering(Commonness(), days=30)
    for n, (who, text) in enumerate(said):
        gathering.add(Voice(who, MONDAY + n * A_DAY, Matter(text)))
    return gathering


def test_letters_on_one_matter_are_one_topic() -> None:
    topics = gathered(("甲", DUST), ("乙", LAMP), ("丙", AGAIN)).topics()

    assert [[voice.who for voice in topic.voices] for topic in topics] == [["甲", "丙"]]
    assert topics[0].people == 2
    assert "搅拌站" in topics[0].shared


def test_who_writes_often_is_one_person() -> None:
    topics = gathered(*[("甲", DUST)] * 3, ("乙", LAMP), ("丙", LAMP)).topics()

    assert [(topic.people, len(topic.voices)) for topic in topics] == [(2, 2), (1, 3)]


@settings(deadline=None)
@given(st.lists(st.sampled_from([DUST, AGAIN, LAMP]), max_size=12))
def test_each_letter_is_in_one_topic_at_most(texts: list[str]) -> None:
    topics = gathered(*((str(n), text) for n, text in enumerate(texts))).topics()

    who = [voice.who for topic in topics for voice in topic.voices]
    assert len(who) == len(set(who))
    assert all(len({voice.matter.text == LAMP for voice in t.voices}) == 1 for t in topics)


def test_a_workbook_is_read_and_nothing_of_it_kept(tmp_path: Path) -> None:
    rows = [
        a_row(1, 留言用户="甲", 留言主题="搅拌站", 留言详情=DUST),
        a_row(2, 留言用户="乙", 留言主题="搅拌站", 留言详情=AGAIN),
        a_row(3, 留言用户="丙", 留言主题="路灯", 留言详情=LAMP),
        a_row(4, 留言详情=""),
    ]
    book, out = a_workbook(tmp_path / "留言.xlsx", *rows), StringIO()

    call_command("hot_topics", str(book), stdout=out)

    assert "3 条留言，1 组同一件事" in out.getvalue()
    assert "2 人 2 条，2026-03-02 到 2026-03-02：搅拌站" in out.getvalue()


def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as stopped:
        call_command("hot_topics", str(tmp_path / "nothing.xlsx"))

    assert stopped.value.returncode == 2


@pytest.mark.django_db
def test_real_messages_hold_topics_of_many_people(optional_data: Path) -> None:
    out = StringIO()

    call_command("hot_topics", str(optional_data / "messages.xlsx"), "--json", stdout=out)

    found: dict[str, Any] = json.loads(out.getvalue())
    assert found["messages"] == 2163
    assert [topic["people"] > 15 for topic in found["topics"][:3]] == [True, True, False]
    assert not Case.objects.exists()
