"""Whether the chances of a plan are what its lottery gives, and its bound is one. Plain Python.

Additions and comparisons alone, that anybody can do again in any language.
"""

from collections import Counter
from collections.abc import Iterator

from mingchuang.council.rules.lottery.truth import (
    CLOSE,
    OF,
    Plan,
    Untrue,
    class_of,
    kinds_of_homes,
    musts_of,
    off_quotas,
    seated_of,
)

# What is called proved was reckoned by a solver, in numbers that are off by as much as this.
NEAR = 1e-5
NAMES, PRICED = ("category", "feature", "min", "max"), ("price", "quotas")


def lottery(plan: Plan) -> Iterator[Untrue]:
    """The lottery behind the chances is one of panels: quotas, homes and all seats hold."""
    musts, seated, kinds = len(musts_of(plan)), seated_of(plan), kinds_of_homes(plan)
    for at, (part, panel) in enumerate(plan["lottery"]["panels"]):
        counts, homes, seats = Counter(seated), Counter[int](), musts
        for one, many in panel:
            of = class_of(plan, one)
            for pair in zip(plan["categories"], of["features"], strict=True):
                counts[pair] += many
            homes[of["home"]] += many
            seats += many
        crowded = any(many > kinds[kind] for kind, many in homes.items())
        if crowded or seats != plan["size"] or part <= 0 or any(many <= 0 for _, many in panel):
            yield Untrue("panel", str(at))
        yield from off_quotas(plan, counts, "panel", str(at))
    if sum(part for part, _panel in plan["lottery"]["panels"]) != plan["lottery"]["parts"]:
        yield Untrue("parts")


def marginals(plan: Plan) -> Iterator[Untrue]:
    """Everybody's tickets are counted right, and their chance is that of the lottery."""
    counts = Counter(name for ticket in plan["tickets"] for name in ticket)
    chances = chances_of(plan)
    for name, one in plan["people"].items():
        told = plan["marginals"][name]
        if one["class"] is not None:
            class_of(plan, one["class"])
        chance = int(one["must"] is not None) if one["class"] is None else chances[one["class"]]
        if (told["tickets"], told["of"]) != (counts[name], OF):
            yield Untrue("count", name)
        if abs(told["chance"] - chance) > CLOSE:
            yield Untrue("chance", name)
    if plan["marginals"].keys() != plan["people"].keys():
        yield Untrue("shape", "marginals")
    told_off = max(abs(one["tickets"] / OF - one["chance"]) for one in plan["marginals"].values())
    if abs(plan["rounding"] - told_off) > CLOSE:
        yield Untrue("rounding")


def chances_of(plan: Plan) -> list[float]:
    """Return the chance of one person of each class under the lottery."""
    seats = [0] * len(plan["classes"])
    for part, panel in plan["lottery"]["panels"]:
        for one, many in panel:
            class_of(plan, one)
            seats[one] += part * many
    parts = plan["lottery"]["parts"]
    pairs = zip(seats, plan["classes"], strict=True)
    return [seat / (of["people"] * parts) for seat, of in pairs]


def fairness(plan: Plan) -> Iterator[Untrue]:
    """Floor, top and gap are what the chances say, the bound is one, and no more is called
    proved than that allows."""
    pairs = zip(chances_of(plan), plan["classes"], strict=True)
    shares = [chance / of["weight"] for chance, of in pairs]
    proved, top = _proved_bound(plan), plan["top"]
    searched = plan["proof"]["by"] != "worths"
    dealt = min(_dealt(plan), default=0.0)
    holds = {
        "dealt": abs(plan["dealt"] - dealt) <= CLOSE,
        "floor": abs(plan["floor"] - min(shares)) <= CLOSE,
        "top": abs(plan["top"]["largest"] - max(shares)) <= CLOSE,
        "gap": abs(plan["gap"] - (plan["bound"] - plan["floor"])) <= CLOSE and plan["gap"] >= 0,
        "bound": abs(plan["bound"] - proved) <= CLOSE or (searched and plan["bound"] <= proved),
    }
    lowest = top["largest"] if top["least_possible"] is None else top["least_possible"]
    holds["least_top"] = plan["floor"] - NEAR <= lowest <= top["largest"] + NEAR
    fair = plan["proved"] == "gap" or plan["gap"] <= NEAR
    holds["proved"] = fair and (plan["proved"] != "low_top" or plan["low_top"])
    yield from (Untrue(code) for code, good in holds.items() if not good)


def _dealt(plan: Plan) -> Iterator[float]:
    """Yield the part of the tickets of each who may be drawn, by their weight."""
    for name, one in plan["people"].items():
        if one["class"] is not None:
            yield plan["marginals"][name]["tickets"] / (OF * one["weight"])


def _proved_bound(plan: Plan) -> float:
    """Return what the worths prove: at most so much for all seats, shared by everybody's worth."""
    proof, quotas = plan["proof"], plan["quotas"]
    seated, kinds = seated_of(plan), kinds_of_homes(plan)
    homes = dict(proof["homes"])
    keys = [(one["category"], one["feature"]) for one in quotas]
    worth = dict(zip(keys, proof["quotas"], strict=True))
    most = proof["seats"] * (plan["size"] - len(musts_of(plan)))
    for key, quota in zip(keys, quotas, strict=True):
        least = max(0, quota["min"] - seated[key])
        most += worth[key] * (quota["max"] - seated[key] if worth[key] > 0 else least)
    most += sum(value * kinds[kind] for kind, value in homes.items() if value > 0)
    all_worth = 0.0
    for of in plan["classes"]:
        of_one = proof["seats"] + homes.get(of["home"], 0)
        of_one += sum(worth[pair] for pair in zip(plan["categories"], of["features"], strict=True))
        if of_one < 0:
            return float("nan")
        all_worth += of_one * of["people"] * of["weight"]
    return float(most / all_worth)


def reports(plan: Plan) -> Iterator[Untrue]:
    """Who is on no ticket is named, and nobody else; prices and reasons are of these quotas."""
    named = [name for one in plan["reach"] for name in one["people"]]
    never = [
        name
        for name, one in plan["people"].items()
        if one["class"] is not None and not plan["marginals"][name]["tickets"]
    ]
    alike = all(
        plan["people"][name]["features"] == one["features"]
        for one in plan["reach"]
        for name in one["people"]
    )
    if sorted(named) != sorted(never) or not alike:
        yield Untrue("reach")
    told, asked = ([[one[name] for name in NAMES] for one in plan[of]] for of in PRICED)
    cheap = (one["without"] is not None and one["without"] < one["with"] for one in plan["price"])
    if told != asked or any(one["with"] != plan["bound"] for one in plan["price"]) or any(cheap):
        yield Untrue("price")
    because = [each for one in plan["reach"] for each in one["because"]]
    if any([one[name] for name in NAMES] not in asked for one in because):
        yield Untrue("because")
