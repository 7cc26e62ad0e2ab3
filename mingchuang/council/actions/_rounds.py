"""Who objected to a decision stands on the register when it is talked about once more."""

from datetime import datetime

from mingchuang.council.actions._register import Named, declare, put_on_register
from mingchuang.council.actions._twice import key_said
from mingchuang.council.models import Stakeholder, Topic
from mingchuang.council.queries.rounds import Objector, objectors_to
from mingchuang.council.rules.register import Affected, Camp, Proof
from mingchuang.people.models import Person


def call_objectors(topic: Topic, *, by: Person, at: datetime) -> int:
    """Put everybody on the register who objected to what this topic follows, as being against;
    return how many came to stand there. Whoever stands there already is left as they are. Needs
    the topic locked, and its register open."""
    if topic.follows is None:
        return 0
    return sum(_is_called(topic, one, by=by, at=at) for one in objectors_to(topic.follows))


def _is_called(topic: Topic, one: Objector, *, by: Person, at: datetime) -> bool:
    who = _standing(topic, one) or _put_on(topic, one, by=by, at=at)
    if who.camp or who.is_gone:
        return False
    told = {"by": by.badge}
    declare(who, Camp.OPPOSE, Proof.OBJECTION, objection=one.on_record, told=told, at=at)
    return True


def _standing(topic: Topic, one: Objector) -> Stakeholder | None:
    index = one.requester.phone_index
    return topic.stakeholders.present().filter(phone_index=index).first() if index else None


def _put_on(topic: Topic, one: Objector, *, by: Person, at: datetime) -> Stakeholder:
    named = Named(Affected.NEAR, name=one.requester.name, phone=one.requester.phone)
    key = key_said("follows", topic.number, one.requester.handle)
    return put_on_register(topic, named, key=key, by=by, at=at)
