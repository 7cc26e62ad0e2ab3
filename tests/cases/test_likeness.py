"""Two texts are alike by the telling words they share, whatever their punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.rules.comparing import COMPARED, ELSEWHERE, Sought, most_alike
from mingchuang.cases.rules.likeness import (
    Commonness,
    Matter,
    are_apart,
    counted,
    likeness,
    runs,
    sketch,
    telling,
)
from mingchuang.cases.rules.shared import shared

RARE = Commonness()
texts = st.text("丽发新城搅拌站噪音扰民停水路灯坏了 A7，。！", max_size=60)
POLITE = "尊敬的领导您好，"
SAMPLE = [
    f"{POLITE}丽发新城附近的搅拌站又在半夜开工。",
    f"{POLITE}请问公租房怎么申请？",
    f"{POLITE}三里桥的路灯坏了。",
    f"{POLITE}幼儿园的学费太贵。",
    *(f"{POLITE}{n}" for n in range(9)),
]


def how_alike(one: str, other: str, common: Commonness = RARE) -> float:
    return likeness(sketch(Matter(one), common), sketch(Matter(other), common))


@given(texts, texts)
def test_likeness_is_the_same_from_both_sides_and_between_0_and_1(one: str, other: str) -> None:
    assert how_alike(one, other) == pytest.approx(how_alike(other, one))
    assert 0 <= how_alike(one, other) <= 1


@given(texts)
def test_a_text_is_wholly_like_itself_if_it_says_anything(text: str) -> None:
    assert how_alike(text, text) == pytest.approx(1.0 if list(runs(text)) else 0.0)


@given(texts)
def test_punctuation_spaces_and_width_say_nothing(text: str) -> None:
    dotted = "，".join(text).replace("A", "Ａ").replace("7", "７") + "！ "

    assert how_alike(text, dotted) == pytest.approx(how_alike(text, text))


@given(texts, texts)
def test_shared_words_stand_in_both_texts(one: str, other: str) -> None:
    for word in shared(one, other, RARE):
        assert word in "".join(letter for letter in one.casefold() if letter.isalnum())
        assert word in "".join(letter for letter in other.casefold() if letter.isalnum())


def test_what_every_letter_begins_with_makes_no_two_letters_alike() -> None:
    common = counted(SAMPLE, least=1)

    assert how_alike(SAMPLE[0], SAMPLE[1], common) < 0.05
    assert how_alike(SAMPLE[0], SAMPLE[1]) > 0.2


def test_the_same_matter_in_other_words_is_more_alike_than_another_matter() -> None:
    common = counted(SAMPLE, least=1)
    again = "丽发新城旁边那个搅拌站灰尘很大，请管一管。"

    likes = [how_alike(again, text, common) for text in SAMPLE]

    assert likes[0] == max(likes)
    assert likes[0] > 5 * max(likes[1:])


def test_a_title_counts_more_than_the_body() -> None:
    said = Matter("路灯坏了", title="搅拌站扰民")
    by_title, by_body = Matter("搅拌站扰民"), Matter("路灯坏了")

    closer = likeness(sketch(said, RARE), sketch(by_title, RARE))

    assert closer > likeness(sketch(said, RARE), sketch(by_body, RARE))


def test_the_shared_words_can_be_read_aloud() -> None:
    common = counted(SAMPLE, least=1)
    again = f"{POLITE}我住在丽发新城，附近的搅拌站灰尘很大。"

    assert shared(again, SAMPLE[0], common) == ["附近的搅拌站", "丽发新城"]


def test_the_most_telling_runs_are_looked_for_first() -> None:
    common = counted(SAMPLE, least=1)
    said = Matter(f"{POLITE}丽发新城停水了。", title="丽发停水")

    found = telling(said, common, most=6)

    assert set(found) >= {"丽发", "停水", "发新", "新城"}
    assert "领导" not in found


def test_those_that_hold_the_telling_runs_are_compared_first() -> None:
    common = counted(SAMPLE, least=1)
    some = [*(f"{POLITE}新城{n}" for n in range(2 * COMPARED)), *SAMPLE]
    others = {n: Matter(text) for n, text in enumerate(some)}

    found = most_alike(Sought(Matter("丽发新城的搅拌站。"), common), others, least=0.0)

    assert others[found[0][1]].text == SAMPLE[0]
    assert len(found) == COMPARED


def test_nothing_said_is_like_nothing() -> None:
    assert sketch(Matter("……！"), RARE) == {}
    assert how_alike("……！", "……！") == 0.0


@given(texts, st.lists(st.tuples(texts, st.sampled_from(["", "停水路", "搅拌站"])), max_size=12))
def test_what_is_passed_over_is_less_alike_than_what_is_asked_for(
    text: str, others: list[tuple[str, str]]
) -> None:
    mine, said = (
        Matter(text, place="停水路"),
        dict(enumerate(Matter(said, place=place) for said, place in others)),
    )
    scores = {
        key: (ELSEWHERE if are_apart(mine, one) else 1.0)
        * likeness(sketch(mine, RARE), sketch(one, RARE))
        for key, one in said.items()
    }

    found = most_alike(Sought(mine, RARE), said, least=0.25)

    assert {key for _score, key in found} == {k for k, score in scores.items() if score >= 0.25}
    assert all(score == pytest.approx(scores[key]) for score, key in found)


def test_a_place_of_a_single_letter_is_not_spoken_of_wherever_the_letter_stands() -> None:
    assert are_apart(Matter("东边路灯坏了。", place="东"), Matter("东西丢了。", place="天一路"))
