"""The town of the made-up cases: about a hundred units and their staff, by the real actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingchuang.hall.actions import load_profiles, load_shipped_calendars
from mingchuang.outward.actions.demo import PASSWORD
from mingchuang.outward.measuring.fill.texts import WORDS
from mingchuang.people.actions.posts import give_post
from mingchuang.people.actions.staff import add_person
from mingchuang.people.actions.units import add_unit
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role

# By this code anybody, and `bench fill` itself, knows a town in which nothing is real.
ROOT = "SYNTHETIC"
NAME = "合成数据市"
DESK = (Role.DISPATCHER, Role.CALLBACK, Role.SUPERVISOR)


@dataclass(frozen=True)
class Town:
    """Who takes in, and for each bureau of `words.json` the units that answer, with a handler."""

    root: Unit
    dispatcher: Person
    handlers: Mapping[int, Sequence[tuple[Unit, Person]]]


@transaction.atomic(savepoint=False)
def build_synthetic_town(*, at: datetime) -> Town:
    """Put up the town in which nothing is real; its name says so on every page."""
    load_shipped_calendars(at=at)
    load_profiles(at=at)
    root = add_unit(ROOT, NAME, kind="city", name_en="Synthetic City", at=at)
    dispatcher = add_person("bench", "合成派单员", badge="B-0", password=PASSWORD, at=at)
    for role in DESK:
        give_post(dispatcher, root, role, at=at)
    handlers = {i: _bureau(i, name, root, at=at) for i, name in enumerate(WORDS["bureaus"])}
    return Town(root, dispatcher, handlers)


def _bureau(i: int, name: str, root: Unit, *, at: datetime) -> list[tuple[Unit, Person]]:
    """One bureau and its parts: the bureau itself handles too."""
    top = add_unit(f"SYN-{i}", f"{name}（合成）", kind="bureau", parent=root, at=at)
    parts = [
        add_unit(f"SYN-{i}-{n}", f"{name}{part}（合成）", kind="hall", parent=top, at=at)
        for n, part in enumerate(WORDS["parts"])
    ]
    return [(unit, _handler(unit, at=at)) for unit in (top, *parts)]


def _handler(unit: Unit, *, at: datetime) -> Person:
    badge = f"B-{unit.code}"
    person = add_person(badge.lower(), "合成承办员", badge=badge, at=at)
    give_post(person, unit, Role.HANDLER, at=at)
    return person
