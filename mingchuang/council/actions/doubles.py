"""Who stands on a register twice: struck out with a reason, put back, or found to be two people;
and found to be alike after all."""

from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.council.actions._voiding import let_go
from mingchuang.council.errors.topics import (
    DrawnAlready,
    MustBeThereHere,
    NoOtherOnRegister,
    OpposesHere,
    PromisedAlready,
)
from mingchuang.council.models import Stakeholder, Topic
from mingchuang.council.queries.lotteries import lottery_of
from mingchuang.council.queries.register import stakeholder_convened_by
from mingchuang.council.rules.life import STRIKING
from mingchuang.council.words.reasons import REGISTER_CORRECTED
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person


@transaction.atomic
def take_out_double(
    number: str, which: int, other: int, reason: str, *, by: Person, at: datetime
) -> Stakeholder:
    """Strike out somebody who stands on the register under another number too: that one counts,
    and what was struck out stays to be read with the reason. Whoever is against or must be there
    does not stop being so. A lottery nobody was promised is void: it counted them twice."""
    who = stakeholder_convened_by(by, number, which, lock=True)
    _must_be_open(who.topic)
    if who.is_gone:
        raise NotFound
    stays = who.topic.stakeholders.present().exclude(pk=who.pk).filter(number=other).first()
    if stays is None:
        raise NoOtherOnRegister(other=other)
    if who.is_opponent and not stays.is_opponent:
        raise OpposesHere(other=other)
    if who.is_direct and not stays.is_direct:
        raise MustBeThereHere(other=other)
    who.taken_out_at, who.taken_out_because, who.taken_out_by = at, reason, by
    who.double_of, who.phone_index = stays, ""
    return _kept(who, "stakeholder.taken_out", by=by, at=at)


@transaction.atomic
def put_back_double(number: str, which: int, *, by: Person, at: datetime) -> Stakeholder:
    """Let somebody who was struck out stand on the register again, as they did."""
    who = stakeholder_convened_by(by, number, which, lock=True)
    _must_be_open(who.topic)
    if who.is_withdrawn or not who.is_taken_out:
        raise NotFound
    who.taken_out_at, who.taken_out_because, who.taken_out_by = None, "", None
    who.double_of = None
    return _kept(who, "stakeholder.put_back", by=by, at=at)


@transaction.atomic
def tell_apart(number: str, which: int, *, by: Person, at: datetime) -> Stakeholder:
    """Note that somebody is not who looks like them: two people with one telephone, or one name.
    Each may then be drawn, if they do not live together."""
    who = stakeholder_convened_by(by, number, which, lock=True)
    _must_be_open(who.topic)
    if who.is_gone:
        raise NotFound
    who.apart_at, who.alike_because = at, ""
    return _kept(who, "stakeholder.found_apart", by=by, at=at)


@transaction.atomic
def find_alike(number: str, which: int, reason: str, *, by: Person, at: datetime) -> Stakeholder:
    """Take back that somebody is not who looks like them, and say why: the convenor reads it beside
    the lottery again, and homes with one telephone count as one."""
    who = stakeholder_convened_by(by, number, which, lock=True)
    _must_be_open(who.topic)
    if who.is_gone or who.apart_at is None:
        raise NotFound
    who.apart_at, who.alike_because = None, reason
    return _kept(who, "stakeholder.found_alike", by=by, at=at)


def _must_be_open(topic: Topic) -> None:
    """Refuse what would change a lottery that was promised, or drawn, and say what to do then."""
    if topic.state not in STRIKING:
        raise DrawnAlready
    lottery = lottery_of(topic)
    if lottery is not None and lottery.committed_at:
        raise PromisedAlready


def _kept(who: Stakeholder, verb: str, *, by: Person, at: datetime) -> Stakeholder:
    fields = ("taken_out_at", "taken_out_because", "taken_out_by", "double_of", "phone_index")
    who.save(update_fields=[*fields, "apart_at", "alike_because"])
    _settle_phone(who)
    let_go(who.topic, REGISTER_CORRECTED, by=by, at=at)
    record(verb, who.subject, at=at, digest="", by=by.badge)
    return who


def _settle_phone(who: Stakeholder) -> None:
    """Let a phone count for the first of those who stand there with it: struck out, that one hands
    it on, and put back takes it again."""
    index = who.requester.phone_index
    if not index:
        return
    first, *others = who.topic.stakeholders.present().filter(requester__phone_index=index) or [None]
    Stakeholder.objects.filter(pk__in=[one.pk for one in others if one]).update(phone_index="")
    if first is not None:
        Stakeholder.objects.filter(pk=first.pk).update(phone_index=index)
