"""The account of a shared cost: pledged, paid, given back, spent. No money is held here."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.base.templatetags.words import day
from mingchuang.council.actions._steps import named
from mingchuang.council.actions._summing import sum_up
from mingchuang.council.actions._twice import key_said, made_with
from mingchuang.council.errors.owners import (
    CostNotFixed,
    DayAhead,
    DayBefore,
    MoreThanLeft,
    MoreThanPaid,
    NoSuchFlat,
    PaperUsed,
    RefundStands,
    SpentAlready,
)
from mingchuang.council.models import CostShare, Movement, Pledge, Share
from mingchuang.council.models.costs import witness_of
from mingchuang.council.queries.accounts import account_of, movement_in, paid_for
from mingchuang.council.queries.costs import cost_kept_by, cost_shared_by
from mingchuang.council.queries.flats import flat_called, owner_of
from mingchuang.council.rules.account import Move, paper_number
from mingchuang.council.rules.shares import yuan
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person

VERBS = {
    Move.PAYMENT: "cost.collected",
    Move.REFUND: "cost.refunded",
    Move.EXPENSE: "cost.spent",
}


class Moved(NamedTuple):
    """One line of the account as it is written: cents, the number of its paper, the day."""

    amount: int
    paper: str
    on: date
    label: str = ""
    why: str = ""


@transaction.atomic
def pledge_shares(code: str, n: int, *, at: datetime) -> list[Pledge]:
    """Say by one's own link that one will pay; said again, it is the same pledge."""
    owner = owner_of(code)
    cost = cost_shared_by(owner, n)
    mine = cost.shares.filter(flat__owner=owner, amount__gte=1, pledge=None)
    return _pledged(cost, list(mine), by=None, at=at)


@transaction.atomic
def enter_pledge(number: str, n: int, label: str, *, by: Person, at: datetime) -> list[Pledge]:
    """Write down that a household said it will pay."""
    cost = _fixed_cost(number, n, by=by)
    share = _share_labelled(cost, label)
    is_new = share.amount and not Pledge.objects.filter(share=share).exists()
    return _pledged(cost, [share] if is_new else [], by=by, at=at)


def _pledged(
    cost: CostShare, rows: list[Share], *, by: Person | None, at: datetime
) -> list[Pledge]:
    new = [Pledge(share=row, amount=row.amount or 0, by=by, at=at) for row in rows]
    pledges = Pledge.objects.bulk_create(new)
    if pledges:
        told: dict[str, JSON] = {"flats": len(pledges), "witness": witness_of(pledges)}
        record("cost.pledged", cost.subject, at=at, digest="", **told, **named(by))
    return pledges


@sent_twice_taken_once
@transaction.atomic
def collect_payment(
    number: str, n: int, said: Moved, *, key: str, by: Person, at: datetime
) -> Movement:
    """Write down that a household paid, under the number of its paper receipt."""
    return _move(_fixed_cost(number, n, by=by), Move.PAYMENT, said, key=key, by=by, at=at)


@sent_twice_taken_once
@transaction.atomic
def refund_payment(
    number: str, n: int, said: Moved, *, key: str, by: Person, at: datetime
) -> Movement:
    """Write down that money went back to a household, and why; never more than it paid."""
    return _move(_fixed_cost(number, n, by=by), Move.REFUND, said, key=key, by=by, at=at)


@sent_twice_taken_once
@transaction.atomic
def spend_money(
    number: str, n: int, said: Moved, *, key: str, by: Person, at: datetime
) -> Movement:
    """Write down what was spent and on what; everybody may read it. Never more than there is."""
    return _move(_fixed_cost(number, n, by=by), Move.EXPENSE, said, key=key, by=by, at=at)


def _move(
    cost: CostShare, kind: Move, said: Moved, *, key: str, by: Person, at: datetime
) -> Movement:
    paper = paper_number(said.paper)
    key = key_said(key, cost.subject, kind, said._replace(paper=paper))
    if earlier := made_with(Movement, key):
        return earlier
    _must_be_of_a_day(cost, said.on, at)
    if cost.movements.live().filter(kind=kind, paper=paper).exists():
        raise PaperUsed(paper=paper)
    share = None if kind == Move.EXPENSE else _share_labelled(cost, said.label)
    if kind == Move.REFUND and share is not None:
        _must_have_paid(cost, share, said.amount)
    if kind != Move.PAYMENT:
        _must_have(cost, said.amount)
    movement = Movement.objects.create(
        cost=cost,
        kind=kind,
        share=share,
        amount=said.amount,
        paper=paper,
        why=said.why,
        on=said.on,
        key=key,
        by=by,
        at=at,
    )
    _tell(VERBS[kind], movement, by=by, at=at)
    sum_up(cost, at=at)
    return movement


def _must_be_of_a_day(cost: CostShare, on: date, at: datetime) -> None:
    """Refuse a day that is still ahead, or when there was nothing to pay for yet."""
    first = localdate(cost.at)
    if on > localdate(at):
        raise DayAhead
    if on < first:
        raise DayBefore(day=day(first))


def _must_have(cost: CostShare, amount: int) -> None:
    left = account_of(cost).left
    if amount > left:
        raise MoreThanLeft(left=yuan(left))


def _must_have_paid(cost: CostShare, share: Share, amount: int) -> None:
    paid = paid_for(cost).get(share.pk, 0)
    if amount > paid:
        raise MoreThanPaid(paid=yuan(paid))


@transaction.atomic
def strike_movement(
    number: str, n: int, pk: int, reason: str, *, by: Person, at: datetime
) -> Movement:
    """Strike out a line that was written by mistake; it stays to be read, with the reason. A sum
    it stood in stays too: its minus waits for the next one."""
    cost = cost_kept_by(by, number, n)
    movement = movement_in(cost, pk)
    if movement.struck_at is not None:
        return movement
    paid = paid_for(cost).get(movement.share_id or 0, 0)
    if movement.kind == Move.PAYMENT and paid < movement.amount:
        raise RefundStands
    left = account_of(cost).left
    if movement.kind == Move.PAYMENT and left < movement.amount:
        raise SpentAlready(left=yuan(left))
    movement.struck_at, movement.struck_because = at, reason
    movement.save(update_fields=["struck_at", "struck_because"])
    _tell("cost.struck", movement, by=by, at=at)
    sum_up(cost, at=at)
    return movement


def _tell(verb: str, movement: Movement, *, by: Person, at: datetime) -> None:
    """Write down what was spent under which number; of a household's line the book knows neither
    whose it is nor how much, since the cents alone would name a flat."""
    told: dict[str, JSON] = {"kind": str(movement.kind), "paper": movement.paper}
    told |= {**movement.told, "by": by.badge}
    record(verb, movement.cost.subject, at=at, digest="", **told)


def _fixed_cost(number: str, n: int, *, by: Person) -> CostShare:
    cost = cost_kept_by(by, number, n)
    if not cost.is_fixed:
        raise CostNotFixed
    return cost


def _share_labelled(cost: CostShare, label: str) -> Share:
    flat = flat_called(cost.topic, label)
    share = cost.shares.filter(flat=flat).first() if flat else None
    if share is None:
        raise NoSuchFlat(label=label)
    return share
