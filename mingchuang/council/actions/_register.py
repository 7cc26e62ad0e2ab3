"""How somebody comes to stand on a register: in a household, with a number, and with a phone that
counts for one of them."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from mingchuang.council.actions._steps import must_register, named, next_number
from mingchuang.council.actions._twice import made_with
from mingchuang.council.errors.lottery import MustNeedsAReason, MustReasonNeedless
from mingchuang.council.errors.topics import RegisteredAlready, TellsWho
from mingchuang.council.models import Household, Picture, Stakeholder, Topic
from mingchuang.council.rules.address import address_typed
from mingchuang.council.rules.register import Affected, Proof, known_features
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.fields import phone_index, text_index
from mingchuang.people.models import Person
from mingchuang.people.rules.masking import mask_text

# 128 bits: whoever holds the link speaks for the person.
CODE = 16
NOTHING: Mapping[str, str] = MappingProxyType({})


class Named(NamedTuple):
    """Somebody for the register."""

    affected: str
    name: str = ""
    phone: str = ""
    household: str = ""
    must_because: str = ""
    features: Mapping[str, str] = NOTHING


def put_on_register(
    topic: Topic, who: Named, *, key: str, by: Person | None, at: datetime, claim: str = ""
) -> Stakeholder:
    """Needs the topic locked: numbers are given one after the other. `key` says who it is. Staff
    write down a phone once; who registers themselves is never told whether it stands there."""
    if earlier := made_with(Stakeholder, key):
        return earlier
    must_register(topic)
    must_be_reasoned(who.affected, who.must_because, name=who.name, phone=who.phone)
    index = phone_free(topic, who.phone)
    if by is not None and index != phone_index(who.phone):
        raise RegisteredAlready
    stakeholder = Stakeholder.objects.create(
        topic=topic,
        number=next_number(topic.stakeholders),
        code=secrets.token_hex(CODE),
        key=key,
        requester=add_requester(name=who.name, phone=who.phone, at=at),
        phone_index=index,
        household=household_of(topic, who.household),
        affected=who.affected,
        must_because=who.must_because,
        claim=claim,
        features=known_features(who.features),
        added_by=by,
        at=at,
    )
    record(
        "stakeholder.added",
        stakeholder.subject,
        at=at,
        digest="",
        affected=who.affected,
        witness=stakeholder.witness,
        **named(by),
    )
    return stakeholder


def must_be_reasoned(affected: str, because: str, *, name: str, phone: str) -> None:
    """Refuse a seat without a reason, a reason without a seat, and one that tells who it is about:
    everybody reads it."""
    if affected == Affected.DIRECT and not because:
        raise MustNeedsAReason
    if affected != Affected.DIRECT and because:
        raise MustReasonNeedless
    if because and mask_text(because, names=[name], phones=[phone]).text != because:
        raise TellsWho


def phone_free(topic: Topic, phone: str, *, but: Stakeholder | None = None) -> str:
    """Return the index under which a phone counts for somebody, empty where it counts for somebody
    else on this register: nothing of theirs is sent or told to who merely typed their number."""
    index = phone_index(phone)
    others = topic.stakeholders.present().exclude(phone_index="").filter(phone_index=index)
    return "" if any(other != but for other in others) else index


def household_of(topic: Topic, label: str) -> Household:
    """Return the household under this address, or a new one; who names none is one by themselves.

    Needs the topic locked.
    """
    index = text_index("household", address_typed(label))
    if not index:
        return Household.objects.create(topic=topic)
    found, _new = Household.objects.get_or_create(
        topic=topic, label_index=index, defaults={"label": label.strip()}
    )
    return found


def declare(
    who: Stakeholder,
    camp: str,
    proof: Proof,
    *,
    told: Mapping[str, JSON],
    at: datetime,
    paper: Picture | None = None,
    objection: str = "",
) -> Stakeholder:
    """Keep where somebody stands and how that is known. The ledger tells that they did, under a
    salted digest, and neither: a number may be guessed by a neighbour, and a recorded objection
    is always against. Needs them and the topic locked."""
    must_register(who.topic)
    who.camp, who.proof, who.camp_at = camp, proof, at
    who.paper, who.objection = paper, objection
    who.save(update_fields=["camp", "proof", "camp_at", "paper", "objection"])
    record("stakeholder.declared", who.subject, at=at, digest="", witness=who.witness, **told)
    return who
