"""Whether a plan says the truth: every panel, every chance, the bound, the seal. Plain Python.

No solver and no package but the standard library (and the canonical JSON of the seal): additions
and comparisons that anybody can do again, in any language, in the order of `CHECKS`.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from mingchuang.council.rules.lottery.check_chances import (
    fairness,
    lottery,
    marginals,
    reports,
)
from mingchuang.council.rules.lottery.commitment import SEAL, commitment_of
from mingchuang.council.rules.lottery.dice import ticket_number
from mingchuang.council.rules.lottery.shape import WHOLE, fits, misshapen
from mingchuang.council.rules.lottery.truth import (
    OF,
    Plan,
    Untrue,
    class_of,
    off_quotas,
    pairs_of,
)

DIGITS = range(10)


def untruths(plan: Any) -> list[Untrue]:
    """Return everything that does not hold in this plan; nothing if it is as it should be."""
    if wrong := misshapen(plan):
        return [Untrue("shape", name) for name in wrong]
    found = []
    for check in CHECKS:
        try:
            found += list(check(plan))
        except (KeyError, IndexError, ValueError, ZeroDivisionError):
            found.append(Untrue("shape", check.__name__.strip("_")))
    return found


def are_dice(dice: Any) -> bool:
    """Say whether these are three digits."""
    return fits(dice, (WHOLE, WHOLE, WHOLE)) and all(one in DIGITS for one in dice)


def untruths_of_draw(plan: Plan, draw: Any) -> list[Untrue]:
    """Return what does not hold in a draw: of this plan, by these dice, these people."""
    try:
        dice = draw["dice"]
        if not are_dice(dice):
            return [Untrue("dice")]
        number = ticket_number(dice)
        expected = {SEAL: plan[SEAL], "ticket": number, "people": plan["tickets"][number]}
        return [Untrue("draw", name) for name, told in expected.items() if draw[name] != told]
    except (KeyError, IndexError, TypeError):
        return [Untrue("shape", "draw")]


def _seal(plan: Plan) -> Iterator[Untrue]:
    """The plan is the one that was sealed."""
    if commitment_of(plan) != plan[SEAL]:
        yield Untrue("seal")


def _people(plan: Plan) -> Iterator[Untrue]:
    """Whoever may be drawn is in a class with people like them; the others say why not."""
    seated = {one["home"] for one in plan["people"].values() if one["must"] is not None}
    counts: Counter[int] = Counter()
    for name, one in plan["people"].items():
        if one["class"] is None:
            if one["home"] not in seated:
                yield Untrue("left_out", name)
            continue
        of = class_of(plan, one["class"])
        counts[one["class"]] += 1
        if one["home"] in seated:
            yield Untrue("class", name)
        if (one["features"], one["weight"]) != (of["features"], of["weight"]):
            yield Untrue("class", name)
    for at, of in enumerate(plan["classes"]):
        if counts[at] != of["people"]:
            yield Untrue("class_size", str(at))


def _kinds(plan: Plan) -> Iterator[Untrue]:
    """Homes of one kind are alike: who lives in them, by class."""
    homes: dict[int, list[int]] = {}
    for one in plan["people"].values():
        if one["class"] is not None:
            homes.setdefault(one["home"], []).append(one["class"])
    alike: dict[int, list[int]] = {}
    for home, classes in homes.items():
        for kind in {class_of(plan, one)["home"] for one in classes}:
            if alike.setdefault(kind, sorted(classes)) != sorted(classes):
                yield Untrue("home", str(home))


def _tickets(plan: Plan) -> Iterator[Untrue]:
    """There are a thousand tickets, and each is a panel."""
    if len(plan["tickets"]) != OF:
        yield Untrue("ticket_count")
    people = plan["people"]
    musts = {name for name, one in people.items() if one["must"] is not None}
    for number, ticket in enumerate(plan["tickets"]):
        chosen = [people[name] for name in ticket]
        homes = {one["home"] for one in chosen}
        if len(set(ticket)) != len(ticket) or len(ticket) != plan["size"]:
            yield Untrue("ticket_size", f"{number:03}")
        elif len(homes) != len(chosen) or not musts <= set(ticket):
            yield Untrue("ticket_homes", f"{number:03}")
        yield from off_quotas(plan, Counter(pairs_of(plan, chosen)), "ticket_quota", f"{number:03}")


CHECKS: Sequence[Callable[[Plan], Iterator[Untrue]]] = (
    _seal,
    _people,
    _kinds,
    _tickets,
    lottery,
    marginals,
    fairness,
    reports,
)
