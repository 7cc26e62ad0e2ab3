"""The administrators' pages: open to administrators only, and every change is an entry."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.actions.posts import end_post, give_post
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.rules.roles import Role
from tests.people.build import LONG_AGO, PASSWORD, a_person, a_unit, holding, last_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Person:
    person = holding(Role.ADMINISTRATOR, a_unit("city", kind="city"), badge="A-1")
    client.force_login(person)
    return person


def test_a_stranger_is_led_to_the_one_door(client: Client) -> None:
    page = client.get("/admin/", follow=True)

    assert page.redirect_chain[-1][0] == "/accounts/login/?next=/admin/"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_for_other_staff_the_pages_do_not_exist(client: Client, role: Role) -> None:
    client.force_login(holding(role))

    assert client.get("/admin/").status_code == 404
    assert client.get(reverse("admin:people_person_changelist")).status_code == 404


def test_the_highest_administrator_needs_no_post(client: Client) -> None:
    client.force_login(a_person(is_superuser=True))

    assert client.get("/admin/").status_code == 200


def test_no_foreign_page_is_open(administrator: Person, client: Client) -> None:
    models = {model.__module__.split(".")[0] for model in admin.site._registry}

    assert models == {"mingchuang"}


@pytest.mark.parametrize("name", ["person", "unit", "post"])
def test_the_lists_and_the_empty_forms_open(
    administrator: Person, client: Client, name: str
) -> None:
    assert client.get(reverse(f"admin:people_{name}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:people_{name}_add")).status_code == 200


def test_a_new_colleague_can_sign_in_and_stands_in_the_ledger(
    administrator: Person, client: Client
) -> None:
    client.post(
        reverse("admin:people_person_add"),
        {
            "username": "wang",
            "name": "王小雨",
            "badge": "B-7",
            "email": "wang@example.cn",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )

    person = Person.objects.get(username="wang")
    entry = entries_of("person:B-7").earliest("pk")
    came = Client().post("/accounts/login/", {"login": "wang@example.cn", "password": PASSWORD})
    assert (entry.verb, entry.facts) == ("person.added", {"by": "A-1"})
    assert not entries_of(f"person:{person.pk}").exists()
    assert EmailAddress.objects.get(user=person).verified
    assert came["Location"] == "/desk/"


def test_a_change_names_the_fields_and_not_the_values(
    administrator: Person, client: Client
) -> None:
    person = a_person("wang", name="王小雨", badge="B-7", email="wang@example.cn")

    client.post(
        reverse("admin:people_person_change", args=[person.pk]),
        {"username": "wang", "name": "王大雨", "email": "w@example.cn", "is_active": "on"},
    )

    person.refresh_from_db()
    told = [(entry.verb, entry.facts) for entry in entries_of("person:B-7")[1:]]
    assert (person.name, person.email) == ("王大雨", "w@example.cn")
    assert told == [
        ("person.changed", {"by": "A-1", "fields": ["name"]}),
        ("person.email_set", {"by": "A-1"}),
    ]
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["w@example.cn"]


def test_a_password_set_by_an_administrator_is_an_entry(
    administrator: Person, client: Client
) -> None:
    person = a_person("wang", badge="B-7", password=None)

    client.post(
        reverse("admin:auth_user_password_change", args=[person.pk]),
        {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD},
    )

    came = Client().post("/accounts/login/", {"login": "wang", "password": PASSWORD})
    assert came["Location"] == "/desk/"
    entry = entries_of("person:B-7").get(verb="person.security_changed")
    assert entry.facts == {"by": "A-1", "change": "password_set"}


def test_that_somebody_may_not_sign_in_by_password_any_more_is_an_entry(
    administrator: Person, client: Client
) -> None:
    person = a_person("wang", badge="B-7")

    client.post(
        reverse("admin:auth_user_password_change", args=[person.pk]),
        {"usable_password": "false", "unset-password": "1"},
    )

    assert not Person.objects.get(pk=person.pk).has_usable_password()
    assert last_entry("person:B-7").facts == {"by": "A-1", "change": "password_taken"}


def test_who_left_cannot_sign_in_and_the_entry_says_so(
    administrator: Person, client: Client
) -> None:
    person = a_person("wang", name="王小雨", badge="B-7")

    client.post(
        reverse("admin:people_person_change", args=[person.pk]),
        {"username": "wang", "name": "王小雨", "email": ""},
    )

    assert not Person.objects.get(pk=person.pk).is_active
    assert last_entry("person:B-7").facts == {
        "by": "A-1",
        "fields": ["is_active"],
        "is_active": False,
    }


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"username": "WANG"}, "具有 用户名 的 工作人员 已存在"),
        ({"badge": "b-1"}, "“b-1”已经有人使用"),
        ({"email": "Wang@Example.cn"}, "这个邮箱已经属于另一位工作人员"),
        ({"badge": "B 7"}, "工号只用字母、数字和短横线"),
    ],
)
def test_an_account_somebody_has_or_nobody_can_have_is_a_sentence_on_the_form(
    administrator: Person, client: Client, wrong: dict[str, str], sentence: str
) -> None:
    a_person("wang", badge="B-1", email="wang@example.cn")
    given = {"username": "li", "name": "李雨", "badge": "B-2", "email": "li@example.cn"}
    passwords = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}

    page = client.post(reverse("admin:people_person_add"), given | passwords | wrong)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not Person.objects.filter(name="李雨").exists()


def test_a_new_unit_finds_its_place_in_the_tree(administrator: Person, client: Client) -> None:
    city = Unit.objects.get(code="city")

    client.post(
        reverse("admin:people_unit_add"),
        {"code": "cg", "name": "城管局", "kind": "bureau", "parent": city.pk},
    )

    unit = Unit.objects.get(code="cg")
    assert unit.path == f"{city.path}{unit.pk}/"
    assert [entry.verb for entry in entries_of("unit:cg")] == ["unit.added"]
    assert not Entry.objects.filter(verb="people.added").exists()


def test_a_unit_keeps_its_place_when_it_is_renamed(administrator: Person, client: Client) -> None:
    city = Unit.objects.get(code="city")
    unit, other = a_unit("cg", parent=city), a_unit(parent=city)

    client.post(
        reverse("admin:people_unit_change", args=[unit.pk]),
        {"code": "xx", "name": "综合执法局", "kind": "bureau", "parent": other.pk},
    )

    unit.refresh_from_db()
    assert (unit.name, unit.code, unit.parent, unit.active) == ("综合执法局", "cg", city, False)
    assert last_entry("unit:cg").verb == "unit.changed"
    assert last_entry("unit:cg").facts == {
        "by": "A-1",
        "fields": ["active", "name"],
        "active": False,
    }


def test_a_code_that_is_taken_is_a_sentence_on_the_form(
    administrator: Person, client: Client
) -> None:
    city = Unit.objects.get(code="city")
    a_unit("cg", parent=city)

    page = client.post(
        reverse("admin:people_unit_add"),
        {"code": "cg", "name": "城管局", "kind": "bureau", "parent": city.pk},
    )

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()


@pytest.fixture
def post(administrator: Person) -> Post:
    """A post B-7 holds at 城管局 since long ago."""
    unit = a_unit("cg", parent=Unit.objects.get(code="city"))
    return give_post(a_person(badge="B-7"), unit, Role.HANDLER, at=LONG_AGO)


def _until(client: Client, post: Post, until: str) -> Any:
    return client.post(reverse("admin:people_post_change", args=[post.pk]), {"until": until})


def test_giving_a_post_is_an_entry_with_badge_unit_and_role(
    administrator: Person, client: Client
) -> None:
    person, unit = a_person(badge="B-7"), Unit.objects.get(code="city")

    client.post(
        reverse("admin:people_post_add"),
        {"person": person.pk, "unit": unit.pk, "role": "handler", "until": ""},
    )

    given = last_entry("person:B-7")
    assert Post.objects.get(person=person).role == "handler"
    assert given.verb == "post.given"
    assert given.facts == {"by": "A-1", "role": "handler", "unit": "city"}


@pytest.mark.parametrize(
    ("until", "verb"), [("2020-03-01T00:00", "post.ended"), ("2099-01-01T00:00", "post.shortened")]
)
def test_ending_a_post_is_an_entry_with_badge_unit_and_role(
    client: Client, post: Post, until: str, verb: str
) -> None:
    _until(client, post, until)

    ended = last_entry("person:B-7")
    assert ended.verb == verb
    assert ended.facts["until"].startswith(until[:10])
    assert {"by": "A-1", "role": "handler", "unit": "cg"}.items() <= ended.facts.items()


def test_prolonging_a_post_is_an_entry_with_badge_unit_and_role(client: Client, post: Post) -> None:
    end_post(post, at=LONG_AGO)

    _until(client, post, "")

    longer = last_entry("person:B-7")
    assert longer.verb == "post.extended"
    assert longer.facts == {"by": "A-1", "role": "handler", "unit": "cg"}


def test_a_page_sent_as_it_was_changes_nothing(client: Client, post: Post) -> None:
    before = Entry.objects.count()

    _until(client, post, "")

    assert Entry.objects.count() == before


def test_a_new_post_that_is_over_already_is_a_sentence(client: Client, post: Post) -> None:
    page = client.post(
        reverse("admin:people_post_add"),
        {
            "person": post.person_id,
            "unit": post.unit_id,
            "role": "callback",
            "until": "2020-03-01T00:00",
        },
    )

    assert page.status_code == 200
    assert "“止”不能早于“起”" in page.content.decode()
    assert Post.objects.filter(role="callback").count() == 0


def test_a_post_that_would_end_before_it_began_is_a_sentence(client: Client, post: Post) -> None:
    page = _until(client, post, "2019-03-01T00:00")

    post.refresh_from_db()
    assert page.status_code == 200
    assert "“止”不能早于“起”（2020-01-01 09:00）" in page.content.decode()
    assert post.until is None


def test_a_post_held_again_cannot_be_prolonged_and_that_is_a_sentence(
    client: Client, post: Post
) -> None:
    end_post(post, at=LONG_AGO)
    give_post(post.person, post.unit, Role.HANDLER, at=LONG_AGO + timedelta(days=1))

    page = _until(client, post, "")

    assert page.status_code == 200
    assert "已经担任这个岗位" in page.content.decode()
    assert Post.objects.filter(until=None, role="handler").count() == 1


def test_a_post_held_already_is_one_sentence(client: Client, post: Post) -> None:
    page = client.post(
        reverse("admin:people_post_add"),
        {"person": post.person_id, "unit": post.unit_id, "role": "handler", "until": ""},
    )

    assert page.content.decode().count("已经担任这个岗位") == 1


def test_lost_second_factors_are_cleared_with_an_entry(
    administrator: Person, client: Client
) -> None:
    person = a_person(badge="B-7")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})

    client.post(
        reverse("admin:people_person_changelist"),
        {"action": "forget_second_factors", "_selected_action": [person.pk]},
    )

    assert not Authenticator.objects.exists()
    assert last_entry("person:B-7").facts == {"by": "A-1"}


@pytest.mark.parametrize("name", ["person", "unit", "post"])
def test_nothing_here_is_deleted(administrator: Person, client: Client, name: str) -> None:
    row = {"person": administrator, "post": Post.objects.get(), "unit": Unit.objects.get()}[name]

    response = client.post(reverse(f"admin:people_{name}_delete", args=[row.pk]), {"post": "yes"})

    assert response.status_code in {403, 404}
    assert Person.objects.exists()


@pytest.mark.parametrize(
    ("name", "door"),
    [("logout", "account_logout"), ("password_change", "account_change_password")],
)
def test_the_side_doors_lead_to_the_front_door(
    administrator: Person, client: Client, name: str, door: str
) -> None:
    response = client.post(reverse(f"admin:{name}"))

    assert response["Location"] == reverse(door)
