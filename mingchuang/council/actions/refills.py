"""Seats that came free are drawn again, with those fixed who hold theirs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from mingchuang.council.actions._drawn import seat_refilled
from mingchuang.council.errors.lottery import NotDrawn, NothingToRefill, RefillWaits
from mingchuang.council.models import Lottery, Refill
from mingchuang.council.queries.lotteries import lottery_of, plan_in, seats_to_refill
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.council.rules.life import CALLING
from mingchuang.council.rules.lottery.refill import refill_number
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


@transaction.atomic
def ask_refill(number: str, *, by: Person, at: datetime) -> Refill:
    """Ask for the seats that came free to be drawn again, all of them in one round."""
    topic = topic_convened_by(by, number, lock=True)
    lottery = lottery_of(topic)
    if lottery is None or not lottery.is_drawn or topic.state not in CALLING:
        raise NotDrawn
    if lottery.refills.filter(made_at=None).exists():
        raise RefillWaits
    if not (free := seats_to_refill(lottery.roster)):
        raise NothingToRefill
    last = lottery.refills.aggregate(last=Max("round"))["last"] or 0
    refill = Refill.objects.create(lottery=lottery, round=last + 1, at=at)
    told: dict[str, JSON] = {"round": refill.round, "seats": len(free), "by": by.badge}
    record("lottery.refill_asked", lottery.subject, at=at, digest="", **told)
    return refill


@transaction.atomic
def keep_refill(
    refill: Refill, text: str, impossible: Mapping[str, Any] | None, *, at: datetime
) -> Refill:
    """Keep the plan of a refill, and draw from it at once: nobody throws dice again, the number
    follows from those that were thrown in public."""
    found = Refill.objects.select_for_update().get(pk=refill.pk)
    if found.made_at:
        return found
    found.plan, found.impossible, found.made_at = text, impossible, at
    told: dict[str, Any] = {"round": found.round, "possible": impossible is None}
    if text:
        draw = _draw_of(refill.lottery)
        found.ticket = refill_number(draw, found.round)
        plan = plan_in(found)
        people = plan["tickets"][found.ticket]
        told |= {"commitment": plan["commitment"], "ticket": found.ticket, "people": people}
    found.save()
    record("lottery.refilled", refill.lottery.subject, at=at, digest="", **told)
    if text:
        seat_refilled(refill.lottery, people, at=at)
    return found


def _draw_of(lottery: Lottery) -> dict[str, Any]:
    return {"commitment": lottery.commitment, "dice": [int(one) for one in lottery.dice.split(",")]}
