"""What the check of a plan reads, and what it does not let pass."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mingchuang.council.rules.asking import Registered, Terms, pool_of
from mingchuang.council.rules.lottery.check import untruths
from mingchuang.council.rules.lottery.commitment import sealed
from mingchuang.council.rules.lottery.plan import plan_of
from mingchuang.council.rules.lottery.reach import prices
from mingchuang.council.rules.lottery.solve import Answer, solved
from mingchuang.council.rules.lottery.truth import as_number
from mingchuang.council.rules.lottery.watch import Watch
from mingchuang.council.words.lottery import impossible_sentences
from tests.council.lots import a_house
from tests.council.test_lottery_plan import a_plan, plan_for


def copied(**change: Any) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(json.dumps({**a_plan(), **change}))
    return plan


def test_the_order_of_names_is_nothing() -> None:
    assert untruths(json.loads(json.dumps(a_plan(), sort_keys=True))) == []


def test_a_whole_number_may_be_written_as_a_fraction() -> None:
    text = json.dumps(a_plan()).replace('"size": 4', '"size": 4.0')

    assert untruths(json.loads(text, parse_float=as_number)) == []


def test_classes_are_not_counted_from_the_end() -> None:
    plan = copied()
    for _part, panel in plan["lottery"]["panels"]:
        for pair in panel:
            pair[0] -= len(plan["classes"])

    assert {one.code for one in untruths(sealed(plan))} >= {"shape"}


CHANGES: list[tuple[str, Callable[[dict[str, Any]], Any], str]] = [
    ("proved", lambda plan: "as fair as can be", "shape"),
    ("proved", lambda plan: "low_top", "proved"),
    ("top", lambda plan: {**plan["top"], "least_possible": 2.0}, "least_top"),
    ("dealt", lambda plan: plan["dealt"] + 0.01, "dealt"),
    ("randomness", lambda plan: "whatever is best", "shape"),
    ("price", lambda plan: [{**plan["price"][0], "without": 0}, *plan["price"][1:]], "price"),
]


@pytest.mark.parametrize(("part", "change", "code"), CHANGES)
def test_what_is_sealed_anew_is_found(
    part: str, change: Callable[[dict[str, Any]], Any], code: str
) -> None:
    plan = sealed(copied(**{part: change(a_plan())}))

    assert code in {one.code for one in untruths(plan)}


def test_a_price_nobody_had_the_time_for_is_not_known() -> None:
    pool = a_house()
    answer = solved(pool, Watch())
    assert isinstance(answer, Answer)

    late = prices(answer.problem, answer.fair.worths, float(answer.bound), Watch(lambda: 1.0, 0.5))

    assert None in {one.floor for one in late}
    plan = copied()
    plan["price"][0]["without"] = None
    assert untruths(sealed(plan)) == []


def test_whoever_no_ticket_came_to_is_named() -> None:
    people = [Registered(f"p{n}", f"h{n}", "oppose", {}) for n in range(2500)]

    plan = plan_of(pool_of(people, Terms(2, 0, [])), {}, Watch())

    assert isinstance(plan, dict)
    without = {name for name, one in plan["marginals"].items() if not one["tickets"]}
    assert len(without) >= 500
    assert {name for one in plan["reach"] for name in one["people"]} == without
    assert plan["dealt"] == 0 < plan["floor"]
    assert untruths(json.loads(json.dumps(plan))) == []
    assert {one.code for one in untruths(sealed({**plan, "reach": []}))} == {"reach"}


def test_the_smallest_part_of_the_tickets_is_told_beside_the_floor() -> None:
    plan = plan_of(replace(a_house()), {}, Watch())

    assert isinstance(plan, dict)
    assert plan["dealt"] == pytest.approx(plan["floor"], abs=0.002)


def test_where_there_are_homes_enough_nobody_is_told_that_there_are_not() -> None:
    found = {"relaxation": None, "seats": 3}

    assert "没有算出有没有" in impossible_sentences({**found, "homes": 9})[0]
    assert "只有 2 户" in impossible_sentences({**found, "homes": 2})[0]


def test_of_who_must_be_there_a_plan_tells_the_reason_and_of_all_of_them_what_they_fill() -> None:
    plan = plan_for(replace(a_house(), musts={"p6": "住在车棚里", "p3": "紧挨车棚"}))

    beside = [one for one in plan["people"].values() if one["class"] is None]
    assert sorted(one["must"] for one in beside if one["must"]) == ["住在车棚里", "紧挨车棚"]
    assert [one["features"] for one in beside] == [[]] * len(beside)
    assert len(beside) > 2
    assert plan["seated"] == [0, 2, 1, 1]
    assert untruths(plan) == []


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"seated": [1, 1, 1, 0]}, {"seated"}),
        ({"seated": [-1, 2, 0, 1]}, {"seated"}),
        ({"seated": [0, 1, 0]}, {"shape"}),
        ({"seated": [4, -3, 0, 1]}, {"seated"}),
    ],
)
def test_what_must_ins_fill_is_as_much_as_they_are(change: dict[str, Any], codes: set[str]) -> None:
    assert {one.code for one in untruths(sealed(copied(**change)))} & codes


def test_features_beside_a_reason_are_found() -> None:
    plan = copied()
    plan["people"]["p6"]["features"] = ["young", "support"]

    assert [tuple(one) for one in untruths(sealed(plan))] == [("told", "p6")]


def test_who_is_not_drawn_is_on_no_ticket() -> None:
    plan = copied()
    beside = next(name for name, one in plan["people"].items() if one["class"] is None)
    plan["tickets"][0][0] = beside

    assert "ticket_outside" in {one.code for one in untruths(sealed(plan))}
