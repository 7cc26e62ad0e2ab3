"""Rounds of refilling: what is kept, and what would have to give way. Fetching is authorising."""

from collections.abc import Mapping, Sequence
from typing import Any

from mingchuang.base.errors import NotFound
from mingchuang.council.models import Lottery, Refill, Roster, Seat, Topic
from mingchuang.council.queries.lotteries import plan_in, public_lottery
from mingchuang.council.queries.topics import lock_topics
from mingchuang.council.rules.life import CALLING
from mingchuang.council.rules.lottery.refill import made_known
from mingchuang.council.rules.register import SeatState


def refill_to_keep(pk: int) -> Refill:
    """Return the round that is kept, locked; its topic is locked first, so that nobody withdraws
    or answers while seats are given."""
    lock_topics(Topic.objects.filter(rosters__lotteries__refills=pk))
    list(Refill.objects.select_for_update().filter(pk=pk).values_list("pk"))
    return Refill.objects.select_related("lottery__roster__topic").get(pk=pk)


def way_out(lottery: Lottery) -> Sequence[Mapping[str, Any]]:
    """Return what would have to give way for the last round that nobody could be drawn in."""
    last = lottery.refills.defer("plan").order_by("-round").first()
    why: Mapping[str, Any] = (last and last.impossible) or {}
    return why.get("relaxation") or []


def public_refill(number: str, roster: int, which: int, turn: int) -> dict[str, Any]:
    """Return the record of a round as everybody may check it, with the plan it was drawn from."""
    lottery = public_lottery(number, roster, which)
    rounds = list(lottery.refills.filter(round__lte=turn).order_by("round"))
    if not rounds or rounds[-1].round != turn or not rounds[-1].plan:
        raise NotFound
    dice = [int(one) for one in lottery.dice.split(",")]
    drawn = [(one.round, plan_in(one) if one.plan else None) for one in rounds]
    return made_known(plan_in(lottery), dice, drawn)


def refills_of(lottery: Lottery) -> Sequence[Refill]:
    """Return the rounds of refilling, the newest first."""
    return list(lottery.refills.defer("plan").order_by("-round"))


def empty_seats(topic: Topic) -> int:
    """Return how many seats of the newest roster wait to be drawn again, as long as people are
    invited to it."""
    roster = topic.rosters.order_by("-number").first() if topic.state in CALLING else None
    return len(seats_to_refill(roster)) if roster else 0


def seats_to_refill(roster: Roster) -> list[Seat]:
    """Return the seats that came free and were not drawn again."""
    free = roster.seats.exclude(state__in=[SeatState.DRAWN, SeatState.ACCEPTED])
    return list(free.filter(refilled_by=None).order_by("pk"))
