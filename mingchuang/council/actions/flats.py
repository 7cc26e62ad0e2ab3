"""The register of flats: imported, corrected by importing again, and the links of its owners."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import Refused
from mingchuang.council.actions._drafts import complete_drafts
from mingchuang.council.actions._register import CODE
from mingchuang.council.actions._steps import next_number
from mingchuang.council.errors.owners import FlatPays, FlatsInUse, FlatTakenOut, FlatTwice
from mingchuang.council.models import Flat, Owner, Topic
from mingchuang.council.queries.costs import fixed_cost_with
from mingchuang.council.queries.flats import (
    flat_numbered,
    flats_of,
    label_index,
    owner_numbered,
    stands_still,
)
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.council.rules.flats import FlatRow, same_owner
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.fields import text_index
from mingchuang.people.models import Person


@transaction.atomic
def import_flats(
    number: str, rows: Sequence[FlatRow], *, by: Person, at: datetime
) -> list[str | Refused]:
    """Take in the register; a flat that is known is corrected, one that says the same stays.

    Returns for each row "added", "corrected" or "same", or why it was refused; what is good goes
    in. While a ballot is counted nothing changes at all.
    """
    topic = _register_kept_by(by, number)
    taker = _Taker(topic, by, at)
    taken = [taker.take(row) for row in rows]
    complete_drafts(topic)
    return taken


def _register_kept_by(by: Person, number: str) -> Topic:
    """Return the topic, locked, if its register may change now."""
    topic = topic_convened_by(by, number, lock=True)
    if stands_still(topic):
        raise FlatsInUse
    return topic


@dataclass
class _Taker:
    """One import: the flats and owners known before it, and the labels it named."""

    topic: Topic
    by: Person
    at: datetime
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.flats = {flat.label_index: flat for flat in flats_of(self.topic)}
        self.owners = {one.same_index: one for one in self.topic.owners.exclude(same_index="")}
        self.next_flat = next_number(self.topic.flats)
        self.next_owner = next_number(self.topic.owners)

    def take(self, row: FlatRow) -> str | Refused:
        index = label_index(row.label)
        if index in self.seen:
            return FlatTwice(label=row.label)
        self.seen.add(index)
        known = self.flats.get(index)
        if known is None:
            return self._add(row, index)
        if known.taken_out_at is not None:
            return FlatTakenOut(label=row.label)
        return self._correct(known, row)

    def _add(self, row: FlatRow, index: str) -> str:
        flat = Flat(topic=self.topic, number=self.next_flat, label=row.label, label_index=index)
        flat.area, flat.floor, flat.at = row.area, row.floor, self.at
        flat.owner = self._owner(row)
        flat.save()
        self.next_flat += 1
        self.flats[index] = flat
        self._write("flat.added", flat)
        return "added"

    def _correct(self, flat: Flat, row: FlatRow) -> str:
        keeps = not self._index(row) and flat.owner.requester.name == row.owners
        owner = flat.owner if keeps else self._owner(row)
        if (flat.area, flat.floor, flat.owner_id) == (row.area, row.floor, owner.pk):
            return "same"
        flat.area, flat.floor, flat.owner = row.area, row.floor, owner
        flat.save()
        self._write("flat.corrected", flat)
        return "corrected"

    def _index(self, row: FlatRow) -> str:
        return text_index("owner", same_owner(row))

    def _owner(self, row: FlatRow) -> Owner:
        """Return whose flat this is: known already, or one more head."""
        index = self._index(row)
        if index in self.owners:
            return self.owners[index]
        owner = Owner.objects.create(
            topic=self.topic,
            number=self.next_owner,
            code=secrets.token_hex(CODE),
            requester=add_requester(name=row.owners, phone=row.phone, at=self.at),
            same_index=index,
            with_developer=row.with_developer,
            at=self.at,
        )
        self.next_owner += 1
        if index:
            self.owners[index] = owner
        return owner

    def _write(self, verb: str, flat: Flat) -> None:
        told: dict[str, JSON] = {
            "hundredths": flat.area,
            "owner": flat.owner.number,
            "by": self.by.badge,
        }
        record(verb, flat.subject, at=self.at, digest="", **told)


@transaction.atomic
def take_out_flat(number: str, which: int, reason: str, *, by: Person, at: datetime) -> Flat:
    """Take out a flat that was entered by mistake: it counts in no ballot and no cost from now on,
    and stays to be read with the reason."""
    topic = _register_kept_by(by, number)
    flat = flat_numbered(topic, which)
    if flat.taken_out_at is not None:
        return flat
    if cost := fixed_cost_with(flat):
        raise FlatPays(title=cost.title)
    return _left(flat, "flat.taken_out", taken_out_at=at, because=reason, by=by, at=at)


@transaction.atomic
def put_back_flat(number: str, which: int, *, by: Person, at: datetime) -> Flat:
    """Let a flat that was taken out count again, in each cost that is not fixed too."""
    topic = _register_kept_by(by, number)
    flat = flat_numbered(topic, which)
    if flat.taken_out_at is None:
        return flat
    _left(flat, "flat.put_back", taken_out_at=None, because="", by=by, at=at)
    complete_drafts(topic)
    return flat


def _left(
    flat: Flat, verb: str, *, taken_out_at: datetime | None, because: str, by: Person, at: datetime
) -> Flat:
    flat.taken_out_at, flat.taken_out_because = taken_out_at, because
    flat.save(update_fields=["taken_out_at", "taken_out_because"])
    record(verb, flat.subject, at=at, digest="", by=by.badge)
    return flat


@transaction.atomic
def renew_link(number: str, owner: int, *, by: Person, at: datetime) -> Owner:
    """Give an owner a new link; the old one, lost or passed on, opens nothing any more."""
    topic = topic_convened_by(by, number)
    found = owner_numbered(topic, owner, lock=True)
    found.code = secrets.token_hex(CODE)
    found.save(update_fields=["code"])
    record("owner.relinked", found.subject, at=at, digest="", by=by.badge)
    return found
