"""Seats that came free are drawn again, with those fixed who hold theirs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from mingchuang.council.actions._drawn import seat_refilled
from mingchuang.council.errors.lottery import (
    NotDrawn,
    NothingToRefill,
    NothingToRelax,
    RefillWaits,
)
from mingchuang.council.models import Lottery, Refill
from mingchuang.council.queries.lotteries import (
    lottery_of,
    names_of,
    plan_in,
)
from mingchuang.council.queries.refills import refill_to_keep, seats_to_refill, way_out
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.council.rules.life import CALLING
from mingchuang.council.rules.lottery.refill import refill_number
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


@transaction.atomic
def ask_refill(number: str, *, by: Person, at: datetime) -> Refill:
    """Ask for the seats that came free to be drawn again, all of them in one round."""
    return _asked(_drawn_lottery(number, by=by), [], by=by, at=at)


@transaction.atomic
def ask_relaxed_refill(number: str, *, by: Person, at: datetime) -> Refill:
    """Ask for it again with the quotas relaxed that were named where nobody could be drawn; what
    gave way stands in the ledger by name."""
    lottery = _drawn_lottery(number, by=by)
    if not (named := way_out(lottery)):
        raise NothingToRelax
    relaxed = [{**one, "min": one["to_min"], "max": one["to_max"]} for one in named]
    names = ("category", "feature", "min", "max")
    return _asked(lottery, [{name: one[name] for name in names} for one in relaxed], by=by, at=at)


def _drawn_lottery(number: str, *, by: Person) -> Lottery:
    topic = topic_convened_by(by, number, lock=True)
    lottery = lottery_of(topic)
    if lottery is None or not lottery.is_drawn or topic.state not in CALLING:
        raise NotDrawn
    return lottery


def _asked(
    lottery: Lottery, relaxed: Sequence[Mapping[str, JSON]], *, by: Person, at: datetime
) -> Refill:
    if lottery.refills.filter(made_at=None).exists():
        raise RefillWaits
    if not (free := seats_to_refill(lottery.roster)):
        raise NothingToRefill
    last = lottery.refills.order_by("-round").first()
    # What gave way once stays so: seats were filled by it, and the others were promised.
    earlier = {(one["category"], one["feature"]): one for one in (last.relaxed if last else [])}
    earlier |= {(one["category"], one["feature"]): one for one in relaxed}
    refill = Refill.objects.create(
        lottery=lottery, round=last.round + 1 if last else 1, relaxed=[*earlier.values()], at=at
    )
    told: dict[str, JSON] = {"round": refill.round, "seats": len(free), "by": by.badge}
    if refill.relaxed:
        told["relaxed"] = refill.relaxed
    record("lottery.refill_asked", lottery.subject, at=at, digest="", **told)
    return refill


@transaction.atomic
def keep_refill(
    refill: Refill,
    text: str,
    impossible: Mapping[str, Any] | None,
    *,
    seats: tuple[Sequence[str], Sequence[str]],
    at: datetime,
) -> Refill:
    """Keep the plan of a refill, and draw from it at once: nobody throws dice again, the number
    follows from those that were thrown in public.

    `seats` are who held one and whose came free when it was planned; where somebody answered or
    withdrew meanwhile it is left to be planned anew.
    """
    found = refill_to_keep(refill.pk)
    lottery = found.lottery
    if found.made_at or (names_of(lottery) != seats and lottery.roster.topic.state in CALLING):
        return found
    if lottery.roster.topic.state not in CALLING:
        text, impossible = "", {"over": True}
    found.plan, found.impossible, found.made_at = text, impossible, at
    told: dict[str, Any] = {"round": found.round, "possible": impossible is None}
    people: list[str] = []
    if text:
        found.ticket = refill_number(_draw_of(lottery), found.round)
        plan = plan_in(found)
        people = plan["tickets"][found.ticket]
        told |= {"commitment": plan["commitment"], "ticket": found.ticket, "people": people}
    found.save()
    record("lottery.refilled", lottery.subject, at=at, digest="", **told)
    if people:
        seat_refilled(lottery, people, at=at)
    return found


def _draw_of(lottery: Lottery) -> dict[str, Any]:
    return {"commitment": lottery.commitment, "dice": [int(one) for one in lottery.dice.split(",")]}
