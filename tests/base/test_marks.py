"""What a text is found by, without any database."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mingchuang.base.search.marks import (
    Asked,
    asked_for,
    is_found_by,
    marks_of,
    plainly,
)

SAID = "楼道灯坏了，3号楼的 路 灯也坏了。电话 138-0000-0000，A3区。"
dense = st.text(st.characters(categories=["Lo"]), min_size=1, max_size=12)
words = st.text("abcxyz0189", min_size=1, max_size=6)
between = st.text("，。！？ \n\t、；：“”（）…—·.!?", min_size=1, max_size=3)


@pytest.mark.parametrize(
    "asked",
    ["路灯", "灯坏了", "坏了 楼道", "3号楼", "a3", "Ａ３区", "13800000000", "138 0000 0000", "楼"],
)
def test_what_was_written_is_found(asked: str) -> None:
    assert is_found_by(asked, SAID)


@pytest.mark.parametrize("asked", ["水", "路灯 下水道", "灯路", "4号楼", "139"])
def test_what_was_not_written_is_not_found(asked: str) -> None:
    assert not is_found_by(asked, SAID)


@pytest.mark.parametrize("asked", ["", "  ", "，。！", "———"])
def test_words_without_a_letter_find_nothing(asked: str) -> None:
    assert asked_for(asked) == []
    assert not is_found_by(asked, SAID)


def test_a_mark_is_a_pair_a_last_character_or_a_word() -> None:
    assert marks_of("路灯坏，Led灯") == ["led", "坏", "灯", "灯坏", "路灯"]


def test_a_single_character_may_begin_a_pair() -> None:
    assert asked_for("灯 路灯坏") == [
        Asked("灯", begins=True),
        Asked("路灯", begins=False),
        Asked("灯坏", begins=False),
    ]


@given(st.lists(dense | words, min_size=1, max_size=6), between, between)
def test_whatever_was_written_is_found_whatever_the_punctuation(
    parts: list[str], written: str, asked: str
) -> None:
    assume(all(plainly(part).isalnum() for part in parts))

    assert is_found_by(asked.join(parts), written.join(parts))


@given(dense, st.data())
def test_any_stretch_of_dense_writing_is_found(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    assume(plainly(text).isalnum() and plainly(text[first:last]) in plainly(text))

    assert is_found_by(text[first:last], f"前面{text}，后面")


@given(st.text(max_size=60), st.text(max_size=60))
def test_more_text_is_found_by_no_less(one: str, other: str) -> None:
    assert set(marks_of(one)) <= set(marks_of(one, other))


def test_a_text_of_many_long_words_has_no_more_marks_than_a_database_takes() -> None:
    words = " ".join(f"{n:064d}" for n in range(20_000))

    assert sum(len(mark.encode()) for mark in marks_of(words)) <= 900_000


@given(st.text(max_size=40) | st.text("，！？：；（）…　Ａａ1①ﬁé½㈱", max_size=20))
def test_text_is_plain_when_composed_and_small_whatever_it_is_made_of(text: str) -> None:
    small = unicodedata.normalize("NFKC", text).casefold()

    assert plainly(text) == unicodedata.normalize("NFKC", small)
