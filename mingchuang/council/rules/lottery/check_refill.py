"""Whether rounds of refilling say the truth: who lost a seat, who kept theirs, which ticket.

Plain Python, as the check of the plan: each round has a plan of its own, made of the first one's
people without those who are gone, with those fixed who keep their seats.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mingchuang.council.rules.lottery.check import untruths
from mingchuang.council.rules.lottery.commitment import SEAL
from mingchuang.council.rules.lottery.dice import ticket_number
from mingchuang.council.rules.lottery.refill import ACCEPTED, Round, next_round, refilled
from mingchuang.council.rules.lottery.truth import Plan, Untrue

ASKED = ("size", "low_top", "categories", "quotas")


def untruths_of_refills(plan: Plan, rounds: Sequence[Any]) -> list[Untrue]:
    """Return what does not hold in these rounds, each after the one before."""
    found: list[Untrue] = []
    for number, one in enumerate(rounds, 1):
        try:
            found += _untruths_of(plan, rounds[: number - 1], one)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError):
            found.append(Untrue("shape", f"refill {number}"))
    return found


def _untruths_of(plan: Plan, earlier: Sequence[Any], one: Mapping[str, Any]) -> Iterator[Untrue]:
    yield from untruths(one["plan"])
    dice = earlier[0]["dice"] if earlier else one["dice"]
    turn = next_round(plan, ticket_number(dice), earlier, one["lost"])
    before = [*turn.seated, *turn.lost]
    if not turn.lost or len(set(before)) != plan["size"]:
        yield Untrue("lost", "、".join(turn.lost))
    yield from _asked(plan, turn, one["plan"])
    expected = refilled(plan, dice, turn, one["plan"])
    yield from (Untrue("refill", name) for name, told in expected.items() if one[name] != told)


def _asked(plan: Plan, turn: Round, again: Plan) -> Iterator[Untrue]:
    """The same is asked of the same people, but of those who are gone; who sits is fixed."""
    yield from (Untrue("refill_plan", name) for name in ASKED if plan[name] != again[name])
    left = {name: one for name, one in plan["people"].items() if name not in turn.gone}
    if list(left) != list(again["people"]):
        yield Untrue("refill_plan", "people")
        return
    homes: dict[int, int] = {}
    for name, one in left.items():
        now = again["people"][name]
        home = homes.setdefault(one["home"], now["home"])
        must = one["must"] or (ACCEPTED if name in turn.seated else None)
        if (one["features"], one["weight"], home, must) != (
            now["features"],
            now["weight"],
            now["home"],
            now["must"],
        ):
            yield Untrue("refill_plan", name)
    if len(set(homes.values())) != len(homes):
        yield Untrue("refill_plan", SEAL)
