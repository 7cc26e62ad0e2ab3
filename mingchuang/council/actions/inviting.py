"""Inviting: each try is written down, and what was answered moves the seat."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.cases.rules.photo import Photo
from mingchuang.council.actions._pictures import keep_picture
from mingchuang.council.actions._seats import give_up, mark_lost, take
from mingchuang.council.actions._steps import named
from mingchuang.council.errors.topics import NotInviting, NoWayToInvite, SeatGone, TriedOutside
from mingchuang.council.models import Invitation, Picture, Roster, Seat, Stakeholder, Topic
from mingchuang.council.queries.inviting import drawn_at, invitees, roster_now, seat_held_by
from mingchuang.council.queries.register import stakeholder_convened_by, stakeholder_of
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.council.rules.inviting import POSSIBLE, THEIR_OWN, Channel, Outcome
from mingchuang.council.rules.life import CALLING
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON, moment_text
from mingchuang.people.actions.requesters import add_requester, erase_requester
from mingchuang.people.models import Person


class Tried(NamedTuple):
    """One try as the convenor writes it down."""

    channel: str
    outcome: str
    note: str = ""
    photo: Photo | None = None
    # None: just now.
    tried_at: datetime | None = None


@transaction.atomic
def invite(number: str, which: int, tried: Tried, *, by: Person, at: datetime) -> Invitation:
    """Write down one try to reach somebody; what they answered themselves moves their seat."""
    who = stakeholder_convened_by(by, number, which, lock=True)
    if who.is_gone:
        raise NotFound
    if tried.outcome not in POSSIBLE[Channel(tried.channel)]:
        raise NoWayToInvite
    picture = keep_picture(who.topic, tried.photo, by=by, at=at) if tried.photo else None
    made = _tried(who, tried, picture=picture, by=by, at=at)
    if tried.channel in THEIR_OWN:
        _answer(who, tried.outcome, by=by, at=at, said=tried.tried_at or at)
    return made


@transaction.atomic
def post_notice(
    number: str, photo: Photo, *, tried_at: datetime | None = None, by: Person, at: datetime
) -> int:
    """Write down that the notice hangs, with its photo; it counts as one try for everybody who is
    to be invited. Return how many they are."""
    topic = topic_convened_by(by, number, lock=True)
    roster = _roster_to_fill(topic)
    _must_be_after_the_draw(roster, tried_at, at)
    picture = keep_picture(topic, photo, by=by, at=at)
    notice = {"channel": Channel.NOTICE, "outcome": Outcome.LEFT, "picture": picture}
    notice |= {"tried_at": tried_at}
    people = [one.who for one in invitees(roster)]
    Invitation.objects.bulk_create(
        Invitation(roster=roster, stakeholder=who, by=by, at=at, **notice) for who in people
    )
    told: dict[str, JSON] = {"photo": picture.fingerprint, "people": len(people), "by": by.badge}
    told["tried_at"] = moment_text(tried_at or at)
    record("roster.notice_posted", roster.subject, at=at, digest="", **told)
    return len(people)


@transaction.atomic
def answer_by_link(code: str, outcome: str, *, at: datetime) -> Stakeholder:
    """Say by one's own link that one comes, or does not."""
    mine = stakeholder_of(code, lock=True)
    seat = seat_held_by(mine)
    if seat is None or outcome not in POSSIBLE[Channel.LINK]:
        raise NotFound
    _tried(mine, Tried(Channel.LINK, outcome), picture=None, by=None, at=at)
    _answer(mine, outcome, by=None, at=at, said=at)
    return mine


@transaction.atomic
def seat_proxy(
    number: str, which: int, name: str, mandate: str, *, phone: str = "", by: Person, at: datetime
) -> Seat:
    """Let somebody of the family sit for who has the seat; how they were given the mandate is
    kept, and the seat stays whose it is. Who was to sit for them before is forgotten."""
    who = stakeholder_convened_by(by, number, which, lock=True)
    seat = _held(who)
    if seat.proxy is not None and not seat.proxy.is_erased:
        erase_requester(seat.proxy, by=by, at=at)
    seat.proxy = add_requester(name=name, phone=phone, at=at)
    seat.mandate = mandate
    seat.save(update_fields=["proxy", "mandate"])
    record("seat.proxied", seat.subject, at=at, digest="", by=by.badge)
    if not seat.is_accepted:
        take(seat, at=at, by=by.badge)
    return seat


@transaction.atomic
def lose_seat(number: str, which: int, reason: str, *, by: Person, at: datetime) -> Seat:
    """Note that somebody cannot have their seat any more, and why; it waits for a refill."""
    who = stakeholder_convened_by(by, number, which, lock=True)
    return mark_lost(_held(who), reason, at=at, by=by.badge)


def _tried(
    who: Stakeholder, tried: Tried, *, picture: Picture | None, by: Person | None, at: datetime
) -> Invitation:
    roster = _roster_to_fill(who.topic)
    _must_be_after_the_draw(roster, tried.tried_at, at)
    made = Invitation.objects.create(
        roster=roster,
        stakeholder=who,
        channel=tried.channel,
        outcome=tried.outcome,
        note=tried.note,
        picture=picture,
        by=by,
        at=at,
        tried_at=tried.tried_at,
    )
    told: dict[str, JSON] = {"channel": tried.channel, "outcome": tried.outcome, **named(by)}
    told["tried_at"] = moment_text(made.when)
    if picture is not None:
        told["photo"] = picture.fingerprint
    record("stakeholder.invited", who.subject, at=at, digest="", **told)
    return made


def _roster_to_fill(topic: Topic) -> Roster:
    """Refuse to invite to what is not drawn yet, or is over."""
    if topic.state not in CALLING:
        raise NotInviting
    return roster_now(topic)


def _must_be_after_the_draw(roster: Roster, tried: datetime | None, at: datetime) -> None:
    """Refuse a time at which nobody can have been asked. It is written down to the minute, and the
    dice may have fallen within it."""
    if tried is None:
        return
    if not drawn_at(roster).replace(second=0, microsecond=0) <= tried <= at:
        raise TriedOutside


def _answer(
    who: Stakeholder, outcome: str, *, by: Person | None, at: datetime, said: datetime
) -> None:
    """Move the seat of who answered; who has none was invited all the same, and an answer from
    before the one that counts, written down late, changes nothing."""
    seat = seat_held_by(who)
    if seat is None or outcome not in {Outcome.ACCEPTED, Outcome.DECLINED}:
        return
    if seat.answered_at and said < seat.answered_at:
        return
    if outcome == Outcome.DECLINED and not seat.is_held:
        return
    if not seat.is_held:
        raise SeatGone
    if outcome == Outcome.DECLINED:
        give_up(seat, at=at, **named(by))
    elif not seat.is_accepted:
        take(seat, at=at, **named(by))


def _held(who: Stakeholder) -> Seat:
    seat = seat_held_by(who)
    if seat is None:
        raise NotFound
    if not seat.is_held:
        raise SeatGone
    return seat
