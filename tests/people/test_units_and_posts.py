"""The tree of units, and posts in it: who covers what, by the database's own clock."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from mingchuang.ledger.queries import entries_of
from mingchuang.people.actions.posts import end_post, extend_post, give_post
from mingchuang.people.actions.staff import add_person, set_email
from mingchuang.people.actions.units import add_unit
from mingchuang.people.errors import AlreadyHeld, EndsBeforeItBegan, Taken, WronglyEntered
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.queries import root_unit, scope_of, unit_tree
from mingchuang.people.rules.roles import Role
from tests.people.build import LONG_AGO, a_person, a_unit, holding

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


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


@pytest.mark.parametrize("field", ["username", "badge", "email"])
def test_a_second_account_with_the_same_mark_is_refused(field: str) -> None:
    a_person("li", badge="B-1", email="li@example.cn")
    given: dict[str, Any] = {"username": "wang", "badge": "B-2", "email": "wang@example.cn"}
    given[field] = {"username": "LI", "badge": "b-1", "email": "Li@Example.cn"}[field]

    with pytest.raises(Taken):
        add_person(name="王小雨", at=LONG_AGO, **given)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"badge": "B 7"}, "工号：工号只用字母、数字和短横线"),
        ({"badge": "B-7\n"}, "工号：工号只用字母、数字和短横线"),
        ({"badge": ""}, "工号"),
        ({"badge": "B" * 21}, "工号"),
        ({"username": ""}, "用户名"),
        ({"username": "wang li"}, "用户名"),
        ({"username": "w" * 61}, "用户名"),
        ({"name": ""}, "姓名"),
        ({"name": "王" * 61}, "姓名"),
        ({"email": "wang"}, "邮箱"),
    ],
)
def test_an_account_is_refused_in_words_if_something_is_wrong_with_it(
    wrong: dict[str, str], why: str
) -> None:
    given: dict[str, Any] = {"username": "wang", "name": "王小雨", "badge": "B-7"}

    with pytest.raises(WronglyEntered, match=f"没有保存。{why}"):
        add_person(**given | wrong, at=LONG_AGO)

    assert not Person.objects.exists()


def test_a_wrong_email_is_refused_in_words_later_too() -> None:
    person = a_person(email="li@example.cn")

    with pytest.raises(WronglyEntered, match="邮箱"):
        set_email(person, "li@", at=LONG_AGO)

    assert Person.objects.get(pk=person.pk).email == "li@example.cn"


def test_a_unit_without_a_code_is_refused_in_words() -> None:
    with pytest.raises(WronglyEntered, match="代码"):
        add_unit("", "城管局", kind="bureau", at=LONG_AGO)


def test_a_post_cannot_end_before_it_begins() -> None:
    person, unit = a_person(), a_unit()

    with pytest.raises(EndsBeforeItBegan, match="不能早于“起”（2020-01-01 09:00）"):
        give_post(person, unit, Role.HANDLER, at=LONG_AGO, until=LONG_AGO - A_DAY)

    assert not Post.objects.exists()


def test_a_post_is_ended_at_a_time_and_prolonged_again() -> None:
    person = holding(Role.HANDLER, a_unit("cg"), badge="B-7")
    post = Post.objects.get(person=person)

    end_post(post, until=LONG_AGO + 9 * A_DAY, at=LONG_AGO)
    end_post(post, at=LONG_AGO + A_DAY)
    extend_post(post, None, at=LONG_AGO + A_DAY)

    told = [(entry.verb, entry.facts) for entry in entries_of("person:B-7")[2:]]
    where = {"unit": "cg", "role": "handler"}
    assert told == [
        ("post.shortened", where | {"until": "2020-01-10T09:00:00+08:00"}),
        ("post.ended", where | {"until": "2020-01-02T09:00:00+08:00"}),
        ("post.extended", where),
    ]


def test_a_post_is_not_prolonged_while_it_is_held_again() -> None:
    person, unit = a_person(), a_unit()
    first = give_post(person, unit, Role.HANDLER, at=LONG_AGO)
    end_post(first, at=LONG_AGO + A_DAY)
    give_post(person, unit, Role.HANDLER, at=LONG_AGO + 2 * A_DAY)

    with pytest.raises(AlreadyHeld):
        extend_post(first, None, at=LONG_AGO + 3 * A_DAY)

    assert Post.objects.get(pk=first.pk).until == LONG_AGO + A_DAY


@pytest.mark.django_db(transaction=True)
def test_of_many_who_give_the_same_post_at_once_one_does() -> None:
    person, unit, together = a_person(), a_unit(), Barrier(6)

    def give(_: int) -> bool:
        together.wait()
        try:
            give_post(person, unit, Role.HANDLER, at=LONG_AGO)
        except AlreadyHeld:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as crowd:
        given = list(crowd.map(give, range(6)))

    assert given.count(True) == 1
    assert entries_of(person.subject).filter(verb="post.given").count() == 1


def test_an_email_another_colleague_uses_is_refused() -> None:
    a_person(email="li@example.cn")

    with pytest.raises(Taken, match="已经有人使用"):
        set_email(a_person(), "li@example.cn", at=LONG_AGO)


def test_the_entry_of_a_new_colleague_names_the_badge_and_nothing_personal() -> None:
    person = a_person(
        badge="B-77",
        name="欧阳小明",
        email="ou@example.cn",
        by=a_person(badge="A-1", is_superuser=True),
    )

    entry = entries_of("person:B-77").get()

    assert entry.facts == {"by": "A-1"}
    assert str(person) == "欧阳小明（B-77）"


def test_the_database_clock_decides_not_ours() -> None:
    person = holding(Role.HANDLER)

    sql = str(Post.objects.in_force().filter(person=person).query)

    assert connection.ops.quote_name("since") in sql
    assert any(word in sql for word in ("STATEMENT_TIMESTAMP()", "NOW", "CURRENT_TIMESTAMP"))
