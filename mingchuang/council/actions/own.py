"""What residents do about themselves: register, say where they stand, correct, withdraw."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.council.actions._forgetting import WISH, forget_stakeholder
from mingchuang.council.actions._register import (
    Named,
    declare,
    household_of,
    phone_free,
    put_on_register,
)
from mingchuang.council.actions._seats import vacate
from mingchuang.council.actions._steps import must_register
from mingchuang.council.actions._twice import key_said
from mingchuang.council.errors.topics import RegisterShut
from mingchuang.council.models import Stakeholder
from mingchuang.council.queries.register import holder_of, stakeholder_of
from mingchuang.council.queries.topics import public_topic
from mingchuang.council.rules.life import State
from mingchuang.council.rules.register import Proof, known_features
from mingchuang.ledger.actions import record
from mingchuang.people.actions.requesters import correct_requester


@sent_twice_taken_once
@transaction.atomic
def register_oneself(
    number: str, who: Named, *, key: str, camp: str = "", claim: str = "", at: datetime
) -> Stakeholder:
    """Register as somebody the topic concerns. That it concerns one directly is said in one's own
    words; the convenor settles it, since it gives a seat without a lottery. Whether the phone
    stands on the register already is told to nobody but the convenor."""
    topic = public_topic(number, lock=True)
    if topic.state != State.GATHERING:
        raise RegisterShut
    key = key_said(key, topic.number, who, camp, claim)
    mine = put_on_register(topic, who, key=key, by=None, claim=claim, at=at)
    if camp and not mine.camp:
        declare(mine, camp, Proof.LINK, told={}, at=at)
    return mine


@transaction.atomic
def declare_camp(code: str, camp: str, *, at: datetime) -> Stakeholder:
    """Say where one stands; the last word before the register closes counts."""
    return declare(stakeholder_of(code, lock=True), camp, Proof.LINK, told={}, at=at)


@transaction.atomic
def correct_oneself(
    code: str,
    *,
    name: str = "",
    phone: str = "",
    household: str = "",
    claim: str = "",
    features: Mapping[str, str],
    at: datetime,
) -> Stakeholder:
    """Put right what is written down about oneself; what is left empty stays."""
    mine = stakeholder_of(code, lock=True)
    must_register(mine.topic)
    if name or phone:
        correct_requester(mine.requester, name=name, phone=phone, at=at)
    if phone:
        mine.phone_index = phone_free(mine.topic, phone, but=mine)
    if household:
        mine.household = household_of(mine.topic, household)
    if claim:
        mine.claim = claim
    mine.features = known_features({**mine.features, **features})
    mine.save(update_fields=["phone_index", "household", "claim", "features"])
    record("stakeholder.corrected", mine.subject, at=at, digest="", witness=mine.witness)
    return mine


@transaction.atomic
def withdraw(code: str, *, at: datetime) -> Stakeholder:
    """Take oneself off the register and be forgotten; a seat one held is lost."""
    mine = holder_of(code, lock=True)
    mine.withdrawn_at = at
    mine.save(update_fields=["withdrawn_at"])
    record("stakeholder.withdrawn", mine.subject, at=at, digest="")
    vacate(mine, at=at)
    return forget_stakeholder(mine, WISH, at=at)
