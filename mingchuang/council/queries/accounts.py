"""The account of a shared cost: line by line for who keeps it, in sums for everybody."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.council.models import CostShare, HouseholdSum, Movement
from mingchuang.council.rules.account import Account, Move, Paid, Reckoned, account, paid_state


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


class Together(NamedTuple):
    """What several households paid in all, with the numbers of their papers, and of those that
    were struck out of an earlier sum."""

    households: int
    days: Sequence[date]
    amount: int
    papers: Sequence[str]
    struck: Sequence[str]

    @property
    def since(self) -> date:
        return min(self.days)

    @property
    def until(self) -> date:
        return max(self.days)


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
    """Return what everybody may read of it: five statements."""
    moves, strikes = unsummed(cost)
    spent = cost.movements.live().filter(share=None).order_by("pk")
    return PublicAccount(sums_told(cost), len(moves) + len(strikes), list(spent))


def sums_told(cost: CostShare) -> list[Together]:
    """Return the sums as they were published, whatever was struck out or joined since."""
    rows = cost.sums.prefetch_related(
        Prefetch("moves", Movement.objects.order_by("pk")),
        Prefetch("strikes", Movement.objects.order_by("struck_at", "pk")),
    )
    return [_together(one) for one in rows.order_by("number")]


def _together(one: HouseholdSum) -> Together:
    moves, strikes = list(one.moves.all()), list(one.strikes.all())
    days = [move.on for move in moves]
    days += [localdate(move.struck_at) for move in strikes]
    papers, struck = [move.paper for move in moves], [move.paper for move in strikes]
    return Together(one.households, days, one.amount, papers, struck)


def unsummed(cost: CostShare) -> tuple[list[Movement], list[Movement]]:
    """Return the lines of households that stand in no sum yet, and those struck out of one whose
    minus does not."""
    rows = cost.movements.select_related("share__flat").order_by("pk")
    return list(rows.unsummed()), list(rows.unsummed_strikes())


def reckoned(cost: CostShare) -> list[Reckoned]:
    """Return how each household stands, by who owns the flats now."""
    due: dict[int, int] = defaultdict(int)
    for owner, amount in cost.shares.order_by().values_list("flat__owner", "amount"):
        due[owner] += amount or 0
    lines, strikes = unsummed(cost)
    read = cost.movements.filter(summed__isnull=False, struck_in=None)
    summed = _by_household(read.select_related("share__flat"))
    waits, struck = _by_household(lines), _by_household(strikes)
    return [Reckoned(due[one], summed[one], waits[one] - struck[one]) for one in due]


def _by_household(lines: Iterable[Movement]) -> dict[int, int]:
    cents: dict[int, int] = defaultdict(int)
    for line in lines:
        if line.share is not None:
            cents[line.share.flat.owner_id] += line.signed
    return cents


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
