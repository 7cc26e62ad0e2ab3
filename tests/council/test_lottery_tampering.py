"""Whatever single place of a plan is changed, taken out or doubled: the check finds it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from mingchuang.council.rules.lottery.check import CHECKS, untruths
from mingchuang.council.rules.lottery.truth import NameTwice, parsed
from tests.council.lots import a_house, a_shed
from tests.council.test_lottery_plan import another, changed, leaves, plan_for, resealed

Way = tuple[Any, ...]
Tamper = Callable[[Any, Way], Any]
# The tickets are alike: of these each place is taken in turn, by every check there is.
SOME = (0, 471, 999)


@cache
def a_plan() -> dict[str, Any]:
    """A must-in, a home of two, a child in no panel, somebody whose rest was waived."""
    people = [
        replace(one, weight=Fraction(1, 2)) if one.id == "p4" else one for one in a_shed().people
    ]
    return plan_for(replace(a_shed(), people=people, rest_waived=["p4"]))


def places(facts: Any, way: Way = ()) -> Iterator[Way]:
    """Yield the way to every key and every entry of a list, and to what is in them."""
    if isinstance(facts, dict | list):
        for key, value in facts.items() if isinstance(facts, dict) else enumerate(facts):
            yield (*way, key)
            yield from places(value, (*way, key))


PLACES = list(places(a_plan()))
OUTSIDE = [way for way in PLACES if way[0] != "tickets" or way[1:2] == () or way[1] in SOME]
TICKETS = [way for way in PLACES if way[0] == "tickets"]


def bolder(plan: Any, way: Way) -> Any:
    """Change what is written, a number by more than rounding would; a list or object whole."""
    return changed(plan, way, _bolder)


def _bolder(value: Any) -> Any:
    if isinstance(value, dict | list):
        return type(value)() if value else ["more"]
    return another(value) if isinstance(value, bool | str | None) else value * 2 + 7


def barely(plan: Any, way: Way) -> Any:
    """Change what is written as little as can be."""
    return changed(plan, way, lambda old: old if isinstance(old, dict | list) else another(old))


def dropped(plan: Any, way: Way) -> Any:
    """Take a key or an entry out."""
    return changed(plan, way[:-1], lambda node: _without(node, way[-1]))


def _without(node: Any, key: Any) -> Any:
    if isinstance(node, dict):
        return {name: value for name, value in node.items() if name != key}
    return [*node[:key], *node[key + 1 :]]


def doubled(plan: Any, way: Way) -> Any:
    """Put a key in again under another name, or an entry behind itself."""
    return changed(plan, way[:-1], lambda node: _with_twice(node, way[-1]))


def _with_twice(node: Any, key: Any) -> Any:
    if isinstance(node, dict):
        return {**node, f"{key} too": node[key]}
    return [*node[: key + 1], *node[key:]]


TAMPERS = (bolder, dropped, doubled)


@pytest.mark.slow
@pytest.mark.parametrize("tamper", TAMPERS)
def test_what_is_changed_taken_out_or_doubled_in_any_single_place_is_found(tamper: Tamper) -> None:
    unfound = [way for way in OUTSIDE if not untruths(tamper(a_plan(), way))]

    assert unfound == []


@pytest.mark.parametrize("way", [way for way in leaves(a_plan()) if way[0] != "tickets"], ids=str)
def test_the_least_change_of_anything_breaks_the_seal(way: Way) -> None:
    assert untruths(barely(a_plan(), way))


@pytest.mark.slow
@pytest.mark.parametrize("tamper", TAMPERS)
def test_no_place_of_any_ticket_is_without_the_seal(tamper: Tamper) -> None:
    seal = CHECKS[0]

    unfound = [way for way in TICKETS if not list(seal(tamper(a_plan(), way)))]

    assert unfound == []


# Who seals a changed plan anew has another plan, with another seal than was published. What it
# says is found to be untrue all the same, but for these.
SAYS_NOTHING: Mapping[str, str] = {
    "commitment": "is made anew with the rest",
    "timings": "how long it took",
    "due": "of a plan that is not promised yet: that there is no moment",
    "versions": "by which programs",
    "classes home": "a number a kind of home goes by",
    "people home": "a number a home goes by",
}
TOLD_BY_OTHERS: Mapping[str, str] = {
    "low_top": "that the top was not lowered first: a solver alone knows",
    "price without": "what a quota costs: a solver alone knows, if it is no less than nothing",
    "reach because": "what keeps somebody out: a solver alone knows",
    "proof quotas": "a worth may be any that proves the same bound",
    "people must": "why somebody must be there, in free words",
    "people weight": "of who has a seat anyway, or none because of who they live with",
    "rest_waived": "that nobody would have had to rest: a solver and the register alone know",
}


def place_of(way: Way) -> str:
    """Return what a place is called, whoever and whichever it is of."""
    names = [name for name in way if isinstance(name, str) and name not in a_plan()["people"]]
    named = " ".join(names[:2])
    return named if named in {*SAYS_NOTHING, *TOLD_BY_OTHERS} else names[0]


@pytest.mark.slow
def test_sealed_anew_only_what_says_nothing_or_nobody_can_compute_is_not_found() -> None:
    unfound = {
        place_of(way)
        for tamper in TAMPERS
        for way in OUTSIDE
        if way[0] != "tickets" or way[1:2] in ((), (471,))
        if not untruths(resealed(tamper(a_plan(), way)))
    }

    assert unfound == {*SAYS_NOTHING, *TOLD_BY_OTHERS}


NAMES = [way for way in PLACES if isinstance(way[-1], str)]


@pytest.mark.parametrize("way", NAMES, ids=str)
def test_a_name_given_twice_anywhere_is_read_by_nobody(way: Way) -> None:
    node = a_plan()
    for key in way[:-1]:
        node = node[key]
    again = f"{{{json.dumps(way[-1])}: {json.dumps(node[way[-1]])}, {json.dumps(node)[1:]}"
    text = json.dumps(changed(a_plan(), way[:-1], lambda _node: "@@")).replace('"@@"', again)

    with pytest.raises(NameTwice):
        parsed(text)


def test_what_must_ins_are_said_to_lack_hides_nothing_on_a_ticket() -> None:
    quotas = [replace(one, most=99) if one.category == "camp" else one for one in a_house().quotas]
    plan = plan_for(replace(a_house(), quotas=quotas, musts={"p6": "住在车棚里"}))
    assert plan["seated"] == [0, 1, 0, 1]

    found = {one.code for one in untruths(resealed({**plan, "seated": [0, 1, 9, -8]}))}

    assert found >= {"seated", "ticket_quota", "panel"}


def test_a_second_quota_of_one_feature_is_found_though_the_laxer_would_hold() -> None:
    plan = a_plan()
    laxer = {**plan["quotas"][0], "min": 0, "max": 99}
    both = {name: [*plan[name], laxer | plan[name][0] | laxer] for name in ("quotas", "price")}
    proof = {**plan["proof"], "quotas": [*plan["proof"]["quotas"], 0]}

    changes = {**both, "proof": proof, "seated": [*plan["seated"], plan["seated"][0]]}
    found = {one.code for one in untruths(resealed({**plan, **changes}))}

    assert "twice" in found
