"""Builders for this room, each by the house's own actions."""

from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.actions.posts import give_post
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.actions.staff import add_person
from mingchuang.people.actions.units import add_unit
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person, Requester, Unit
from mingchuang.people.rules.roles import Role

LONG_AGO = datetime(2020, 1, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "hao-yun-lai-2026"
_serial = count(1)


def a_unit(code: str = "", *, parent: Unit | None = None, kind: str = "bureau") -> Unit:
    code = code or f"u{next(_serial)}"
    return add_unit(code, f"单位 {code}", kind=kind, parent=parent, at=LONG_AGO)


def a_person(username: str = "", **given: Any) -> Person:
    n = next(_serial)
    return add_person(
        username or f"staff{n}",
        given.pop("name", "王小雨"),
        badge=given.pop("badge", f"B{n:04}"),
        password=given.pop("password", PASSWORD),
        at=LONG_AGO,
        **given,
    )


def holding(role: Role, unit: Unit | None = None, **given: Any) -> Person:
    person = a_person(**given)
    give_post(person, unit or a_unit(), role, at=LONG_AGO)
    return person


def last_entry(subject: str) -> Entry:
    return entries_of(subject).latest("pk")


def found_by_phone(phone: str) -> Requester | None:
    """Who left this number last, however they typed it."""
    known = Requester.objects.exclude(phone_index="").filter(phone_index=phone_index(phone))
    return known.order_by("pk").last()


def a_requester(**given: Any) -> Requester:
    who = {"name": "张小明", "phone": "13800000000", "address": "鄞州区天宫庄园5幢301室"}
    return add_requester(at=LONG_AGO, **who | given)
