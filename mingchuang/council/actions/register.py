"""The register of a topic (名册) as the convenor keeps it: who is affected, and how."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound, Refused
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.cases.rules.photo import Photo
from mingchuang.council.actions._many import Written, put_many_on_register
from mingchuang.council.actions._pictures import keep_picture
from mingchuang.council.actions._register import Named, declare, must_be_reasoned, put_on_register
from mingchuang.council.actions._spoken import (
    case_spoken_in,
    must_have_signed,
    must_not_have_said,
)
from mingchuang.council.actions._steps import must_register
from mingchuang.council.actions._twice import key_said
from mingchuang.council.errors.topics import ReasonStands, StruckOutBefore
from mingchuang.council.models import Stakeholder
from mingchuang.council.queries.register import stakeholder_convened_by
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.council.rules.register import Affected, Camp, Proof
from mingchuang.ledger.actions import record
from mingchuang.people.actions.requesters import reveal_requester
from mingchuang.people.models import Person, Requester
from mingchuang.people.rules.roles import May


@sent_twice_taken_once
@transaction.atomic
def add_stakeholder(number: str, who: Named, *, key: str, by: Person, at: datetime) -> Stakeholder:
    """Write down somebody whom the topic concerns; that it was done by staff stays with them."""
    topic = topic_convened_by(by, number, lock=True)
    key = key_said(key, topic.number, who)
    return put_on_register(topic, who, key=key, by=by, at=at)


@transaction.atomic
def import_stakeholders(
    number: str, people: Sequence[Written], *, by: Person, at: datetime
) -> list[Stakeholder | Refused]:
    """Write down many, each under its own key; one refused stays out, and one who stands there
    already stays as they are."""
    topic = topic_convened_by(by, number, lock=True)
    done = put_many_on_register(topic, people, by=by, at=at)
    return [
        found if isinstance(found, Refused) else _told_more(found, one, by=by, at=at)
        for found, one in zip(done, people, strict=True)
    ]


def _told_more(
    who: Stakeholder, one: Written, *, by: Person, at: datetime
) -> Stakeholder | Refused:
    """Who is there already stays as they are, but for a reason to be there where none was written.
    Whoever has said where they stand is not spoken for by a record."""
    if who.is_withdrawn:
        return who
    if who.is_taken_out:
        return StruckOutBefore(number=who.number)
    says = one.who.must_because not in {"", who.must_because}
    objects = one.objection and not who.camp
    if not (says or objects):
        return who
    try:
        with transaction.atomic():
            if says:
                _reason(who, one.who.must_because, by=by, at=at)
            return _objects(who, one.objection, by=by, at=at) if objects else who
    except Refused as refused:
        return refused


def _reason(who: Stakeholder, because: str, *, by: Person, at: datetime) -> None:
    if who.must_because:
        raise ReasonStands(because=who.must_because)
    _settle(who, Affected.DIRECT, because, by=by, at=at)


@transaction.atomic
def mark_affected(
    number: str, which: int, affected: str, because: str = "", *, by: Person, at: datetime
) -> Stakeholder:
    """Settle how the topic concerns somebody: who is directly affected must be there, and
    everybody may read why."""
    who = stakeholder_convened_by(by, number, which, lock=True)
    return _settle(who, affected, because, by=by, at=at)


def _settle(
    who: Stakeholder, affected: str, because: str, *, by: Person, at: datetime
) -> Stakeholder:
    must_register(who.topic)
    one = who.requester
    must_be_reasoned(affected, because, name=one.name, phone=one.phone)
    who.affected, who.must_because = affected, because
    who.save(update_fields=["affected", "must_because"])
    told = {"affected": affected, "witness": who.witness, "by": by.badge}
    record("stakeholder.changed", who.subject, at=at, digest="", **told)
    return who


@transaction.atomic
def note_camp_on_paper(
    number: str, which: int, camp: str, photo: Photo, *, signed: str, by: Person, at: datetime
) -> Stakeholder:
    """Write down the camp somebody declared on paper, with the paper as it was signed by them."""
    who = stakeholder_convened_by(by, number, which, lock=True)
    must_not_have_said(who)
    must_have_signed(who, signed)
    paper = keep_picture(who.topic, photo, of=who, by=by, at=at)
    return declare(who, camp, Proof.PAPER, paper=paper, told={"by": by.badge}, at=at)


@transaction.atomic
def note_objection(number: str, which: int, case: str, *, by: Person, at: datetime) -> Stakeholder:
    """Count somebody as against because they said so in a case that is on record."""
    who = stakeholder_convened_by(by, number, which, lock=True)
    return _objects(who, case, by=by, at=at)


def _objects(who: Stakeholder, case: str, *, by: Person, at: datetime) -> Stakeholder:
    found, told = case_spoken_in(case, who, by=by), {"by": by.badge}
    return declare(who, Camp.OPPOSE, Proof.OBJECTION, objection=found.number, told=told, at=at)


@transaction.atomic
def reveal_stakeholder(number: str, which: int, *, by: Person, at: datetime) -> Requester:
    """Show name and phone to the convenor who invites them; that they looked is in the ledger."""
    who = stakeholder_convened_by(by, number, which)
    if who.requester.is_erased:
        raise NotFound
    return reveal_requester(
        who.requester,
        subject=who.subject,
        reason="call_requester",
        by=by,
        at=at,
        right=May.CONVENE,
    )


@transaction.atomic
def print_link(number: str, which: int, *, by: Person, at: datetime) -> Stakeholder:
    """Print the link that speaks for somebody, to be handed to them; that it was printed, and by
    whom, is in the ledger."""
    who = stakeholder_convened_by(by, number, which)
    if who.is_gone:
        raise NotFound
    record("stakeholder.link_printed", who.subject, at=at, digest="", by=by.badge)
    return who
