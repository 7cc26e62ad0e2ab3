"""Plain builders of thanks and of gifts that were not kept."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from mingchuang.base.once import new_key
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.actions.gifts import Offered, record_gift
from mingchuang.reviews.actions.settling_thanks import hang_thanks
from mingchuang.reviews.actions.thanking import Thanked, register_thanks, say_thanks
from mingchuang.reviews.models import Commendation, Gift
from mingchuang.reviews.rules.gifts import Outcome
from mingchuang.reviews.rules.thanks import Kind
from tests.build import MONDAY, a_person, a_unit

GIVER = "冯小明"
WORDS = "窗口的同志冒雨把我送到车站，电话 13812345678。"


def a_settler(unit: Unit) -> Person:
    return a_person(Role.SUPERVISOR, unit=unit)


def thanked(unit: Unit, *, at: datetime = MONDAY, **given: Any) -> Thanked:
    plain = {"kind": Kind.BANNER, "giver": GIVER, "words": WORDS}
    return Thanked(**{"unit": unit, "given_on": localdate(at), **plain, **given})


def some_thanks(
    unit: Unit | None = None, *, by: Person | None = None, at: datetime = MONDAY, **given: Any
) -> Commendation:
    """A banner in the register, not on the wall."""
    unit = unit or a_unit()
    by = by or a_person(Role.RECEPTION, unit=unit)
    photos = given.pop("photos", ())
    return register_thanks(thanked(unit, at=at, **given), photos=photos, by=by, at=at)


def said_thanks(unit: Unit | None = None, *, at: datetime = MONDAY, **given: Any) -> Commendation:
    """Words somebody wrote on the public page."""
    key = given.pop("key", new_key())
    said = thanked(unit or a_unit(), at=at, kind=Kind.WORDS, **given)
    return say_thanks(said, key=key, at=at)


def hung_thanks(unit: Unit | None = None, *, at: datetime = MONDAY, **given: Any) -> Commendation:
    """A banner on the wall."""
    item = some_thanks(unit, at=at, **given)
    settled: dict[str, Any] = {"photos_shown": True, "by": a_settler(item.unit), "at": at}
    return hang_thanks(item.pk, "冒雨把我送到车站。", **settled)


def a_gift(
    unit: Unit | None = None, *, by: Person | None = None, at: datetime = MONDAY, **given: Any
) -> Gift:
    """Two boxes of fruit, refused at once."""
    unit = unit or a_unit()
    plain = {
        "what": "水果两箱",
        "giver": GIVER,
        "outcome": Outcome.REFUSED,
        "offered_on": localdate(at),
        "settled_on": localdate(at),
        "sentence": "谢谢您的心意，按规定不能收，请您带回。",
    }
    offered = Offered(**{"unit": unit, **plain, **given})
    return record_gift(offered, by=by or a_person(Role.RECEPTION, unit=unit), at=at)
