"""The account of what a topic costs: we write down who paid, and hold no money. Pure."""

import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import NamedTuple


class Move(StrEnum):
    """Money that moved between a household, or a payee, and whoever keeps the account."""

    PAYMENT = "payment"
    REFUND = "refund"
    EXPENSE = "expense"


class Paid(StrEnum):
    NOTHING_DUE = "nothing_due"
    UNPAID = "unpaid"
    PARTLY = "partly"
    PAID = "paid"
    TOO_MUCH = "too_much"


class Account(NamedTuple):
    """In cents: what came in, what went back, what was spent."""

    collected: int = 0
    refunded: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        return self.collected - self.refunded - self.spent


def account(moves: Iterable[tuple[str, int]]) -> Account:
    """Add up moves, each a kind and an amount in cents."""
    sums = dict.fromkeys(Move, 0)
    for kind, amount in moves:
        sums[Move(kind)] += amount
    return Account(sums[Move.PAYMENT], sums[Move.REFUND], sums[Move.EXPENSE])


# Under one basis or another the cents of a share name a flat. Of two who paid each knows what the
# other did; three is the least at which nobody does.
TOGETHER = 3


class Reckoned(NamedTuple):
    """How one household stands, in cents: what it owes, what everybody may have read of it in sums,
    and what waits to be summed up."""

    due: int
    summed: int
    waits: int

    @property
    def after(self) -> int:
        return self.summed + self.waits


def may_be_summed(households: Collection[Reckoned]) -> bool:
    """Say whether everybody may read in one sum what waits.

    Three households are in it at least, each with an amount of its own. All sums together are then
    of nobody or of three, and nobody or three still owe: what is shared is public, and whoever
    takes the sums from it would find who is left.
    """
    in_it = sum(1 for one in households if one.waits)
    inside = sum(1 for one in households if one.after)
    outside = sum(1 for one in households if one.after < one.due)
    return in_it >= TOGETHER and all(not n or n >= TOGETHER for n in (inside, outside))


def paper_number(text: str) -> str:
    """Return the number of a paper as it is kept and compared: ｓｋ-9990 is SK-9990."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def paid_state(due: int, paid: int) -> Paid:
    """Say how somebody stands who owes so much and has paid so much, refunds taken off."""
    if paid == due:
        return Paid.PAID if due else Paid.NOTHING_DUE
    if paid > due:
        return Paid.TOO_MUCH
    return Paid.PARTLY if paid else Paid.UNPAID
