"""Many for a register together: what stands there is read at once, and who is new is written at
once, so that a few statements are enough for hundreds."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from mingchuang.base.errors import Refused
from mingchuang.council.actions._register import CODE, Named, must_be_reasoned
from mingchuang.council.actions._spoken import case_spoken_in
from mingchuang.council.actions._steps import must_register, next_number
from mingchuang.council.errors.topics import RegisteredAlready
from mingchuang.council.models import Household, Stakeholder, Topic
from mingchuang.council.rules.address import address_typed
from mingchuang.council.rules.register import Camp, Proof, known_features
from mingchuang.ledger.actions import Past, record_past
from mingchuang.people.actions.requesters import add_past_requesters
from mingchuang.people.fields import phone_index, text_index
from mingchuang.people.models import Person, Requester


class Written(NamedTuple):
    """Somebody as a row of a workbook names them; `objection` is the case in which it is on record
    that they are against."""

    key: str
    who: Named
    objection: str = ""


class New(NamedTuple):
    """Somebody new until they are written, and the case in which they were against."""

    who: Stakeholder
    named: Named
    case: str


@dataclass
class Brought:
    """People brought together: who stands there under their key, which phones count for somebody,
    the number of the next one, and who is new."""

    topic: Topic
    by: Person
    at: datetime
    known: dict[str, Stakeholder]
    phones: set[str]
    number: int
    new: list[New] = field(default_factory=list)


def put_many_on_register(
    topic: Topic, people: Sequence[Written], *, by: Person, at: datetime
) -> list[Stakeholder | Refused]:
    """Put on the register whoever does not stand there yet; who is refused stays out. Needs the
    topic locked."""
    brought = _brought(topic, people, by=by, at=at)
    done = [_found_or_new(brought, one) for one in people]
    _write(brought)
    return done


def _brought(topic: Topic, people: Sequence[Written], *, by: Person, at: datetime) -> Brought:
    indexes = {phone_index(one.who.phone) for one in people} - {""}
    there = topic.stakeholders.filter(key__in=[one.key for one in people])
    counted = topic.stakeholders.present().filter(phone_index__in=indexes)
    return Brought(
        topic,
        by,
        at,
        known={one.key: one for one in there},
        phones=set(counted.values_list("phone_index", flat=True)),
        number=next_number(topic.stakeholders),
    )


def _found_or_new(brought: Brought, one: Written) -> Stakeholder | Refused:
    if earlier := brought.known.get(one.key):
        return earlier
    try:
        new = _new(brought, one)
    except Refused as refused:
        return refused
    brought.known[one.key] = new.who
    brought.phones |= {new.who.phone_index} - {""}
    brought.number += 1
    brought.new.append(new)
    return new.who


def _new(brought: Brought, one: Written) -> New:
    """Return somebody who may be written down, or refuse them for what a single one is refused."""
    named, index = one.who, phone_index(one.who.phone)
    must_register(brought.topic)
    must_be_reasoned(named.affected, named.must_because, name=named.name, phone=named.phone)
    if index in brought.phones:
        raise RegisteredAlready
    who = Stakeholder(
        topic=brought.topic,
        number=brought.number,
        code=secrets.token_hex(CODE),
        key=one.key,
        phone_index=index,
        affected=named.affected,
        must_because=named.must_because,
        features=known_features(named.features),
        added_by=brought.by,
        at=brought.at,
    )
    case = case_spoken_in(one.objection, who, by=brought.by).number if one.objection else ""
    return New(who, named, case)


def _write(brought: Brought) -> None:
    new, at = brought.new, brought.at
    asked = [
        Requester(name=one.named.name, phone=one.named.phone, phone_index=one.who.phone_index)
        for one in new
    ]
    add_past_requesters([(one, at) for one in asked], at=at)
    homes = _homes(brought.topic, [one.named.household for one in new])
    for one, requester, home in zip(new, asked, homes, strict=True):
        one.who.requester, one.who.household = requester, home
    told = [past for one in new for past in _told(one, by=brought.by, at=at)]
    Stakeholder.objects.bulk_create(one.who for one in new)
    record_past(told, at=at)


def _homes(topic: Topic, labels: Sequence[str]) -> list[Household]:
    """Return the household under each address, made where there is none; who names none is one by
    themselves."""
    indexes = [text_index("household", address_typed(label)) for label in labels]
    there = topic.households.filter(label_index__in=set(indexes) - {""})
    known = {one.label_index: one for one in there}
    homes, new = [], []
    for index, label in zip(indexes, labels, strict=True):
        home = known.get(index)
        if home is None:
            home = Household(topic=topic, label=label.strip() if index else "", label_index=index)
            new.append(home)
            known |= {index: home} if index else {}
        homes.append(home)
    Household.objects.bulk_create(new)
    return homes


def _told(new: New, *, by: Person, at: datetime) -> Iterator[Past]:
    """Tell that somebody was added, and then that they are against where that is on record."""
    who, told = new.who, {"by": by.badge}
    facts = {"affected": new.named.affected, "witness": who.witness, **told}
    yield Past("stakeholder.added", who.subject, at, "", facts)
    if new.case:
        who.camp, who.proof, who.camp_at = Camp.OPPOSE, Proof.OBJECTION, at
        who.objection = new.case
        yield Past("stakeholder.declared", who.subject, at, "", {"witness": who.witness, **told})
