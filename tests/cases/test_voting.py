"""The rule by which like cases suggest a unit: votes that can be counted and told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.rules.likeness import Matter, counted
from mingchuang.cases.rules.suggestion import Choice, Voter, likeliest, looked_for, ranked

UNITS = ("人社", "城管", "教育")
likenesses = st.floats(min_value=0.01, max_value=1)
like_ones = st.builds(
    Voter,
    likeness=likenesses,
    unit=st.sampled_from([*UNITS, None]),
    against=st.frozensets(st.sampled_from(UNITS), max_size=2),
)
crowds = st.lists(like_ones, max_size=35, unique_by=lambda one: one.likeness)
sizes = st.fixed_dictionaries({unit: st.integers(1, 300) for unit in UNITS})


def share_of(unit: str, choices: list[Choice[str]]) -> float:
    return sum(choice.share for choice in choices if choice.unit == unit)


@given(crowds, sizes)
def test_shares_add_up_to_one_or_nothing_is_suggested(
    crowd: list[Voter[str]], held: dict[str, int]
) -> None:
    choices = ranked(crowd, held)

    assert not choices or sum(choice.share for choice in choices) == pytest.approx(1)


@given(crowds, sizes)
def test_the_order_in_which_neighbours_are_found_does_not_matter(
    crowd: list[Voter[str]], held: dict[str, int]
) -> None:
    assert ranked(crowd, held) == ranked(crowd[::-1], held)


@given(crowds, sizes, likenesses, st.sampled_from(UNITS))
def test_one_more_case_for_a_unit_never_lowers_its_share(
    crowd: list[Voter[str]], held: dict[str, int], like: float, unit: str
) -> None:
    before = share_of(unit, ranked([n for n in crowd if not n.against][:29], held))

    after = ranked([*[n for n in crowd if not n.against][:29], Voter(like, unit)], held)

    assert share_of(unit, after) >= before - 1e-9


@given(crowds, sizes, likenesses, st.sampled_from(UNITS))
def test_a_case_that_came_back_never_raises_the_share_of_that_unit(
    crowd: list[Voter[str]], held: dict[str, int], like: float, unit: str
) -> None:
    before = share_of(unit, ranked(crowd[:29], held))

    after = ranked([*crowd[:29], Voter(like, None, {unit})], held)

    assert share_of(unit, after) <= before + 1e-9


def test_the_more_alike_speak_louder() -> None:
    choices = ranked([Voter(0.9, "人社"), Voter(0.3, "城管"), Voter(0.3, "城管")])

    assert choices[0].unit == "人社"
    assert (choices[1].cases, choices[1].of) == (2, 3)


def test_a_unit_that_gets_a_bit_of_everything_does_not_win_by_that() -> None:
    crowd = [Voter(0.3, "城管"), Voter(0.3, "城管"), Voter(0.3, "人社")]

    assert ranked(crowd, {"城管": 200, "人社": 5})[0].unit == "人社"


def test_what_is_hardly_alike_has_no_vote() -> None:
    assert ranked([Voter(0.005, "人社")]) == []


@pytest.mark.parametrize(("cases", "is_sure"), [(2, False), (3, True)])
def test_a_unit_is_filled_in_only_when_enough_stands_behind_it(cases: int, is_sure: bool) -> None:
    assert ranked([Voter(0.5, "人社")] * cases)[0].is_sure is is_sure


def test_a_divided_vote_fills_nothing_in() -> None:
    crowd = [Voter(0.5, unit) for unit in UNITS for _ in range(3)]

    assert not any(choice.is_sure for choice in ranked(crowd))


def test_the_like_are_found_among_many() -> None:
    texts = {n: Matter(f"第{n}小区的路灯不亮") for n in range(100)} | {100: Matter("工厂拖欠工资")}
    common = counted((matter.whole for matter in texts.values()), least=1)

    near = likeliest(Matter("老板拖欠我的工资"), texts, common)

    assert max(near, key=lambda key: near[key]) == 100


def test_what_everybody_writes_is_not_looked_for() -> None:
    common = counted(["尊敬的领导您好"] * 50 + ["工厂拖欠工资"] * 5)

    assert not set(looked_for(Matter("尊敬的领导您好"), common))
