"""The account of a shared cost: line by line for who keeps it, in sums for everybody."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.council.models import CostShare, Movement
from mingchuang.council.rules.account import (
    Account,
    HouseholdLine,
    Move,
    Paid,
    Together,
    account,
    paid_state,
    together,
)


def paid_for(cost: CostShare) -> dict[int, int]:
    """Return what was paid for each share, what was given back taken off."""
    paid: dict[int, int] = {}
    moves = cost.movements.live().exclude(share=None).order_by()
    for share, kind, amount in moves.values_list("share", "kind", "amount"):
        sign = 1 if kind == Move.PAYMENT else -1
        paid[share] = paid.get(share, 0) + sign * amount
    return paid


def movements_of(cost: CostShare) -> QuerySet[Movement]:
    """Return the account line by line, the newest first, what was struck out with it."""
    return cost.movements.select_related("share__flat__owner__requester", "by").order_by("-pk")


class PublicAccount(NamedTuple):
    """The account as everybody may read it: what households paid, never fewer than three in one
    sum, and what was spent on what. What waits to be summed up is in no figure."""

    sums: Sequence[Together]
    waiting: int
    expenses: Sequence[Movement]

    @property
    def account(self) -> Account:
        paid = sum(one.amount for one in self.sums)
        return Account(collected=paid, spent=sum(one.amount for one in self.expenses))


def public_account(cost: CostShare) -> PublicAccount:
    """Return what everybody may read of it, without what was struck out."""
    moves = list(cost.movements.live().select_related("share__flat").order_by("pk"))
    sums, waiting = together(
        HouseholdLine(move.on, move.share.flat.owner_id, move.signed, move.paper)
        for move in moves
        if move.share
    )
    return PublicAccount(sums, waiting, [move for move in moves if not move.share])


def tally_of(cost: CostShare) -> dict[Paid, int]:
    """Count how many flats stand how: how many have paid, and not which."""
    paid = paid_for(cost)
    rows = cost.shares.order_by().values_list("pk", "amount")
    counts = Counter(paid_state(amount or 0, paid.get(pk, 0)) for pk, amount in rows)
    return {state: counts[state] for state in Paid if counts[state]}


def movement_in(cost: CostShare, pk: int) -> Movement:
    movement = movements_of(cost).filter(pk=pk).first()
    if movement is None:
        raise NotFound
    return movement


def account_of(cost: CostShare) -> Account:
    return account(cost.movements.live().order_by().values_list("kind", "amount"))
