"""Whether rounds of refilling say the truth: who lost a seat, who kept theirs, which ticket.

Plain Python, as the check of the plan: each round has a plan of its own, made of the first one's
people without those who are gone, with those fixed who keep their seats.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from mingchuang.council.rules.lottery.check import are_dice, untruths
from mingchuang.council.rules.lottery.commitment import SEAL
from mingchuang.council.rules.lottery.dice import ticket_number
from mingchuang.council.rules.lottery.refill import ACCEPTED, Round, next_round, refilled
from mingchuang.council.rules.lottery.truth import Plan, Untrue, musts_of, pairs_of, seated_of

ASKED = ("size", "low_top", "categories")
# What the hall knows besides, of the register and of rounds in which nobody could be drawn.
BESIDES = {"gone", "gave_way", "skipped"}


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
    if not are_dice(one["dice"]):
        yield Untrue("dice")
        return
    yield from untruths(one["plan"])
    dice = earlier[0]["dice"] if earlier else one["dice"]
    turn = next_round(plan, ticket_number(dice), earlier, one["lost"])
    # A round in which nobody could be drawn has its number too.
    turn = turn._replace(number=turn.number + len(set(one.get("skipped", ()))))
    before = [*turn.seated, *turn.lost]
    if not turn.lost or len(set(before)) != plan["size"]:
        yield Untrue("lost", "、".join(turn.lost))
    yield from _asked(plan, turn, one)
    expected = refilled(plan, dice, turn, one["plan"])
    yield from (Untrue("refill", name) for name, told in expected.items() if one[name] != told)
    yield from (Untrue("refill", name) for name in sorted(one.keys() - expected.keys() - BESIDES))


def _asked(plan: Plan, turn: Round, one: Mapping[str, Any]) -> Iterator[Untrue]:
    """The same is asked of the same people, but of who is gone and what gave way by name; who
    sits is fixed."""
    again = one["plan"]
    yield from (Untrue("refill_plan", name) for name in ASKED if plan[name] != again[name])
    wanted = _with_given_way(plan["quotas"], one.get("gave_way", ()))
    kept = {(one["category"], one["feature"]) for one in again["quotas"]}
    # Of what nobody is left nothing is asked.
    wanted = [one for one in wanted if one["max"] or (one["category"], one["feature"]) in kept]
    if again["quotas"] != wanted:
        yield Untrue("refill_plan", "quotas")
    # Who sat out in the plan still does, so that nobody's rest is waived later.
    if again.get("rest_waived"):
        yield Untrue("refill_plan", "rest_waived")
    gone = {*turn.gone, *one.get("gone", ())}
    left = {name: one for name, one in plan["people"].items() if name not in gone}
    if left.keys() != again["people"].keys():
        yield Untrue("refill_plan", "people")
        return
    yield from _filled(plan, again, gone)
    # Who lives with a must-in who is gone may have to be there in their place.
    vacant = _homes_of_musts(plan, turn.gone)
    homes: dict[int, int] = {}
    for name, told in left.items():
        now = again["people"][name]
        home = homes.setdefault(told["home"], now["home"])
        must = told["must"] or (ACCEPTED if name in turn.seated else None)
        same = told["weight"] == now["weight"]
        # Of who is not drawn no features are told.
        if told["class"] is not None and now["class"] is not None:
            same = same and told["features"] == now["features"]
        heir = told["home"] in vacant and now["must"] is not None
        if not same or home != now["home"] or (must != now["must"] and not heir):
            yield Untrue("refill_plan", name)
    if len(set(homes.values())) != len(homes):
        yield Untrue("refill_plan", SEAL)


def _homes_of_musts(plan: Plan, some: Iterable[str]) -> set[int]:
    people = [plan["people"][name] for name in some]
    return {one["home"] for one in people if one["must"]}


def _filled(plan: Plan, again: Plan, gone: Collection[str]) -> Iterator[Untrue]:
    """Those who are fixed fill what the must-ins did and what is known of who was drawn.

    Where a must-in is gone nobody is told what they filled: at most what all of them did, and
    who may come in their place something of their own.
    """
    before, now = seated_of(plan), seated_of(again)
    drawn = [plan["people"][name] for name in musts_of(again) - musts_of(plan)]
    known = [one for one in drawn if one["class"] is not None]
    added, heirs = Counter(pairs_of(plan, known)), len(drawn) - len(known)
    missing = musts_of(plan) & {*gone}
    for key in before.keys() | now.keys():
        most = added[key] + before[key] + heirs
        least = added[key] if missing else most
        if not least <= now[key] <= most:
            yield Untrue("refill_plan", "·".join(key))


def _with_given_way(quotas: Sequence[Plan], gave_way: Sequence[Plan]) -> list[dict[str, Any]]:
    given = {(one["category"], one["feature"]): one for one in gave_way}
    asked = [(one, given.get((one["category"], one["feature"]))) for one in quotas]
    return [
        {**one, "min": to["to_min"], "max": to["to_max"]} if to else {**one} for one, to in asked
    ]
