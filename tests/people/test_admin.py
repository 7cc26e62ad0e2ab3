"""The administrators' pages: open to administrators only, and every change is an entry."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.rules.roles import Role
from tests.people.build import PASSWORD, a_person, a_unit, holding, last_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Person:
    person = holding(Role.ADMINISTRATOR, badge="A-1")
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
    entry = entries_of(f"person:{person.pk}").get()
    came = Client().post("/accounts/login/", {"login": "wang@example.cn", "password": PASSWORD})
    assert (entry.verb, entry.facts) == ("people.added", {"by": "A-1"})
    assert EmailAddress.objects.get(user=person).verified
    assert came["Location"] == "/desk/"


def test_a_change_names_the_fields_and_not_the_values(
    administrator: Person, client: Client
) -> None:
    person = a_person("wang", name="王小雨", email="wang@example.cn")

    client.post(
        reverse("admin:people_person_change", args=[person.pk]),
        {"username": "wang", "name": "王大雨", "email": "w@example.cn", "is_active": "on"},
    )

    person.refresh_from_db()
    entry = entries_of(f"person:{person.pk}").get()
    assert (person.name, person.email) == ("王大雨", "w@example.cn")
    assert entry.facts == {"by": "A-1", "fields": ["姓名", "邮箱"]}
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["w@example.cn"]


def test_a_password_set_by_an_administrator_is_an_entry(
    administrator: Person, client: Client
) -> None:
    person = a_person("wang", password=None)

    client.post(
        reverse("admin:auth_user_password_change", args=[person.pk]),
        {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD},
    )

    came = Client().post("/accounts/login/", {"login": "wang", "password": PASSWORD})
    assert came["Location"] == "/desk/"
    assert entries_of(f"person:{person.pk}").get().verb == "people.changed"


def test_a_new_unit_finds_its_place_in_the_tree(administrator: Person, client: Client) -> None:
    city = a_unit(kind="city")

    client.post(
        reverse("admin:people_unit_add"),
        {"code": "cg", "name": "城管局", "kind": "bureau", "parent": city.pk, "active": "on"},
    )

    unit = Unit.objects.get(code="cg")
    assert unit.path == f"{city.path}{unit.pk}/"
    assert [entry.verb for entry in entries_of("unit:cg")] == ["unit.added"]
    assert not Entry.objects.filter(verb="people.added").exists()


def test_a_unit_keeps_its_place_when_it_is_renamed(administrator: Person, client: Client) -> None:
    unit, other = a_unit("cg"), a_unit()

    client.post(
        reverse("admin:people_unit_change", args=[unit.pk]),
        {"code": "xx", "name": "综合执法局", "kind": "bureau", "parent": other.pk},
    )

    unit.refresh_from_db()
    assert (unit.name, unit.code, unit.parent, unit.active) == ("综合执法局", "cg", None, False)


def test_a_post_is_given_and_ended(administrator: Person, client: Client) -> None:
    person, unit = a_person(badge="B-7"), a_unit("cg")

    client.post(
        reverse("admin:people_post_add"),
        {"person": person.pk, "unit": unit.pk, "role": "handler", "until": ""},
    )
    post = Post.objects.get(person=person)
    client.post(
        reverse("admin:people_post_change", args=[post.pk]),
        {"until": "2099-01-01T00:00"},
    )

    given = entries_of("person:B-7").get(verb="post.given")
    assert given.facts == {"by": "A-1", "role": "handler", "unit": "cg"}
    assert entries_of(f"post:{post.pk}").get().facts == {"by": "A-1", "fields": ["止"]}


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
