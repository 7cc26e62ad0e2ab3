"""Every address × every kind of person, by the table in `doors.py`."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Max
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils.timezone import now

from mingchuang.base.middleware import POLICY
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.voice import say_not_solved
from mingchuang.cases.views.deeds import DEEDS
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from tests.build import code
from tests.doors import (
    ACCOUNT,
    ADMINISTRATORS_MAY_NOT,
    DESK,
    DOORS,
    SECRETS,
    SIGN_IN,
    TASKS,
    Door,
    only_for,
)
from tests.hall.build import a_clerk
from tests.town import CLUE, NAME, PHONE, Town, Who, a_town

pytestmark = pytest.mark.django_db


class Found(NamedTuple):
    """What one knock brought: the answer, what was written of it, the page and its policy."""

    answer: int | str
    wrote: list[str]
    page: str
    policy: str


class Visitor:
    """Knocks at doors of the town as anybody; whatever a knock changes is undone."""

    def __init__(self, town: Town) -> None:
        self.town, self.client = town, Client()
        self.keys = {who: self._signed_in(person) for who, person in town.people.items()}
        self.keys[Who.ANONYMOUS] = SimpleCookie()

    def _signed_in(self, person: Person) -> SimpleCookie:
        self.client.cookies = SimpleCookie()
        self.client.force_login(person)
        return self.client.cookies

    def looks(self, door: Door, name: str) -> dict[Who, Found]:
        path = reverse(name, args=door.way(self.town)) + door.query.format(town=self.town)
        return {who: self.knock(who, "get", path) for who in Who}

    def does(self, door: Door, name: str) -> dict[Who, Found]:
        path = reverse(name, args=door.way(self.town)) + door.query.format(town=self.town)
        send = {field: words.format(town=self.town) for field, words in door.send.items()}
        return {who: self.knock(who, "post", path, send) for who in Who}

    def knock(
        self, who: Who, method: str, path: str, send: Mapping[str, str] | None = None
    ) -> Found:
        with transaction.atomic():
            self.client.cookies = deepcopy(self.keys[who])
            before = Entry.objects.aggregate(last=Max("pk", default=0))["last"]
            response: Any = getattr(self.client, method)(path, send)
            page = response.getvalue().decode(errors="replace")
            wrote = list(Entry.objects.filter(pk__gt=before).values_list("verb", flat=True))
            transaction.set_rollback(True)
        to_sign_in = re.match(r"/(accounts|admin)/login/", response.get("Location", ""))
        # Led to the door, or, with a form in hand, asked to come back through it.
        answer = SIGN_IN if to_sign_in or response.status_code == 401 else response.status_code
        return Found(answer, wrote, page, response["Content-Security-Policy"])


Knocks = Mapping[str, Mapping[Who, Found]]


@pytest.fixture
def town() -> Town:
    return a_town()


@pytest.fixture
def visitor(town: Town) -> Visitor:
    return Visitor(town)


def routes(patterns: list[Any], before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, route) of every address, however deep it is included."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern.url_patterns, route, space + inner)
        else:
            yield space + (pattern.name or route), route


ALL = list(routes(get_resolver().url_patterns))
# Signing in and out has one door, under /accounts/; these two only lead there.
LEAD_AWAY = {"admin:login", "admin:logout"}
ADMIN = {
    name[6:]: route for name, route in ALL if name.startswith("admin:") and name not in LEAD_AWAY
}
REFUSALS = {SIGN_IN, 403, 404, 405}
# What comes as a file, and what is refused on the page of a refusal.
NO_PAGE = {
    "cases:own_copy", "cases:own_list", "cases:batch_list", "cases:privacy_copy", "council:paper",
    "reviews:drop_shot",
}  # fmt: skip


ASSETS = re.compile(
    r"""<(?:link|script|img|source|iframe|video|audio|object|embed|use|form)\b"""
    r"""[^>]*\b(?:src|srcset|href|data|poster|action)=["']?(?:https?:)?//"""
)


def policies(knocks: Knocks) -> set[str]:
    return {found.policy for all_found in knocks.values() for found in all_found.values()}


def loads_from_elsewhere(found: Found) -> bool:
    return bool(ASSETS.search(found.page))


def path_to(route: str) -> str:
    """Return an address of this route about the first row there is."""
    app, model, *_ = [*route.split("/")[1:], "", ""]
    table = apps.all_models.get(app, {}).get(model)
    row = table._default_manager.first() if table else None
    plain = re.sub(r"\^?\(\?P<\w+>(\w*)[^)]*\)", r"\1", route).rstrip("$")
    return "/" + re.sub(r"<[^>]*>", str(row.pk if row else 1), plain)


def answers(knocks: Knocks) -> dict[str, dict[Who, int | str]]:
    return {
        name: {who: found.answer for who, found in all_found.items()}
        for name, all_found in knocks.items()
    }


def traces(knocks: Knocks, who: Who) -> list[str]:
    """Return the doors at which this person's knock was written down."""
    return [name for name, all_found in knocks.items() if all_found[who].wrote]


def traces_of_the_refused(knocks: Knocks) -> list[tuple[str, Who]]:
    """Return who was refused and yet left an entry; only a refused sign-in must."""
    return [
        (name, who)
        for name, all_found in knocks.items()
        for who, found in all_found.items()
        if found.answer in REFUSALS and found.wrote and name not in ACCOUNT
    ]


def test_every_address_has_a_line_in_the_table() -> None:
    names = [name for name, _route in ALL if not name.startswith("admin:")]

    assert sorted(names) == sorted(DOORS)


def test_every_deed_has_a_line_in_the_table() -> None:
    assert {deed.name for deed in DEEDS} == set(TASKS)


def test_everybody_sees_what_the_table_says_and_nothing_else(visitor: Visitor) -> None:
    looks = {name: visitor.looks(door, name) for name, door in DOORS.items()}

    assert answers(looks) == {name: door.get for name, door in DOORS.items()}
    assert traces_of_the_refused(looks) == []
    assert traces(looks, Who.AUDITOR) == []
    assert policies(looks) == {POLICY}
    assert not [
        name for name, found in looks.items() if any(map(loads_from_elsewhere, found.values()))
    ]


def test_everybody_does_what_the_table_says_and_nothing_else(visitor: Visitor) -> None:
    deeds = {name: visitor.does(door, name) for name, door in DOORS.items()}

    assert answers(deeds) == {name: door.post for name, door in DOORS.items()}
    assert traces_of_the_refused(deeds) == []
    assert DESK.keys().isdisjoint(traces(deeds, Who.AUDITOR))


def test_each_deed_on_a_case_is_done_by_whom_it_belongs_to(visitor: Visitor) -> None:
    deeds = {name: visitor.does(task.door(name), "cases:deed") for name, task in TASKS.items()}

    assert answers(deeds) == {name: only_for(task.by, 302) for name, task in TASKS.items()}
    assert traces_of_the_refused(deeds) == []
    assert {name: done[min(TASKS[name].by)].wrote for name, done in deeds.items()} == {
        name: list(task.told) for name, task in TASKS.items()
    }


def test_whatever_is_answered_with_a_page_leads_to_one_when_it_is_read_again() -> None:
    answered = {name for name, door in DOORS.items() if {200, 422} & {*door.post.values()}}

    dead_ends = {name for name in answered if 405 in DOORS[name].get.values()}

    assert dead_ends == NO_PAGE


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_administrators_pages_exist_for_nobody_else(visitor: Visitor, method: str) -> None:
    others = set(Who) - {Who.ADMINISTRATOR}

    knocks = {
        name: {who: visitor.knock(who, method, path_to(route)) for who in others}
        for name, route in ADMIN.items()
    }

    nothing = {**dict.fromkeys(others, 404), Who.ANONYMOUS: SIGN_IN}
    assert answers(knocks) == dict.fromkeys(ADMIN, nothing)
    assert traces_of_the_refused(knocks) == []


def test_administrators_and_superusers_find_every_page_but_those_shut_for_all(town: Town) -> None:
    superuser = a_clerk(is_superuser=True)
    visitor = Visitor(replace(town, people={**town.people, Who.STRANGER: superuser}))

    found = {
        name: {
            visitor.knock(who, "get", path_to(route)).answer
            for who in (Who.ADMINISTRATOR, Who.STRANGER)
        }
        for name, route in ADMIN.items()
    }

    fine = [{200}, {302}]
    shut = {name: answer for name, answer in found.items() if answer not in fine}
    assert shut == {name: {status} for name, status in ADMINISTRATORS_MAY_NOT.items()}


def test_what_is_confidential_is_looked_at_only_where_it_came_in(visitor: Visitor) -> None:
    looks = {name: visitor.looks(door, name) for name, door in SECRETS.items()}
    deeds = {name: visitor.does(door, name) for name, door in SECRETS.items()}

    assert answers(looks) == {name: door.get for name, door in SECRETS.items()}
    assert answers(deeds) == {name: door.post for name, door in SECRETS.items()}


def test_a_colleague_who_handles_a_confidential_case_learns_nothing_of_who_speaks(
    visitor: Visitor, town: Town
) -> None:
    number = town.secret.number
    reply_to_case(number, "查过了。", disposition="done", by=town.people[Who.HANDLER], at=now())
    say_not_solved(number, code(town.secret), f"{NAME}：{CLUE}还在叫。", at=now())
    paths = [
        reverse("cases:inbox"),
        reverse("cases:case", args=[number]),
        *(reverse("cases:deed", args=[number, name]) for name in TASKS),
    ]

    pages = [visitor.knock(Who.HANDLER, "get", path).page for path in paths]

    assert number in pages[0]
    assert not [clue for clue in (NAME, PHONE, CLUE) for page in pages if clue in page]
