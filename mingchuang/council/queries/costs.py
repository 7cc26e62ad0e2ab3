"""Shared costs: whom they are open to, what each carries on which basis, and the account."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.council.models import CostShare, Flat, Movement, Owner, Share, Topic
from mingchuang.council.queries.accounts import paid_for
from mingchuang.council.queries.topics import public_topic, topic_convened_by, topic_for
from mingchuang.council.rules.account import (
    Paid,
    paid_state,
)
from mingchuang.council.rules.shares import Basis, Floors, Sharer, shares
from mingchuang.people.models import Person


class Standing(NamedTuple):
    """One row of a shared cost: what it carries, on each basis or for good, and what was paid."""

    share: Share
    by_basis: Mapping[str, int]
    paid: int

    @property
    def due(self) -> int:
        fixed = self.share.amount
        return fixed if fixed is not None else self.by_basis.get(self.share.cost.basis, 0)

    @property
    def owed(self) -> int:
        return self.due - self.paid

    @property
    def excess(self) -> int:
        """What was paid beyond what is due: a slip of the pen, or money to give back."""
        return max(0, -self.owed)

    @property
    def is_short(self) -> bool:
        """Whether something is still to pay."""
        return self.owed > 0

    @property
    def state(self) -> Paid:
        return paid_state(self.due, self.paid)


def costs_of(topic: Topic) -> QuerySet[CostShare]:
    return topic.costs.select_related("topic").order_by("number")


def cost_for(person: Person, number: str, n: int) -> CostShare:
    """Return a shared cost of a topic this person may read."""
    return _one(costs_of(topic_for(person, number)).filter(number=n))


def cost_kept_by(person: Person, number: str, n: int) -> CostShare:
    """Return a shared cost this person keeps, locked: its account is written line by line."""
    topic = topic_convened_by(person, number)
    return _locked(CostShare.objects.filter(topic=topic, number=n))


def cost_shared_by(owner: Owner, n: int) -> CostShare:
    """Return a fixed cost of which this owner carries a share, locked."""
    mine = CostShare.objects.filter(topic=owner.topic_id, number=n, fixed_at__isnull=False)
    cost = _locked(mine)
    if not cost.shares.filter(flat__owner=owner).exists():
        raise NotFound
    return cost


def _locked(costs: QuerySet[CostShare]) -> CostShare:
    # The lock first, alone: what is joined to it would be read as it was before we waited.
    list(costs.select_for_update().values_list("pk"))
    return _one(costs.select_related("topic"))


def _one(costs: QuerySet[CostShare]) -> CostShare:
    cost = costs.first()
    if cost is None:
        raise NotFound
    return cost


def public_cost(number: str, n: int) -> CostShare:
    """Return a shared cost as everybody may read it, once it is fixed."""
    fixed = costs_of(public_topic(number)).filter(number=n, fixed_at__isnull=False)
    return _one(fixed)


def fixed_cost_with(flat: Flat) -> CostShare | None:
    """Return a cost that this flat is to pay a share of, if there is one."""
    return CostShare.objects.filter(shares__flat=flat, fixed_at__isnull=False).first()


def shares_of(cost: CostShare) -> list[Share]:
    """Return the rows in the order of the register, by which equal remainders are told apart; of
    a flat that was taken out since, none."""
    rows = cost.shares.filter(flat__taken_out_at=None).select_related(
        "flat__owner__requester", "pledge"
    )
    return list(rows.order_by("flat__number"))


def floors_of(cost: CostShare) -> Floors:
    return {int(floor): Decimal(cents) / 100 for floor, cents in cost.floors.items()}


def amounts(cost: CostShare, rows: Sequence[Share], basis: str) -> list[int]:
    """Return what each row would carry on this basis, in cents; nothing where nobody carries."""
    sharers = (Sharer(r.area, r.floor, Decimal(r.benefit) / 100, r.exempt) for r in rows)
    return shares(cost.total, sharers, Basis(basis), floors=floors_of(cost))


def standings_of(cost: CostShare) -> list[Standing]:
    """Return every row with its share on each basis side by side and what was paid for it; a
    basis on which nobody carries anything is left out."""
    rows, paid = shares_of(cost), paid_for(cost)
    each = {str(basis): amounts(cost, rows, basis) for basis in Basis}
    by = {basis: found for basis, found in each.items() if found}
    columns = [{basis: by[basis][i] for basis in by} for i in range(len(rows))]
    for row in rows:
        row.cost = cost
    return [
        Standing(row, column, paid.get(row.pk, 0))
        for row, column in zip(rows, columns, strict=True)
    ]


class Sums(NamedTuple):
    """The foot of the table of shares."""

    by_basis: Mapping[str, int]
    due: int
    paid: int


def sums_of(rows: Sequence[Standing]) -> Sums:
    shown = rows[0].by_basis if rows else {}
    by_basis = {basis: sum(row.by_basis[basis] for row in rows) for basis in shown}
    return Sums(by_basis, sum(row.due for row in rows), sum(row.paid for row in rows))


def standings_of_owner(owner: Owner) -> list[Standing]:
    """Return what this owner carries of every fixed cost, with what was paid: three statements."""
    live = Prefetch("movements", Movement.objects.live(), to_attr="counted")
    mine = Share.objects.filter(flat__owner=owner, cost__fixed_at__isnull=False)
    rows = mine.select_related("cost__topic", "flat", "pledge").prefetch_related(live)
    return [Standing(row, {}, _net(vars(row)["counted"])) for row in rows.order_by("cost", "flat")]


def with_pledges(rows: Sequence[Standing]) -> Iterator[tuple[Standing, int]]:
    """Yield the rows of an owner; with the last of each cost, what they may say they will pay for
    all their flats together: one word is of all of them."""
    for _cost, some in groupby(rows, key=lambda row: row.share.cost_id):
        mine = list(some)
        asked = sum(row.owed for row in mine if row.is_short and not hasattr(row.share, "pledge"))
        yield from ((row, asked if row is mine[-1] else 0) for row in mine)


def _net(moves: Sequence[Movement]) -> int:
    return sum(move.signed for move in moves)
