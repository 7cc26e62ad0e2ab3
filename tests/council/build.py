"""Plain builders of the council: topics, people on their register, rosters and lotteries."""

import io
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from PIL import Image

from mingchuang.cases.rules.photo import Photo, reencode
from mingchuang.council.actions._register import Named
from mingchuang.council.actions.register import add_stakeholder
from mingchuang.council.actions.topics import (
    close_register,
    open_register,
    propose_topic,
)
from mingchuang.council.models import Lottery, Picture, Roster, Seat, Stakeholder, Topic
from mingchuang.council.rules.proposing import Proposed
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from tests.build import AN_HOUR, MONDAY, the_holder, the_town

_serial = count(1)
SHEDS = "车棚里住着一位坐轮椅的居民，消防要求清空车棚。"
WAYS = ("在一楼改一间无障碍的住处", "车棚加装消防设施，暂时保留")


def a_key() -> str:
    return f"key-{next(_serial):020d}"


def a_convenor(unit: Unit | None = None) -> Person:
    return the_holder(Role.CONVENOR, unit or the_town())


def a_topic(state: str = "proposed", *, at: datetime = MONDAY, **given: Any) -> Topic:
    """A topic brought to `state` through the real doors."""
    said = Proposed(**{"title": "车棚怎么办", "background": SHEDS, "options": WAYS, **given})
    topic = propose_topic(said, the_town(), key=a_key(), by=a_convenor(), at=at)
    for step in {"proposed": (), "gathering": (open_register,)}.get(
        state, (open_register, close_register)
    ):
        topic = step(topic.number, by=a_convenor(), at=at)
    assert topic.state == state
    return topic


def a_stakeholder(
    topic: Topic | None = None, *, at: datetime = MONDAY, **given: Any
) -> Stakeholder:
    n = next(_serial)
    plain = {"affected": "near", "name": f"居民{n}", "household": f"{n}幢101"}
    return add_stakeholder(
        (topic or a_topic("gathering")).number,
        Named(**{**plain, **given}),
        key=a_key(),
        by=a_convenor(),
        at=at,
    )


def a_photo(colour: str = "red") -> Photo:
    """A photo as the form hands it on."""
    raw = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(raw, "PNG")
    photo = reencode(raw.getvalue())
    assert isinstance(photo, Photo)
    return photo


def a_picture(topic: Topic | None = None, *, at: datetime = MONDAY) -> Picture:
    n = next(_serial)
    return Picture.objects.create(
        topic=topic or a_topic(),
        path=f"ab/{n}.jpg",
        sha256=sha256(b"%d" % n).hexdigest(),
        size=10,
        width=1,
        height=1,
        at=at,
    )


def a_roster(topic: Topic | None = None, *, at: datetime = MONDAY) -> Roster:
    return Roster.objects.create(topic=topic or a_topic("gathering"), number=1, at=at)


def a_seat(roster: Roster | None = None, *, at: datetime = MONDAY, **given: Any) -> Seat:
    roster = roster or a_roster()
    who = given.pop("stakeholder", None) or a_stakeholder(roster.topic)
    plain = {"why": "drawn", "state": "drawn", "household": who.household}
    return Seat.objects.create(**{**plain, **given}, roster=roster, stakeholder=who, at=at)


def a_lottery(*, at: datetime = MONDAY, **given: Any) -> Lottery:
    plain = {"roster": given.pop("roster", None) or a_roster(), "number": 1, "size": 10, "at": at}
    return Lottery.objects.create(**{**plain, **given})


def a_committed_lottery(*, at: datetime = MONDAY, **given: Any) -> Lottery:
    promised = {
        "plan": "{}",
        "commitment": f"sha256:{sha256(b'{}').hexdigest()}",
        "committed_at": at,
        "randomness": "dice",
        "announced": "周六上午九点，居委会二楼，三颗十面骰子。",
    }
    return a_lottery(at=at, **{**promised, **given})


def a_drawn_lottery(*, at: datetime = MONDAY, **given: Any) -> Lottery:
    thrown = {"dice": "4,7,1", "ticket": 471, "drawn_at": at + AN_HOUR}
    return a_committed_lottery(at=at, **{**thrown, **given})


A_MINUTE = timedelta(minutes=1)


def an_inviting_topic(*people: dict[str, Any], at: datetime = MONDAY) -> Roster:
    """A topic whose roster is drawn: everybody on the register has a seat of it."""
    topic = a_topic("gathering", at=at)
    seated = [a_stakeholder(topic, at=at, **given) for given in people or ({},)]
    roster = a_roster(topic, at=at)
    for who in seated:
        a_seat(roster, stakeholder=who, why="must" if who.is_direct else "drawn", at=at)
    Topic.objects.filter(pk=topic.pk).update(state="inviting")
    roster.topic.refresh_from_db()
    return roster
