"""Rounds of refilling: what is kept, and what would have to give way. Fetching is authorising."""

from collections.abc import Mapping, Sequence
from typing import Any

from mingchuang.council.models import Lottery, Refill, Topic
from mingchuang.council.queries.lotteries import lock_topic_of


def refill_to_keep(pk: int) -> Refill:
    """Return the round that is kept, locked; its topic is locked first, so that nobody withdraws
    or answers while seats are given."""
    lock_topic_of(Topic.objects.filter(rosters__lotteries__refills=pk))
    list(Refill.objects.select_for_update().filter(pk=pk).values_list("pk"))
    return Refill.objects.select_related("lottery__roster__topic").get(pk=pk)


def way_out(lottery: Lottery) -> Sequence[Mapping[str, Any]]:
    """Return what would have to give way for the last round that nobody could be drawn in."""
    last = lottery.refills.defer("plan").order_by("-round").first()
    why: Mapping[str, Any] = (last and last.impossible) or {}
    return why.get("relaxation") or []
