"""What a lottery is asked: opponents as many as can be seated, refills that stay possible."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mingchuang.council.forms.lottery import TermsForm, used_in
from mingchuang.council.rules.apart import alone_with_it, told_by_the_sum
from mingchuang.council.rules.asking import (
    Registered,
    Terms,
    counted,
    opponents_short,
    pool_of,
)
from mingchuang.council.rules.looking import Look, looked_at
from mingchuang.council.rules.lottery.classes import problem_of
from mingchuang.council.rules.lottery.plan import plan_of
from mingchuang.council.rules.lottery.pool import Pool, Quota
from mingchuang.council.rules.lottery.relax import smallest_relaxation
from mingchuang.council.rules.lottery.watch import Watch
from mingchuang.council.rules.register import known_features


def somebody(n: int, camp: str = "support", *, home: str = "", because: str = "") -> Registered:
    return Registered(f"p{n}", home or f"h{n}", camp, {"age": "70+"}, because)


def neighbours(first: int) -> list[Registered]:
    return [somebody(n) for n in range(first, 12)]


def least_opponents(pool: Pool) -> int:
    return next(one.least for one in pool.quotas if one.feature == "oppose")


COUPLE = [somebody(0, "oppose", home="A"), somebody(1, "oppose", home="A"), *neighbours(2)]
BESIDE_A_MUST = [
    somebody(0, home="A", because="就住在车棚里"),
    somebody(1, "oppose", home="A"),
    somebody(2, "oppose"),
    *neighbours(3),
]


@pytest.mark.parametrize("people", [COUPLE, BESIDE_A_MUST])
def test_as_many_opponents_are_asked_for_as_can_be_seated(people: list[Registered]) -> None:
    terms = Terms(4, 0, [])

    pool = pool_of(people, terms)

    assert least_opponents(pool) == 1
    assert opponents_short(people, terms) == 1
    assert isinstance(plan_of(pool, {}, Watch()), dict)


def test_where_there_are_enough_opponents_nothing_is_short() -> None:
    people = [somebody(0, "oppose"), somebody(1, "oppose"), *neighbours(2)]

    assert least_opponents(pool_of(people, Terms(4, 30, []))) == 2
    assert opponents_short(people, Terms(4, 30, [])) is None


def test_an_opponent_who_must_be_there_counts() -> None:
    people = [somebody(0, "oppose", because="就住在车棚里"), somebody(1, "oppose"), *neighbours(2)]

    assert least_opponents(pool_of(people, Terms(4, 30, []))) == 2


def test_the_seat_of_an_opponent_who_declines_is_filled_though_all_were_drawn() -> None:
    people = [somebody(0, "oppose"), somebody(1, "oppose"), *neighbours(2)]

    pool = pool_of(people, Terms(4, 30, []), accepted=["p1", "p2", "p3"], gone=["p0"])
    plan = plan_of(pool, {}, Watch())

    assert least_opponents(pool) == 1
    assert isinstance(plan, dict)
    assert all({"p1", "p2", "p3"} < {*ticket} for ticket in plan["tickets"])


def test_a_quota_whose_people_are_gone_asks_for_who_is_left() -> None:
    people = [Registered(f"p{n}", f"h{n}", "", {"age": "70+"}) for n in range(2)]
    people += [Registered(f"p{n}", f"h{n}", "", {"age": "18-34"}) for n in range(2, 9)]
    terms = Terms(4, 0, [Quota("age", "70+", 2, 4), Quota("age", "18-34", 0, 4)])

    pool = pool_of(people, terms, accepted=["p1", "p2", "p3"], gone=["p0"])

    assert [(one.feature, one.least) for one in pool.quotas if one.category == "age"] == [
        ("18-34", 0),
        ("70+", 1),
    ]


def test_a_refill_is_possible_though_nobody_is_left_who_said_their_age() -> None:
    people = [somebody(0), *(Registered(f"p{n}", f"h{n}", "", {}) for n in range(1, 6))]
    terms = Terms(2, 0, [Quota("age", "70+", 0, 2), Quota("age", "unsaid", 0, 2)])

    pool = pool_of(people, terms, accepted=["p1"], gone=["p0"])

    assert isinstance(plan_of(pool, {}, Watch()), dict)


def test_what_gave_way_by_name_takes_no_seat_of_opponents_who_are_there() -> None:
    people = [somebody(0, "oppose"), somebody(1, "oppose"), *neighbours(2)]
    terms = Terms(4, 30, [], relaxed=[Quota("camp", "oppose", 0, 1)])

    assert least_opponents(pool_of(people, terms, gone=["p5"])) == 2
    assert least_opponents(pool_of(people, terms, gone=["p1"])) == 1


def gives_way(pool: Pool) -> list[Quota] | None:
    """Return what has to give way, as it would have to be; None where there are too few homes."""
    found = smallest_relaxation(problem_of(pool))
    named = found.quotas if found else []
    way = [replace(one.quota, least=one.least, most=one.most, guarded=0) for one in named]
    return way if found else None


def test_a_refill_asks_everything_else_to_give_way_before_an_opponent() -> None:
    ages = ["70+"] * 5 + ["18-34"] + ["18-34", "35-54"] * 10
    people = [
        Registered(f"p{n}", f"h{n}", "oppose" if n < 6 else "support", {"age": age})
        for n, age in enumerate(ages)
    ]
    quotas = [Quota("age", "70+", 2, 3), Quota("age", "18-34", 2, 6), Quota("age", "35-54", 2, 6)]
    accepted = [f"p{n}" for n in (0, 1, 2, *range(6, 14))]

    left = pool_of(people, Terms(12, 30, quotas), accepted=accepted, gone=["p5"])
    named = gives_way(left)
    terms = Terms(12, 30, quotas, relaxed=named or [])
    plan = plan_of(pool_of(people, terms, accepted=accepted, gone=["p5"]), {}, Watch())

    assert named == [Quota("age", "70+", 2, 4)]
    assert isinstance(plan, dict)
    against = {f"p{n}" for n in range(6)}
    assert {len(against & {*ticket}) for ticket in plan["tickets"]} == {4}


def on_the_page(terms: Terms, people: Sequence[Registered], named: Look | None = None) -> Terms:
    """Return the terms as a convenor sends them who does what was named."""
    counts, told = counted(people), (named and named.impossible) or {"relaxation": []}
    way = [
        Quota(one["category"], one["feature"], one["to_min"], one["to_max"])
        for one in told["relaxation"]
    ]
    kept = [one for one in terms.quotas if one.key not in {each.key for each in way}]
    shown: dict[str, Any] = used_in(replace(terms, quotas=[*kept, *way]), counts)
    form = TermsForm({**shown, "meant_for": terms.size}, counts=counts)
    assert form.is_valid(), form.errors
    return form.terms()


def test_what_is_named_is_no_dead_end_where_opponents_did_not_say_their_age() -> None:
    ages = ("18-34", "35-54", "55-69", "70+")
    people = [Registered(f"p{n}", f"h{n}", "oppose", {}) for n in range(4)]
    people += [Registered(f"p{n}", f"h{n}", "support", {"age": ages[n % 4]}) for n in range(4, 40)]
    form = TermsForm(counts=counted(people), initial={"use_age": True})

    look = looked_at(people, form.terms())

    assert look.impossible is not None
    told = [(one["feature"], one["max"], one["to_max"]) for one in look.impossible["relaxation"]]
    assert told == [("unsaid", 3, 4)]
    assert looked_at(people, on_the_page(form.terms(), people, look)).is_possible


HOMES = st.sampled_from([f"h{n}" for n in range(9)])
SOMEBODY = st.tuples(
    HOMES,
    st.sampled_from(["oppose", "oppose", "support", ""]),
    st.sampled_from(["18-34", "70+", ""]),
)
BOUNDS = st.tuples(st.integers(0, 3), st.integers(0, 2))
REGISTERS = st.lists(SOMEBODY, min_size=7, max_size=14)
ASKED = st.tuples(st.integers(2, 6), st.sampled_from([0, 30, 60, 100]), BOUNDS, BOUNDS, BOUNDS)


def asked_of(
    told: Sequence[tuple[str, str, str]], asked: tuple[int, int, *tuple[tuple[int, int], ...]]
) -> tuple[list[Registered], Terms]:
    """Return a register, and seats, a share of opponents, and bounds for each age."""
    people = [
        Registered(f"p{n}", home, camp, {"age": age} if age else {})
        for n, (home, camp, age) in enumerate(told)
    ]
    size, share, *bounds = asked
    ages = zip(("18-34", "70+", "unsaid"), bounds, strict=True)
    quotas = [Quota("age", age, least, least + more) for age, (least, more) in ages]
    return people, Terms(size, share, quotas)


@settings(max_examples=60, deadline=None)
@given(REGISTERS, ASKED, st.booleans())
def test_whoever_does_what_is_named_on_the_page_can_have_a_lottery(
    told: list[tuple[str, str, str]], asked: Any, must: bool
) -> None:
    people, terms = asked_of(told, asked)
    people[0] = replace(people[0], because="就住在车棚里" if must else "")
    terms = on_the_page(terms, people)

    look = looked_at(people, terms)

    assume(look.impossible and look.impossible["relaxation"])
    assert looked_at(people, on_the_page(terms, people, look)).is_possible


@settings(max_examples=60, deadline=None)
@given(REGISTERS, ASKED, st.data())
def test_whatever_gives_way_in_a_refill_no_opponent_does_who_can_be_seated(
    told: list[tuple[str, str, str]], asked: Any, data: st.DataObject
) -> None:
    people, terms = asked_of(told, asked)
    apart = [*{one.household: one for one in people}.values()]
    some = data.draw(st.sets(st.sampled_from(range(len(apart))), max_size=terms.size - 1))
    held = [apart[at] for at in some]
    others = [one for one in people if one not in held]
    first, many = data.draw(st.tuples(st.integers(0, len(others) - 1), st.integers(1, 4)))
    lost = others[first : first + many]
    seats: dict[str, Any] = {"accepted": [one.id for one in held], "gone": [one.id for one in lost]}

    pool = pool_of(people, terms, **seats)
    named = gives_way(pool)
    assume(named)
    again = pool_of(people, replace(terms, relaxed=named or []), **seats)

    assert gives_way(again) == []
    homes = {one.household for one in held}
    free = {one.household for one in others if one not in lost and one.camp == "oppose"} - homes
    seated = sum(one.camp == "oppose" for one in held)
    can = seated + min(len(free), terms.size - len(held))
    wanted = max(2, -(-terms.share * terms.size // 100))
    assert not can or least_opponents(again) >= min(wanted, can)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("３ 幢", "3幢"), ("12号楼", "12号楼"), ("a座", "A座"), ("B12", "B12"), ("", "")]
    + [(text, "") for text in ("王芳13800000001", "3幢201", "紫竹苑", "13800000001", "楼")],
)
def test_a_building_is_a_number_and_nothing_of_anybody(typed: str, kept: str) -> None:
    assert known_features({"building": typed}) == ({"building": kept} if kept else {})


def test_only_whose_features_are_told_can_be_told_apart_by_them() -> None:
    people = [somebody(0, "oppose", because="就住在车棚里"), somebody(1, "", home="h0")]

    assert alone_with_it([*people, *neighbours(2)], ["camp"]) == 0
    assert alone_with_it([somebody(0, "oppose"), *neighbours(2)], ["camp"]) == 1


def test_a_sum_tells_of_each_what_all_who_must_be_there_are() -> None:
    first = somebody(0, "oppose", because="就住在车棚里")

    assert told_by_the_sum([first, *neighbours(1)], ["camp", "age"]) == ["camp", "age"]
    other = somebody(1, because="紧挨车棚")
    assert told_by_the_sum([first, other, *neighbours(2)], ["camp", "age"]) == ["age"]
    assert told_by_the_sum(neighbours(0), ["camp", "age"]) == []
