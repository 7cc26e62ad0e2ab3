"""The database is the last guard: what would break a promise it refuses, whoever writes it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from mingchuang.people.actions.attempts import count_attempt
from mingchuang.people.models import Attempt, Person, Post, Requester, Unit
from mingchuang.people.rules.roles import Role
from tests.people.build import LONG_AGO, a_person, a_requester, a_unit, holding

pytestmark = pytest.mark.django_db

ROOM = apps.get_app_config("people")
Breach = Callable[[], object]


def unit(**fields: Any) -> Breach:
    return lambda: Unit.objects.filter(pk=a_unit().pk).update(**fields)


def person(**fields: Any) -> Breach:
    return lambda: Person.objects.filter(pk=a_person().pk).update(**fields)


def post(**fields: Any) -> Breach:
    return lambda: Post.objects.filter(person=holding(Role.HANDLER)).update(**fields)


def requester(**fields: Any) -> Breach:
    return lambda: Requester.objects.filter(pk=a_requester().pk).update(**fields)


def a_unit_above_itself() -> None:
    made = a_unit()
    Unit.objects.filter(pk=made.pk).update(parent=made)


def two_accounts_with_one_email() -> None:
    for email in ("li@example.cn", "LI@example.cn"):
        Person.objects.filter(pk=a_person().pk).update(email=email)


def the_same_post_twice() -> None:
    held = Post.objects.get(person=holding(Role.HANDLER))
    held.pk = None
    held.save(force_insert=True)


def an_attempt_that_was_not_made() -> None:
    count_attempt("look:1.2.3.4", limit=1, minutes=1, at=LONG_AGO)
    Attempt.objects.update(count=0)


BREACHES: Mapping[str, Breach] = {
    "people_unit_kind": unit(kind="kingdom"),
    "people_unit_path_is_closed": unit(path="1/2"),
    "people_unit_not_its_own_parent": a_unit_above_itself,
    "people_person_has_badge": person(badge=""),
    "people_person_one_per_email": two_accounts_with_one_email,
    "people_post_role": post(role="king"),
    "people_post_ends_after_it_began": post(until=LONG_AGO - timedelta(days=1)),
    "people_post_held_once_at_a_time": the_same_post_twice,
    "people_requester_salt_whole_or_erased": requester(salt=b"short"),
    "people_requester_kind": requester(kind="ghost"),
    "people_requester_need_is_a_category": requester(vulnerability="asthma"),
    "people_requester_contact_is_known": requester(contact="fax"),
    "people_requester_phone_and_index_come_together": requester(phone_index=""),
    "people_attempt_was_made": an_attempt_that_was_not_made,
}
UNIQUE = {
    constraint.name
    for model in ROOM.get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, models.UniqueConstraint)
}


def test_every_constraint_of_the_room_is_tried() -> None:
    named = {c.name for model in ROOM.get_models() for c in model._meta.constraints}

    assert set(BREACHES) == named


@pytest.mark.parametrize("name", sorted(set(BREACHES) - UNIQUE))
def test_the_database_refuses(name: str) -> None:
    breach = BREACHES[name]

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        breach()


# SQLite names the columns of a broken uniqueness and PostgreSQL the constraint.
@pytest.mark.parametrize("name", sorted(UNIQUE))
def test_the_database_refuses_a_second(name: str) -> None:
    breach = BREACHES[name]

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        breach()


@pytest.mark.parametrize(
    "breach", [person(name=""), requester(phone="", phone_index="x" * 64)], ids=["name", "phone"]
)
def test_the_other_half_of_a_constraint_holds_too(breach: Breach) -> None:
    with pytest.raises(IntegrityError, match="people_"), transaction.atomic():
        breach()
