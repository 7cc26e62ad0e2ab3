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
from mingchuang.council.rules.lottery.commitment import SEAL, commitment_of, is_moment
from mingchuang.council.rules.lottery.dice import ticket_number
from mingchuang.council.rules.lottery.shape import WHOLE, fits, misshapen
from mingchuang.council.rules.lottery.truth import (
    OF,
    Plan,
    Untrue,
    class_of,
    musts_of,
    off_quotas,
    pairs_of,
    seated_of,
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
        wrong = [name for name, told in expected.items() if draw[name] != told]
        more = draw.keys() - {*expected, "dice", *(["at"] if plan.get("due") else [])}
        found = [Untrue("draw", name) for name in [*wrong, *sorted(more)]]
        return found + list(_too_early(plan, draw))
    except (KeyError, IndexError, TypeError, AttributeError):
        return [Untrue("shape", "draw")]


def _too_early(plan: Plan, draw: Any) -> Iterator[Untrue]:
    """What was promised from a moment on was not thrown before it."""
    if not (due := plan.get("due")):
        return
    if not is_moment(draw["at"]):
        yield Untrue("draw", "at")
    elif draw["at"] < due:
        yield Untrue("early", draw["at"])


def _due(plan: Plan) -> Iterator[Untrue]:
    """What is announced says from which moment on there is something to draw by."""
    announced, due = plan["announced"], plan.get("due", "")
    if (announced or due) and not (announced and is_moment(due)):
        yield Untrue("due")


def _seal(plan: Plan) -> Iterator[Untrue]:
    """The plan is the one that was sealed."""
    if commitment_of(plan) != plan[SEAL]:
        yield Untrue("seal")


def _beside(plan: Plan) -> Iterator[Untrue]:
    """Whoever is not drawn must be there, lives with who must, or sits out (has no weight); what
    they are is not told."""
    seated = {plan["people"][name]["home"] for name in musts_of(plan)}
    for name, one in plan["people"].items():
        if one["class"] is None and one["home"] not in seated and one["weight"]:
            yield Untrue("left_out", name)
        if one["class"] is None and one["features"]:
            yield Untrue("told", name)


def _people(plan: Plan) -> Iterator[Untrue]:
    """Whoever may be drawn is in a class with people like them."""
    seated = {plan["people"][name]["home"] for name in musts_of(plan)}
    counts: Counter[int] = Counter()
    for name, one in plan["people"].items():
        if one["class"] is None:
            continue
        of = class_of(plan, one["class"])
        counts[one["class"]] += 1
        if one["home"] in seated:
            yield Untrue("class", name)
        same = (one["features"], one["weight"]) == (of["features"], of["weight"])
        if not same or not one["weight"]:
            yield Untrue("class", name)
    for at, of in enumerate(plan["classes"]):
        if counts[at] != of["people"]:
            yield Untrue("class_size", str(at))


def _seated(plan: Plan) -> Iterator[Untrue]:
    """What the must-ins fill is told together: of each category as many as they are. No feature
    has two quotas, of which the laxer might count."""
    named = Counter((one["category"], one["feature"]) for one in plan["quotas"])
    yield from (Untrue("twice", "·".join(key)) for key, many in named.items() if many > 1)
    musts, filled = len(musts_of(plan)), Counter[str]()
    for (category, _feature), many in seated_of(plan).items():
        filled[category] += many
    if any(many < 0 for many in plan["seated"]):
        yield Untrue("seated")
    yield from (Untrue("seated", name) for name in plan["categories"] if filled[name] != musts)


def _waived(plan: Plan) -> Iterator[Untrue]:
    """Whose rest was waived may be drawn, with the weight of somebody who sat; then nobody sits
    out."""
    named, people = plan.get("rest_waived", ()), plan["people"]
    counts = Counter[str](named)
    wrong = [name for name, many in counts.items() if many > 1]
    wrong += [
        name for name in named if people[name]["class"] is None or people[name]["weight"] >= 1
    ]
    wrong += [name for name, one in people.items() if named and not one["weight"]]
    yield from (Untrue("waived", name) for name in wrong)


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
    people, musts, seated = plan["people"], musts_of(plan), seated_of(plan)
    for number, ticket in enumerate(plan["tickets"]):
        chosen = [people[name] for name in ticket]
        homes = {one["home"] for one in chosen}
        if len(set(ticket)) != len(ticket) or len(ticket) != plan["size"]:
            yield Untrue("ticket_size", f"{number:03}")
        elif len(homes) != len(chosen) or not musts <= set(ticket):
            yield Untrue("ticket_homes", f"{number:03}")
        drawn = [one for one in chosen if one["class"] is not None]
        if len(drawn) + len(musts) != len(chosen):
            yield Untrue("ticket_outside", f"{number:03}")
        counts = seated.copy()
        counts.update(pairs_of(plan, drawn))
        yield from off_quotas(plan, counts, "ticket_quota", f"{number:03}")


CHECKS: Sequence[Callable[[Plan], Iterator[Untrue]]] = (
    _seal,
    _due,
    _beside,
    _people,
    _seated,
    _waived,
    _kinds,
    _tickets,
    lottery,
    marginals,
    fairness,
    reports,
)
