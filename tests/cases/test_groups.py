"""Groups of like cases are connected components; a trend counts halves and parts."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.rules.groups import (
    BARS,
    HOT,
    PERHAPS,
    SURE,
    Trend,
    groups,
    heads,
    how_like,
    trend,
)
from mingchuang.cases.rules.publishing import street_of
from tests.build import A_DAY, MONDAY

nodes = st.integers(0, 9)
pairs = st.lists(st.tuples(nodes, nodes), max_size=20)


def reached_from(start: int, edges: list[tuple[int, int]]) -> set[int]:
    """The same by walking, as far as there is a way."""
    seen, ahead = {start}, [start]
    while ahead:
        at = ahead.pop()
        next_ones = {b for a, b in edges if a == at} | {a for a, b in edges if b == at}
        ahead += next_ones - seen
        seen |= next_ones
    return seen


@given(pairs)
def test_groups_are_the_components(edges: list[tuple[int, int]]) -> None:
    found = groups(edges)

    assert sorted(one for group in found for one in group) == sorted({n for e in edges for n in e})
    assert all(set(group) == reached_from(group[0], edges) for group in found)


@given(pairs, st.randoms())
def test_groups_do_not_hang_on_the_order_of_what_is_found(edges: list, random: object) -> None:
    shuffled = sorted(edges, key=lambda _e: random.random())  # type: ignore[attr-defined]

    assert {frozenset(g) for g in groups(shuffled)} == {frozenset(g) for g in groups(edges)}


@given(st.lists(st.integers(0, 29), max_size=30))
def test_the_halves_and_the_parts_add_up(days_ago: list[int]) -> None:
    found = trend((MONDAY - n * A_DAY for n in days_ago), end=MONDAY, days=30)

    assert found.earlier + found.later == sum(found.parts) == len(days_ago)
    assert found.later == sum(n < 15 for n in days_ago)
    assert len(found.parts) == BARS


def test_what_is_outside_of_the_window_is_not_counted() -> None:
    found = trend([MONDAY - 31 * A_DAY, MONDAY + timedelta(1)], end=MONDAY, days=30)

    assert (found.earlier, found.later) == (0, 0)


@pytest.mark.parametrize(
    ("earlier", "later", "word"),
    [
        (1, 4, "rising"),
        (4, 1, "falling"),
        (4, 5, "steady"),
        (1, 2, "steady"),
        (0, 2, "rising"),
    ],
)
def test_a_trend_is_told_only_when_it_is_plain(earlier: int, later: int, word: str) -> None:
    assert Trend(earlier, later, []).word == word


def test_a_phone_is_one_person_and_without_a_phone_nobody_is_told_apart() -> None:
    assert heads(["a", "b", "a", "", ""]) == (2, 2)


def test_likeness_is_told_in_words() -> None:
    assert [how_like(score) for score in (PERHAPS, HOT, SURE, 2 * HOT)] == [
        "little",
        "fairly",
        "fairly",
        "much",
    ]


@pytest.mark.parametrize(
    ("place", "street"),
    [
        ("舟山里3幢502室", "舟山里"),
        ("江滨路 12 号", "江滨路"),
        ("天一路１２号２单元", "天一路"),
        ("三号楼旁边", ""),
        ("江滨社区", "江滨社区"),
        ("", ""),
    ],
)
def test_a_place_is_told_down_to_its_street(place: str, street: str) -> None:
    assert street_of(place) == street
