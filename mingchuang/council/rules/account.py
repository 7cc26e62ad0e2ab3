"""The account of what a topic costs: we write down who paid, and hold no money. Pure."""

import unicodedata
from collections.abc import Iterable
from datetime import date
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


class HouseholdLine(NamedTuple):
    """What a household paid, or less than nothing where it got something back, in cents."""

    on: date
    household: int
    amount: int
    paper: str


class Together(NamedTuple):
    """What several households paid in all, with the numbers of their papers."""

    since: date
    until: date
    households: int
    amount: int
    papers: tuple[str, ...]


def together(lines: Iterable[HouseholdLine]) -> tuple[list[Together], int]:
    """Add up lines in the order they were written until three households are in each sum.

    Returns the sums, and how many lines wait for more. A sum stays as it is whatever follows, so
    that nobody learns the last line from what it changed.
    """
    sums: list[Together] = []
    some: list[HouseholdLine] = []
    for line in lines:
        some.append(line)
        households = len({one.household for one in some})
        if households >= TOGETHER:
            days, papers = [one.on for one in some], tuple(one.paper for one in some)
            whole = sum(one.amount for one in some)
            sums.append(Together(min(days), max(days), households, whole, papers))
            some = []
    return sums, len(some)


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
