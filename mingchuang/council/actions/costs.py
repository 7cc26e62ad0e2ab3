"""Sharing a cost: drawn up over the register, tried on each basis, fixed to the cent."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.council.actions._drafts import give_shares
from mingchuang.council.actions._steps import next_number
from mingchuang.council.actions._twice import key_said, made_with
from mingchuang.council.errors.owners import CostFixed, NobodyPays, NoFlats, NoSuchFlat
from mingchuang.council.models import CostShare, Share
from mingchuang.council.queries.costs import amounts, cost_kept_by, shares_of
from mingchuang.council.queries.flats import flat_called
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


class Drawn(NamedTuple):
    """What is to be shared, in cents, and on which basis; coefficients in hundredths by floor."""

    title: str
    total: int
    basis: str
    floors: Mapping[str, int]


@sent_twice_taken_once
@transaction.atomic
def draw_up_cost(number: str, said: Drawn, *, key: str, by: Person, at: datetime) -> CostShare:
    """Set a cost over every flat of the register; nobody owes anything yet."""
    topic = topic_convened_by(by, number, lock=True)
    key = key_said(key, topic.number, said)
    if earlier := made_with(CostShare, key):
        return earlier
    if not topic.flats.counted().exists():
        raise NoFlats
    given = {**said._asdict(), "floors": dict(said.floors)}
    n = next_number(topic.costs)
    cost = CostShare.objects.create(topic=topic, number=n, key=key, by=by, at=at, **given)
    told: dict[str, JSON] = {
        "cents": said.total,
        "basis": said.basis,
        "flats": give_shares(cost),
        "by": by.badge,
    }
    record("cost.drawn_up", cost.subject, at=at, digest="", **told)
    return cost


@transaction.atomic
def change_cost(number: str, n: int, said: Drawn, *, by: Person, at: datetime) -> CostShare:
    """Change what is shared or on which basis, until it is fixed."""
    cost = _open_cost(number, n, by=by)
    for name, value in said._asdict().items():
        setattr(cost, name, dict(value) if isinstance(value, Mapping) else value)
    cost.save()
    told: dict[str, JSON] = {"cents": said.total, "basis": said.basis, "by": by.badge}
    record("cost.changed", cost.subject, at=at, digest="", **told)
    return cost


class Weighed(NamedTuple):
    """What one flat carries differently from others, in hundredths."""

    label: str
    benefit: int = 100
    exempt: int = 0
    because: str = ""


@transaction.atomic
def weigh_share(number: str, n: int, said: Weighed, *, by: Person, at: datetime) -> Share:
    """Let a flat carry more or less: by what it is worth to it, or because it is exempt.

    Why may tell of people: it stands on the page of the account's keepers and of the household
    alone.
    """
    cost = _open_cost(number, n, by=by)
    flat = flat_called(cost.topic, said.label)
    share = cost.shares.filter(flat=flat).first() if flat else None
    if share is None:
        raise NoSuchFlat(label=said.label)
    share.benefit, share.exempt, share.exempt_because = said.benefit, said.exempt, said.because
    share.save()
    told: dict[str, JSON] = {"benefit": said.benefit, "exempt": said.exempt, "by": by.badge}
    record("cost.exempted", cost.subject, at=at, digest="", **told)
    return share


@transaction.atomic
def fix_cost(number: str, n: int, *, by: Person, at: datetime) -> CostShare:
    """Settle what each household pays; from here on it is owed and not changed any more.

    The topic is locked first, as whoever takes a flat out of its register does.
    """
    topic_convened_by(by, number, lock=True)
    cost = _open_cost(number, n, by=by)
    cost.shares.exclude(flat__taken_out_at=None).delete()
    rows = shares_of(cost)
    for row, amount in zip(rows, _amounts(cost, rows), strict=True):
        row.amount = amount
    Share.objects.bulk_update(rows, ["amount"])
    cost.fixed_at = at
    cost.save(update_fields=["fixed_at"])
    exempt = sum(row.exempt > 0 for row in rows)
    told: dict[str, JSON] = {
        "cents": cost.total,
        "basis": cost.basis,
        "flats": len(rows),
        "exempt": exempt,
    }
    record("cost.fixed", cost.subject, at=at, digest="", **told, by=by.badge)
    return cost


def _amounts(cost: CostShare, rows: list[Share]) -> list[int]:
    found = amounts(cost, rows, cost.basis)
    if not found:
        raise NobodyPays
    return found


def _open_cost(number: str, n: int, *, by: Person) -> CostShare:
    cost = cost_kept_by(by, number, n)
    if cost.is_fixed:
        raise CostFixed
    return cost
