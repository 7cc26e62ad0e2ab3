"""A seat that was declined or lost: drawn again with those fixed who accepted. Pure.

The seats of who accepted are kept, as those of must-ins are; who is gone is no longer in the pool.
What is left is planned as fairly as the first time, so that quotas, households and opponents stay
right, and nobody's chance depends on whether they are likely to accept. Nobody throws dice again:
the number comes from the first draw, which was public, and from the round.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

from mingchuang.council.rules.lottery.commitment import SEAL
from mingchuang.council.rules.lottery.dice import TICKETS, ticket_number
from mingchuang.council.rules.lottery.pool import Person, Pool, Quota
from mingchuang.ledger.rules.canonical import canonical

ACCEPTED = "accepted"
# Weights are read with denominators up to a million, and told in binary.
FINEST = 10**6


class Round(NamedTuple):
    """One round of refilling: whose seats came free now and before, and who keeps theirs."""

    number: int
    lost: Sequence[str]
    gone: Sequence[str]
    seated: Sequence[str]


def next_round(
    plan: Mapping[str, Any], ticket: int, earlier: Sequence[Mapping[str, Any]], lost: Sequence[str]
) -> Round:
    """Return the round in which these seats are drawn again, after those that were before."""
    there = earlier[-1]["people"] if earlier else plan["tickets"][ticket]
    gone = [name for one in earlier for name in one["lost"]]
    seated = [name for name in there if name not in lost]
    return Round(len(earlier) + 1, list(lost), [*gone, *lost], seated)


def pool_again(plan: Mapping[str, Any]) -> Pool:
    """Return the pool a plan was made of, as far as it bears on who may be drawn."""
    quotas = [
        Quota(one["category"], one["feature"], one["min"], one["max"]) for one in plan["quotas"]
    ]
    homes, weights = Counter(one["home"] for one in plan["people"].values()), weights_in(plan)
    return Pool(
        people=[
            Person(
                name,
                tuple(one["features"]),
                str(one["home"]) if homes[one["home"]] > 1 else "",
                weights[name],
            )
            for name, one in plan["people"].items()
        ],
        categories=tuple(plan["categories"]),
        quotas=quotas,
        size=plan["size"],
        musts={
            name: one["must"] for name, one in plan["people"].items() if one["must"] is not None
        },
        low_top=plan["low_top"],
        seated=dict(zip((one.key for one in quotas), plan["seated"], strict=True)),
    )


def weights_in(plan: Mapping[str, Any]) -> dict[str, Fraction]:
    """Return everybody's weight as it was when the plan was made: a refill keeps to it, whatever
    is known of them since."""
    told = {name: one["weight"] for name, one in plan["people"].items()}
    return {name: Fraction(one).limit_denominator(FINEST) for name, one in told.items()}


def refilled(
    plan: Mapping[str, Any], dice: Sequence[int], turn: Round, again: Mapping[str, Any]
) -> dict[str, Any]:
    """Return who sits after this round, as it is read out and kept; `again` is its plan."""
    ticket = refill_number({SEAL: plan[SEAL], "dice": dice}, turn.number)
    people = list(again["tickets"][ticket])
    return {
        SEAL: plan[SEAL],
        "dice": list(dice),
        "round": turn.number,
        "lost": list(turn.lost),
        "new": [name for name in people if name not in turn.seated],
        "ticket": ticket,
        "people": people,
        "plan": dict(again),
    }


def made_known(
    plan: Mapping[str, Any],
    dice: Sequence[int],
    rounds: Sequence[tuple[int, Mapping[str, Any] | None]],
) -> dict[str, Any]:
    """Return the record of the last of these rounds, each with its plan, or None where nobody
    could be drawn: besides `refilled` who is gone for another reason, and what gave way."""
    there, seal = plan["tickets"][ticket_number(dice)], {SEAL: plan[SEAL], "dice": dice}
    for number, again in rounds[:-1]:
        there = again["tickets"][refill_number(seal, number)] if again else there
    number, again = rounds[-1]
    fixed = {name for name, one in (again or {})["people"].items() if one["must"] is not None}
    lost, seated = ([name for name in there if (name in fixed) == kept] for kept in (False, True))
    record = refilled(plan, dice, Round(number, lost, lost, seated), again or {})
    return {
        **record,
        "gone": [name for name in plan["people"] if name not in record["plan"]["people"]],
        "gave_way": _gave_way(plan["quotas"], record["plan"]["quotas"]),
        "skipped": [one for one, nothing in rounds if nothing is None],
    }


def _gave_way(
    quotas: Sequence[Mapping[str, Any]], again: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return each quota that is another now; of which nobody is left, none are asked for."""
    now = {(one["category"], one["feature"]): one for one in again}
    pairs = [(one, now.get((one["category"], one["feature"]))) for one in quotas]
    return [
        {**one, "to_min": to["min"] if to else 0, "to_max": to["max"] if to else 0}
        for one, to in pairs
        if one != to
    ]


def refill_pool(pool: Pool, *, accepted: Collection[str], gone: Collection[str]) -> Pool:
    """Return the pool of a refill; must-ins stay so, or their recorded proxies, unless gone."""
    musts = {one: why for one, why in pool.musts.items() if one not in gone}
    musts |= {one: ACCEPTED for one in accepted if one not in musts}
    people = [one for one in pool.people if one.id not in gone]
    return replace(pool, people=people, musts=musts)


def refill_number(draw: Mapping[str, Any], round_number: int) -> int:
    """Return the ticket of a round of refilling, 0 to 999: HMAC-SHA256(draw, round).

    The key is the canonical JSON of the draw's commitment and dice, the text is the round.
    """
    key = canonical({"commitment": draw["commitment"], "dice": list(draw["dice"])})
    mark = hmac.new(key, str(round_number).encode(), hashlib.sha256).digest()
    return int.from_bytes(mark) % TICKETS
