"""An administrator keeps their own part of the tree: no other unit, no other staff, no self."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from mingchuang.base.errors import NotFound
from mingchuang.ledger.models import Entry
from mingchuang.people.actions.posts import end_post, extend_post, give_post
from mingchuang.people.actions.staff import (
    add_person,
    change_person,
    forget_second_factors,
    set_email,
    set_password,
)
from mingchuang.people.actions.units import add_unit, change_unit
from mingchuang.people.errors import OwnPost, ParentNeeded
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.queries import administered_people, administered_units
from mingchuang.people.rules.roles import Role
from tests.people.build import LONG_AGO, a_person, a_unit, holding

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Unit:
    return a_unit("city", kind="city")


@pytest.fixture
def estate(city: Unit) -> Unit:
    return a_unit("estate", parent=city, kind="community")


@pytest.fixture
def keeper(estate: Unit) -> Person:
    """The administrator of one community."""
    return holding(Role.ADMINISTRATOR, estate, badge="K-1")


@pytest.fixture
def root(city: Unit) -> Person:
    """The administrator of the whole city, by a post."""
    return holding(Role.ADMINISTRATOR, city, badge="R-1")


def test_an_administrator_keeps_their_unit_and_what_is_below(
    keeper: Person, root: Person, city: Unit, estate: Unit
) -> None:
    block = a_unit(parent=estate)

    assert set(administered_units(keeper)) == {estate, block}
    assert set(administered_units(root)) == {city, estate, block}
    assert set(administered_units(a_person(is_superuser=True))) == {city, estate, block}
    assert not administered_units(holding(Role.DISPATCHER, city)).exists()


def test_an_administrator_keeps_who_has_no_post_elsewhere(
    keeper: Person, root: Person, city: Unit, estate: Unit
) -> None:
    ours, theirs = holding(Role.HANDLER, estate), holding(Role.HANDLER, city)
    both = holding(Role.HANDLER, estate)
    give_post(both, city, Role.RECEPTION, at=LONG_AGO)

    assert set(administered_people(keeper)) == {keeper, ours}
    assert set(administered_people(root)) == {root, keeper, ours, theirs, both}


def test_who_moved_here_is_kept_here(keeper: Person, city: Unit, estate: Unit) -> None:
    moved = holding(Role.HANDLER, city)
    end_post(Post.objects.get(person=moved), at=LONG_AGO)

    give_post(moved, estate, Role.HANDLER, at=LONG_AGO)

    assert moved in administered_people(keeper)


def test_an_account_without_a_post_is_kept_by_who_opened_it_and_at_the_top(
    keeper: Person, root: Person
) -> None:
    opened = add_person("li", "李雨", badge="B-1", by=keeper, at=LONG_AGO)
    other = a_person()

    assert set(administered_people(keeper)) == {keeper, opened}
    assert {opened, other} <= set(administered_people(root))


def test_the_highest_administrators_are_kept_by_themselves_only(root: Person) -> None:
    highest = a_person(is_superuser=True)

    assert highest not in administered_people(root)
    assert {highest, root} <= set(administered_people(highest))


@pytest.mark.parametrize("role", list(Role))
def test_nobody_gives_themself_a_post(keeper: Person, estate: Unit, role: Role) -> None:
    with pytest.raises(OwnPost, match="不能给自己安排或者延长岗位"):
        give_post(keeper, estate, role, by=keeper, at=LONG_AGO)

    assert Post.objects.get(person=keeper).role == Role.ADMINISTRATOR


def test_nobody_prolongs_their_own_post(keeper: Person) -> None:
    post = Post.objects.get(person=keeper)
    end_post(post, by=keeper, at=LONG_AGO, until=post.since.replace(year=2099))

    with pytest.raises(OwnPost):
        extend_post(post, None, by=keeper, at=LONG_AGO)


def test_the_first_account_may_begin_with_itself(city: Unit) -> None:
    first = a_person(is_superuser=True, badge="A-1")

    give_post(first, city, Role.DISPATCHER, by=first, at=LONG_AGO)

    entry = Entry.objects.get(verb="post.given")
    assert (entry.subject, entry.facts["by"]) == ("person:A-1", "A-1")


def test_a_post_is_not_given_outside_of_ones_own_units(
    keeper: Person, city: Unit, estate: Unit
) -> None:
    person = holding(Role.HANDLER, estate)

    with pytest.raises(NotFound):
        give_post(person, city, Role.DISPATCHER, by=keeper, at=LONG_AGO)

    assert not Post.objects.filter(role=Role.DISPATCHER).exists()


def test_a_post_is_not_given_to_who_works_elsewhere(
    keeper: Person, city: Unit, estate: Unit
) -> None:
    stranger = holding(Role.HANDLER, city)

    with pytest.raises(NotFound):
        give_post(stranger, estate, Role.DISPATCHER, by=keeper, at=LONG_AGO)


def test_a_post_elsewhere_is_not_ended(keeper: Person, city: Unit) -> None:
    post = Post.objects.get(person=holding(Role.DISPATCHER, city))

    with pytest.raises(NotFound):
        end_post(post, by=keeper, at=LONG_AGO)


def test_a_unit_is_not_added_or_changed_elsewhere(keeper: Person, city: Unit) -> None:
    with pytest.raises(NotFound):
        add_unit("new", "新单位", kind="bureau", parent=city, by=keeper, at=LONG_AGO)
    with pytest.raises(ParentNeeded, match="请选择上级单位"):
        add_unit("new", "新单位", kind="bureau", by=keeper, at=LONG_AGO)
    with pytest.raises(NotFound):
        change_unit(city, {"active": False}, by=keeper, at=LONG_AGO)

    assert not Unit.objects.filter(code="new").exists()


def test_an_account_elsewhere_does_not_exist_for_them(keeper: Person, city: Unit) -> None:
    stranger = holding(Role.DISPATCHER, city)

    with pytest.raises(NotFound):
        set_password(stranger, "x", by=keeper, at=LONG_AGO)
    with pytest.raises(NotFound):
        set_email(stranger, "k@example.cn", by=keeper, at=LONG_AGO)
    with pytest.raises(NotFound):
        change_person(stranger, {"is_active": False}, by=keeper, at=LONG_AGO)
    with pytest.raises(NotFound):
        forget_second_factors(stranger, by=keeper, at=LONG_AGO)


def test_only_the_highest_make_others_the_highest(root: Person, estate: Unit) -> None:
    person = holding(Role.HANDLER, estate)

    with pytest.raises(NotFound):
        change_person(person, {"is_superuser": True}, by=root, at=LONG_AGO)
    with pytest.raises(NotFound):
        add_person("li", "李雨", badge="B-1", is_superuser=True, by=root, at=LONG_AGO)

    assert not Person.objects.filter(is_superuser=True).exists()


def test_who_is_no_administrator_opens_no_account(estate: Unit) -> None:
    with pytest.raises(NotFound):
        add_person("li", "李雨", badge="B-1", by=holding(Role.HANDLER, estate), at=LONG_AGO)


@pytest.mark.parametrize("name", ["person", "unit", "post"])
def test_on_the_pages_what_lies_elsewhere_is_not_there(
    client: Client, keeper: Person, city: Unit, name: str
) -> None:
    stranger = holding(Role.HANDLER, city, name="欧阳陌生")
    rows = {"person": stranger, "unit": city, "post": Post.objects.get(person=stranger)}
    client.force_login(keeper)

    shown = client.get(reverse(f"admin:people_{name}_changelist")).content.decode()
    page = client.get(reverse(f"admin:people_{name}_change", args=[rows[name].pk]), follow=True)

    assert f"/{rows[name].pk}/change/" not in shown
    assert "欧阳陌生" not in shown + page.content.decode()


def _give(client: Client, person: Person, unit: Unit) -> Any:
    given = {"person": person.pk, "unit": unit.pk, "role": "dispatcher", "until": ""}
    return client.post(reverse("admin:people_post_add"), given)


def test_on_the_page_of_posts_nobody_rises_above_their_unit(
    client: Client, keeper: Person, city: Unit, estate: Unit
) -> None:
    client.force_login(keeper)

    own = _give(client, keeper, estate)
    higher = _give(client, holding(Role.HANDLER, estate), city)

    assert "不能给自己安排或者延长岗位" in own.content.decode()
    assert higher.status_code == 200
    assert not Post.objects.filter(role=Role.DISPATCHER).exists()


def test_the_password_of_a_colleague_elsewhere_cannot_be_set(
    client: Client, keeper: Person, city: Unit
) -> None:
    stranger = holding(Role.DISPATCHER, city)
    client.force_login(keeper)

    page = client.get(reverse("admin:auth_user_password_change", args=[stranger.pk]))

    assert page.status_code == 404


def test_the_second_factor_of_a_colleague_elsewhere_cannot_be_cleared(
    client: Client, keeper: Person, city: Unit
) -> None:
    stranger = holding(Role.DISPATCHER, city)
    Authenticator.objects.create(user=stranger, type="totp", data={"secret": "x"})
    client.force_login(keeper)

    client.post(
        reverse("admin:people_person_changelist"),
        {"action": "forget_second_factors", "_selected_action": [stranger.pk]},
    )

    assert Authenticator.objects.filter(user=stranger).exists()


def test_on_the_page_of_a_colleague_the_highest_power_cannot_be_ticked(
    client: Client, root: Person, estate: Unit
) -> None:
    person = holding(Role.HANDLER, estate, username="wang")
    client.force_login(root)

    client.post(
        reverse("admin:people_person_change", args=[person.pk]),
        {"username": "wang", "name": "王小雨", "is_active": "on", "is_superuser": "on"},
    )

    assert not Person.objects.get(pk=person.pk).is_superuser


def test_the_highest_make_another_and_the_entry_says_so(client: Client, estate: Unit) -> None:
    person = holding(Role.HANDLER, estate, username="wang", badge="B-7")
    client.force_login(a_person(is_superuser=True))

    client.post(
        reverse("admin:people_person_change", args=[person.pk]),
        {"username": "wang", "name": "王小雨", "is_active": "on", "is_superuser": "on"},
    )

    entry = Entry.objects.get(verb="person.changed", subject="person:B-7")
    assert Person.objects.get(pk=person.pk).is_superuser
    assert entry.facts["is_superuser"] is True
