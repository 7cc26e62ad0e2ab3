"""A plan: a thousand panels, chances within a thousandth, and nothing in it that can be changed."""

import copy
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.council.rules.lottery.check import untruths
from mingchuang.council.rules.lottery.commitment import SEAL, commitment_of
from mingchuang.council.rules.lottery.plan import plan_of
from mingchuang.council.rules.lottery.pool import Pool, Quota
from mingchuang.council.rules.lottery.solve import Impossible
from mingchuang.council.rules.lottery.terms import opponents_quota, rotation_weight
from mingchuang.council.rules.lottery.watch import Watch
from mingchuang.ledger.rules.canonical import canonical
from tests.council.exact import homes_are_apart, off_by, panels_of
from tests.council.lots import a_house, any_pool, without

VERSIONS = {"mingchuang": "0"}


def plan_for(pool: Pool) -> dict[str, Any]:
    plan = plan_of(pool, VERSIONS, Watch())
    assert not isinstance(plan, Impossible)
    # As everybody else will read it.
    read: dict[str, Any] = json.loads(json.dumps(plan))
    return read


@cache
def a_plan() -> dict[str, Any]:
    musts = {"p6": "住在车棚里"}
    return plan_for(replace(a_house(), musts=musts))


def leaves(facts: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every number, text, truth and nothing."""
    if isinstance(facts, dict | list):
        pairs = facts.items() if isinstance(facts, dict) else enumerate(facts)
        for key, value in pairs:
            yield from leaves(value, (*path, key))
    else:
        yield path


def changed(facts: Any, path: Sequence[Any], change: Callable[[Any], Any]) -> Any:
    """Return a copy of the plan in which one place is another."""
    if not path:
        return change(facts)
    copied = copy.copy(facts)
    copied[path[0]] = changed(facts[path[0]], path[1:], change)
    return copied


def another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return value[:-1] + ("1" if value.endswith("0") else "0")
    return 7 if value is None else value + 1


def resealed(plan: dict[str, Any]) -> dict[str, Any]:
    return {**plan, SEAL: commitment_of(plan)}


LEAVES = sorted(leaves(a_plan()), key=str)


@pytest.mark.parametrize("seed", range(0, 120, 2))
def test_every_ticket_is_a_panel_and_every_chance_is_within_a_thousandth(seed: int) -> None:
    pool = any_pool(seed)
    plan = plan_of(pool, VERSIONS, Watch()) if panels_of(pool) else Impossible
    if not isinstance(plan, dict):
        return

    people = {one.id: one for one in pool.people}
    counts = Counter(name for ticket in plan["tickets"] for name in ticket)
    for ticket in plan["tickets"]:
        chosen = [people[name] for name in ticket]
        assert len({*ticket}) == pool.size
        assert homes_are_apart(chosen)
        assert off_by(pool, chosen) == 0
        assert pool.musts.keys() <= {*ticket}
    for name, told in plan["marginals"].items():
        assert told["tickets"] == counts[name]
        assert abs(told["tickets"] / 1000 - told["chance"]) <= 0.0021
    assert untruths(json.loads(json.dumps(plan))) == []


def test_a_plan_holds_what_was_promised() -> None:
    plan = a_plan()

    assert {"size", "people", "marginals", "bound", "floor", "gap", "tickets"} <= plan.keys()
    assert {"quotas", "reach", "price", "commitment", "timings", "versions"} <= plan.keys()
    assert len(plan["tickets"]) == 1000
    assert plan["people"]["p6"]["must"] == "住在车棚里"
    assert plan["marginals"]["p6"] == {"tickets": 1000, "of": 1000, "chance": 1}
    assert all({"class", "must", "weight"} <= one.keys() for one in plan["people"].values())
    assert untruths(plan) == []


def test_the_seal_is_the_hash_of_the_canonical_json_of_the_rest() -> None:
    plan = dict(a_plan())

    seal = plan.pop(SEAL)

    assert seal == "sha256:" + hashlib.sha256(canonical(plan)).hexdigest()


@settings(deadline=None)
@given(st.sampled_from(LEAVES), st.sampled_from([None, True, [], {}, "", -1, 0.5, "p1", 1e300]))
def test_nonsense_in_any_place_is_found_without_a_trace(path: tuple[Any, ...], value: Any) -> None:
    plan = changed(a_plan(), path, lambda _old: value)

    assert bool(untruths(plan)) == (json.dumps(plan) != json.dumps(a_plan()))


@pytest.mark.parametrize("nonsense", [None, [], {}, 3, "x", {"tickets": [[]]}])
def test_what_is_no_plan_is_told_so(nonsense: Any) -> None:
    assert {one.code for one in untruths(nonsense)} >= {"shape"}


SEALED_ANEW = [
    (("tickets", 5, 0), lambda old: "p3", {"ticket_size", "ticket_quota", "ticket_homes", "count"}),
    (("tickets", 5), lambda old: old[:-1], {"ticket_size"}),
    (("tickets",), lambda old: old[:-1], {"ticket_count"}),
    (("marginals", "p1", "tickets"), another, {"count"}),
    (("marginals", "p1", "chance"), lambda old: old + 0.01, {"chance"}),
    (("rounding",), lambda old: old / 2 + 0.1, {"rounding"}),
    (("floor",), lambda old: old + 0.01, {"floor"}),
    (("bound",), lambda old: old + 0.01, {"bound"}),
    (("gap",), lambda old: old + 0.01, {"gap"}),
    (("top", "largest"), lambda old: old - 0.01, {"top"}),
    (("proof", "seats"), lambda old: old - 10**9, {"bound"}),
    (("lottery", "panels", 0, 0), lambda old: old // 2, {"parts"}),
    (("lottery", "panels", 0, 1), lambda old: old[:-1], {"panel"}),
    (("quotas", 2, "min"), another, {"ticket_quota"}),
    (("quotas", 0, "max"), lambda old: 1, {"ticket_quota"}),
    (("size",), another, {"ticket_size"}),
    (("people", "p1", "home"), lambda old: 99, {"home"}),
    (("people", "p0", "class"), lambda old: None, {"left_out"}),
    (("people", "p1", "must"), lambda old: "x", {"class", "ticket_homes"}),
    (("people", "p1", "features"), lambda old: ["young", "oppose"], {"class"}),
    (("people", "p1", "weight"), lambda old: 0.5, {"class"}),
    (("classes", 0, "people"), another, {"class_size"}),
    (("price", 0, "with"), lambda old: old / 2, {"price"}),
    (("reach",), lambda old: [{"people": ["p1"], "features": [], "because": []}], {"reach"}),
]


@pytest.mark.parametrize(("path", "change", "codes"), SEALED_ANEW, ids=lambda of: str(of)[:40])
def test_who_changes_a_plan_and_seals_it_anew_is_found_by_what_it_says(
    path: tuple[Any, ...], change: Callable[[Any], Any], codes: set[str]
) -> None:
    plan = resealed(changed(a_plan(), path, change))

    found = {one.code for one in untruths(plan)}

    assert "seal" not in found
    assert found & codes, found


def test_who_can_never_be_drawn_is_named_with_the_quota_that_keeps_them_out() -> None:
    quotas = [replace(one, most=0) if one.feature == "young" else one for one in a_house().quotas]
    quotas = [replace(one, least=0, most=4) if one.category == "age" else one for one in quotas]
    quotas[1] = Quota("age", "young", 0, 0)
    quotas[2] = replace(quotas[2], least=1)

    plan = plan_for(replace(a_house(), quotas=quotas))

    assert plan["floor"] == plan["bound"] == 0
    assert {name for one in plan["reach"] for name in one["people"]} == {
        name for name, one in plan["people"].items() if one["features"][0] == "young"
    }
    because = plan["reach"][0]["because"]
    assert [(one["feature"], one["max"], one["to_max"]) for one in because] == [("young", 0, 1)]
    assert untruths(plan) == []


def test_a_quota_that_holds_the_floor_down_tells_its_price() -> None:
    plan = a_plan()

    free = replace(a_house(), musts={"p6": "住在车棚里"})
    for quota, told in zip(free.quotas, plan["price"], strict=True):
        other = plan_for(without(free, quota))
        assert told["without"] == pytest.approx(max(plan["bound"], other["bound"]), abs=1e-6)
    assert any(one["without"] > one["with"] + 0.01 for one in plan["price"])


def test_the_top_may_be_lowered_first_while_the_floor_stays() -> None:
    pool = any_pool(103)

    fair, low = plan_for(pool), plan_for(replace(pool, low_top=True))

    assert low["floor"] == pytest.approx(fair["floor"], abs=1e-6)
    assert low["top"]["largest"] == pytest.approx(low["top"]["least_possible"], abs=1e-5)
    assert low["top"]["least_possible"] == pytest.approx(fair["top"]["least_possible"], abs=1e-5)
    assert low["top"]["largest"] < fair["top"]["largest"] - 0.1
    assert (fair["proved"], low["proved"]) == ("leximin", "low_top")
    assert untruths(low) == []


def test_who_lives_with_a_must_in_is_not_drawn_and_the_floor_does_not_count_them() -> None:
    plan = plan_for(replace(a_house(), musts={"p2": "住在车棚里"}))

    assert plan["people"]["p1"]["class"] is None
    assert plan["marginals"]["p1"] == {"tickets": 0, "of": 1000, "chance": 0}
    assert plan["floor"] > 0
    assert untruths(plan) == []


@pytest.mark.parametrize(
    ("of_pool", "size", "share", "least"),
    [(30, 16, "1/4", 4), (30, 16, "1/10", 2), (1, 16, "1/4", 1), (30, 15, "1/4", 4)],
)
def test_opponents_have_two_seats_or_their_share_or_all_of_them_do(
    of_pool: int, size: int, share: str, least: int
) -> None:
    quota = opponents_quota("camp", "oppose", of_pool=of_pool, size=size, share=Fraction(share))

    assert quota == Quota("camp", "oppose", least, size)


def test_who_sat_lately_has_half_the_weight_and_never_less_than_a_quarter() -> None:
    weights = [rotation_weight(sittings) for sittings in range(6)]

    assert weights == [1, Fraction(1, 2), Fraction(1, 3), *[Fraction(1, 4)] * 3]
