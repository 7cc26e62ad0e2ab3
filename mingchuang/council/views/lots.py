"""A lottery in what a page shows: chances in per cent, quotas in words, what stands in the way."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mingchuang.council.queries.lotteries import plan_in, terms_of
from mingchuang.council.rules.apart import alone_with_it, told_by_the_sum
from mingchuang.council.rules.asking import CAMP, Registered, Terms, opponents_asked
from mingchuang.council.rules.looking import Look
from mingchuang.council.rules.lottery.commitment import due_of
from mingchuang.council.rules.lottery.reach import Price
from mingchuang.council.rules.lottery.reports import quota_facts
from mingchuang.council.rules.lottery.truth import chances_told, is_weighed
from mingchuang.council.rules.register import Camp
from mingchuang.council.templatetags.lots import chance
from mingchuang.council.words.lots import WENT_WRONG, category_word, feature_word, worded
from mingchuang.council.words.lottery import (
    FLOOR,
    PROVED,
    fault_sentence,
    impossible_sentences,
    unclear_sentence,
    waived_sentence,
)

if TYPE_CHECKING:
    from mingchuang.council.models import Lottery

# What differs by less cannot be told apart in per cent, or is a solver's rounding.
NOTHING, NOISE = 5e-5, 1e-6


def price_shown(look: Look) -> dict[str, Any]:
    """Return the price of quotas that are being moved."""
    if look.fault:
        return {"refused": [fault_sentence("terms", look.fault)]}
    if look.impossible:
        return {"refused": _refused(look.impossible)}
    dear = [one for one in look.prices if _is_more(_floor_of(one), look.floor)]
    dear.sort(key=_floor_of, reverse=True)
    most = dict.fromkeys(look.without, look.floor)
    most |= {one.quota.category: _floor_of(one) for one in reversed(dear)}
    told = {
        "floor": look.floor,
        "floor_of": FLOOR[look.is_weighed],
        "quotas": [_priced(one) for one in dear],
        # A category is told where it costs more together than by the dearest of its quotas.
        "whole": [
            (category_word(name), other)
            for name, other in look.without.items()
            if _is_more(other, most[name])
        ],
        "free": len(look.prices) - len(dear),
        "nobody": look.floor < NOTHING,
        "weighed": look.is_weighed,
    }
    return told | {"waived": waived_sentence(look.rest_waived)}


def _is_more(other: float, floor: float) -> bool:
    """Say whether people can tell a chance from a smaller one, and no solver's rounding is it."""
    return other > floor + NOISE * other and chance(other) != chance(floor)


def _floor_of(price: Price) -> float:
    return price.floor or 0.0


def _priced(price: Price) -> dict[str, Any]:
    return {**worded(quota_facts(price.quota)), "by_most": price.by_most, "without": price.floor}


def told_apart(people: Sequence[Registered], terms: Terms) -> dict[str, Any]:
    """Return what a plan of these terms would tell neighbours of somebody, though it names nobody:
    how many are alone with their features, and in what all who must be there are alike."""
    alike = [category_word(name) for name in told_by_the_sum(people, terms.categories)]
    return {"alone": alone_with_it(people, terms.categories), "alike": alike}


def plan_shown(lottery: "Lottery") -> dict[str, Any]:
    """Return a plan as a page shows it, or why there is none."""
    if lottery.impossible and lottery.impossible.get("failed"):
        return {"refused": [WENT_WRONG]}
    if lottery.impossible:
        return {"refused": _refused(lottery.impossible)}
    plan = plan_in(lottery)
    chances = chances_told(plan)
    return {
        "plan": plan,
        "least": min(chances),
        "most": max(chances),
        "least_of_new": _least_of_new(plan),
        "weighed": is_weighed(plan),
        "floor_of": FLOOR[is_weighed(plan)],
        "due": due_of(plan),
        "proved": str(PROVED[plan["proved"]]) % {"gap": plan["gap"]},
        "dear": [worded(one) for one in plan["price"] if _is_dear(one)],
        "unpriced": [worded(one) for one in plan["price"] if one["without"] is None],
        "reach": [_unreached(plan, one) for one in plan["reach"]],
        "classes": _classes(plan),
        "musts": sum(one["must"] is not None for one in plan["people"].values()),
        "beside": sum(_lives_with_a_must(one) for one in plan["people"].values()),
        "resting": sum(_sits_out(one) for one in plan["people"].values()),
        "waived": waived_sentence(len(plan.get("rest_waived", ()))),
        "quotas": [worded(one) for one in plan["quotas"]],
        "short": _short(lottery, plan),
    }


def promises_shown(
    promised: Sequence["Lottery"], void: Collection[tuple[int, int]]
) -> list[dict[str, Any]]:
    """Return lotteries as everybody reads of them, the newest first. Of what is void and nobody was
    promised only the number is told, and nothing before anything was promised."""
    shown = {(one.roster.number, one.number): promise_shown(one) for one in promised}
    told = sorted({*shown, *(void if shown else ())}, reverse=True)
    return [shown.get(one) or {"void": one} for one in told]


def promise_shown(lottery: "Lottery") -> dict[str, Any]:
    """Return a lottery as everybody reads of it: who was drawn, and in which rounds."""
    plan = plan_in(lottery)
    return {
        "lottery": lottery,
        "due": due_of(plan),
        "chosen": [] if lottery.ticket is None else plan["tickets"][lottery.ticket],
        "waived": waived_sentence(len(plan.get("rest_waived", ()))),
        "refills": lottery.refills.all(),
    }


def _is_dear(price: dict[str, Any]) -> bool:
    return price["without"] is not None and _is_more(price["without"], price["with"])


def _short(lottery: "Lottery", plan: dict[str, Any]) -> int | None:
    """Return how many opponents have seats, where fewer could have than were asked for."""
    against = (CAMP, str(Camp.OPPOSE))
    least = [one["min"] for one in plan["quotas"] if (one["category"], one["feature"]) == against]
    return least[0] if least and least[0] < opponents_asked(terms_of(lottery)) else None


def _refused(facts: Mapping[str, Any]) -> list[str]:
    relaxed = facts["relaxation"]
    return impossible_sentences({**facts, "relaxation": relaxed and [*map(worded, relaxed)]})


def _unreached(plan: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    return {
        "features": _features(plan, one["features"]),
        "many": len(one["people"]),
        "because": [worded(each) for each in one["because"]],
        "too_many": bool(plan["marginals"][one["people"][0]]["chance"]),
        "unclear": "" if one["because"] else unclear_sentence(plan["proved"]),
    }


def _least_of_new(plan: dict[str, Any]) -> float:
    """Return the smallest chance of who did not sit lately; where all did, what it would be."""
    new = {n for n, one in enumerate(plan["classes"]) if one["weight"] == 1}
    names = (name for name, one in plan["people"].items() if one["class"] in new)
    chances = (plan["marginals"][name]["chance"] for name in names)
    return float(min(chances, default=plan["floor"]))


def _classes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Return groups of equal features with how many they are and their chances, lowest first."""
    chances: dict[tuple[str, ...], list[float]] = {}
    for name, one in plan["people"].items():
        if one["class"] is not None:
            chance = plan["marginals"][name]["chance"]
            chances.setdefault(tuple(one["features"]), []).append(chance)
    many = Counter({features: len(found) for features, found in chances.items()})
    shown = [
        {
            "features": _features(plan, features),
            "many": many[features],
            "least": min(found),
            "most": max(found) if max(found) - min(found) > NOTHING else None,
        }
        for features, found in chances.items()
    ]
    return sorted(shown, key=lambda one: (one["least"], -one["many"]))


def _lives_with_a_must(one: dict[str, Any]) -> bool:
    return one["class"] is None and one["must"] is None and bool(one["weight"])


def _sits_out(one: dict[str, Any]) -> bool:
    return one["must"] is None and not one["weight"]


def _features(plan: dict[str, Any], features: Any) -> list[Any]:
    return [feature_word(*pair) for pair in zip(plan["categories"], features, strict=True)]
