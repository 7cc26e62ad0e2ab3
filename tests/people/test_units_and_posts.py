"""The tree of units, and posts in it: who covers what, by the database's own clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from mingchuang.ledger.queries import entries_of
from mingchuang.people.actions import add_person, end_post, give_post, set_email
from mingchuang.people.errors import AlreadyHeld, Taken
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.queries import people_holding, root_unit, scope_of, unit_tree
from mingchuang.people.rules.roles import Role
from tests.people.build import LONG_AGO, a_person, a_unit, holding

pytestmark = pytest.mark.django_db


def test_a_unit_knows_the_way_from_the_root() -> None:
    city = a_unit(kind="city")
    bureau = a_unit(parent=city)
    hall = a_unit(parent=bureau, kind="hall")

    assert hall.path == f"/{city.pk}/{bureau.pk}/{hall.pk}/"
    assert entries_of(hall.subject).get().verb == "unit.added"


def test_a_unit_covers_itself_and_what_is_below_and_nothing_else() -> None:
    city = a_unit(kind="city")
    bureau, other = a_unit(parent=city), a_unit(parent=city)
    hall = a_unit(parent=bureau)

    assert set(Unit.objects.under(bureau)) == {bureau, hall}
    assert list(unit_tree()) == [city, bureau, hall, other]
    assert root_unit() == city


def test_a_code_names_one_unit() -> None:
    a_unit("chengguan")

    with pytest.raises(Taken, match="“chengguan”已经有人使用"):
        a_unit("chengguan")


@pytest.mark.parametrize("wrong", [{"path": "1/2"}, {"kind": "kingdom"}])
def test_the_database_itself_refuses_a_crooked_unit(wrong: dict[str, str]) -> None:
    unit = a_unit()

    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(**wrong)


def test_the_database_itself_refuses_a_unit_above_itself() -> None:
    unit = a_unit()

    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(parent=unit.pk)


def test_a_post_covers_the_whole_subtree() -> None:
    city = a_unit(kind="city")
    bureau, other = a_unit(parent=city), a_unit(parent=city)
    hall = a_unit(parent=bureau)
    person = holding(Role.HANDLER, bureau)
    give_post(person, other, Role.CALLBACK, at=LONG_AGO)

    scope = scope_of(Person.objects.get(pk=person.pk))

    assert scope.units(Role.HANDLER) == {bureau.pk, hall.pk}
    assert scope.units(Role.CALLBACK) == {other.pk}
    assert not scope.holds(Role.DISPATCHER)


def test_a_unit_whose_number_begins_alike_is_not_covered() -> None:
    near = [a_unit() for _ in range(12)]
    person = holding(Role.HANDLER, near[0])

    assert scope_of(person).units(Role.HANDLER) == {near[0].pk}


def test_the_scope_is_one_statement_asked_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = holding(Role.HANDLER)

    with django_assert_num_queries(1):
        scope_of(person)
        scope_of(person)


def test_a_post_that_ended_opens_nothing() -> None:
    person = holding(Role.HANDLER)
    end_post(Post.objects.get(person=person), at=now() - timedelta(days=1))

    assert not scope_of(person).holds(Role.HANDLER)


def test_a_post_of_tomorrow_opens_nothing_today() -> None:
    person = a_person()
    give_post(person, a_unit(), Role.HANDLER, at=now() + timedelta(days=1))

    assert not scope_of(person).holds(Role.HANDLER)


def test_a_post_until_tomorrow_is_open_today() -> None:
    person = a_person()
    tomorrow = now() + timedelta(days=1)
    give_post(person, a_unit(), Role.HANDLER, at=LONG_AGO, until=tomorrow)

    assert scope_of(person).holds(Role.HANDLER)


def test_who_left_covers_nothing() -> None:
    person = holding(Role.HANDLER)
    Person.objects.filter(pk=person.pk).update(is_active=False)

    assert not scope_of(person).holds(Role.HANDLER)


def test_a_post_is_held_once_at_a_time_and_may_be_held_again() -> None:
    person, unit = a_person(), a_unit()
    post = give_post(person, unit, Role.HANDLER, at=LONG_AGO)

    with pytest.raises(AlreadyHeld):
        give_post(person, unit, Role.HANDLER, at=LONG_AGO)
    end_post(post, at=LONG_AGO + timedelta(days=1))
    give_post(person, unit, Role.HANDLER, at=LONG_AGO + timedelta(days=2))

    verbs = [entry.verb for entry in entries_of(person.subject)]
    assert verbs == ["person.added", "post.given", "post.ended", "post.given"]


def test_the_database_itself_refuses_a_second_post_of_the_same_kind() -> None:
    person, unit = a_person(), a_unit()
    give_post(person, unit, Role.HANDLER, at=LONG_AGO)

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(person=person, unit=unit, role=Role.HANDLER, since=LONG_AGO)


@pytest.mark.parametrize(
    "wrong", [{"role": "king"}, {"until": LONG_AGO - timedelta(days=1)}], ids=["role", "until"]
)
def test_the_database_itself_refuses_a_crooked_post(wrong: dict[str, object]) -> None:
    holding(Role.HANDLER)

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.update(**wrong)


def test_those_who_hold_a_role_for_a_unit_sit_in_it_or_above() -> None:
    city = a_unit(kind="city")
    bureau, other = a_unit(parent=city), a_unit(parent=city)
    above, here = holding(Role.SUPERVISOR, city), holding(Role.SUPERVISOR, bureau)
    holding(Role.SUPERVISOR, other)
    holding(Role.HANDLER, bureau)

    assert set(people_holding(Role.SUPERVISOR, bureau)) == {above, here}


@pytest.mark.parametrize("field", ["username", "badge", "email"])
def test_a_second_account_with_the_same_mark_is_refused(field: str) -> None:
    a_person("li", badge="B-1", email="li@example.cn")
    given: dict[str, Any] = {"username": "wang", "badge": "B-2", "email": "wang@example.cn"}
    given[field] = {"username": "LI", "badge": "b-1", "email": "Li@Example.cn"}[field]

    with pytest.raises(Taken):
        add_person(name="王小雨", at=LONG_AGO, **given)


def test_the_database_itself_keeps_one_account_per_email() -> None:
    a_person(email="li@example.cn")
    other = a_person()

    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=other.pk).update(email="LI@example.cn")


def test_an_email_another_colleague_uses_is_refused() -> None:
    a_person(email="li@example.cn")

    with pytest.raises(Taken, match="已经有人使用"):
        set_email(a_person(), "li@example.cn", at=LONG_AGO)


def test_the_entry_of_a_new_colleague_names_the_badge_and_nothing_personal() -> None:
    person = a_person(
        badge="B-77", name="欧阳小明", email="ou@example.cn", by=a_person(badge="A-1")
    )

    entry = entries_of("person:B-77").get()

    assert entry.facts == {"by": "A-1"}
    assert str(person) == "欧阳小明（B-77）"


def test_the_database_clock_decides_not_ours() -> None:
    person = holding(Role.HANDLER)

    sql = str(Post.objects.in_force().filter(person=person).query)

    assert connection.ops.quote_name("since") in sql
    assert any(word in sql for word in ("STATEMENT_TIMESTAMP()", "NOW", "CURRENT_TIMESTAMP"))
