"""What a lottery is asked: opponents as many as can be seated, refills that stay possible."""

import pytest

from mingchuang.council.rules.apart import alone_with_it, told_by_the_sum
from mingchuang.council.rules.asking import (
    Registered,
    Terms,
    opponents_short,
    pool_of,
)
from mingchuang.council.rules.lottery.plan import plan_of
from mingchuang.council.rules.lottery.pool import Pool, Quota
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


def test_what_gave_way_by_name_stands_though_it_is_opponents() -> None:
    people = [somebody(0, "oppose"), somebody(1, "oppose"), *neighbours(2)]
    terms = Terms(4, 30, [], relaxed=[Quota("camp", "oppose", 1, 4)])

    assert least_opponents(pool_of(people, terms, gone=["p5"])) == 1


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
