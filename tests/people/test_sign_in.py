"""Staff sign in by name or e-mail and password; failures wait; all of it is in the ledger."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.people.build import PASSWORD, a_person, a_unit, holding, last_entry

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
CLOSED = ["signup/", "email/", "confirm-email/", "login/code/", "3rdparty/", "social/signup/"]


def _sign_in(client: Client, login: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": login, "password": password})


@pytest.mark.parametrize("login", ["wang", "WANG", "wang@example.cn", "Wang@Example.cn"])
def test_staff_sign_in_by_name_or_email(client: Client, login: str) -> None:
    person = a_person("wang", email="wang@example.cn")

    response = _sign_in(client, login)

    assert response.status_code == 302
    assert response["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_signing_in_and_out_are_entries(client: Client) -> None:
    a_person("wang", badge="B-7")

    _sign_in(client, "wang")
    client.post("/accounts/logout/")

    came, went = entries_of("person:B-7")[1:]
    assert (came.verb, came.facts) == ("person.signed_in", {"ways": ["password"]})
    assert (went.verb, went.facts) == ("person.signed_out", {})
    assert "_auth_user_id" not in client.session


def test_a_wrong_password_is_a_sentence_and_an_entry(client: Client) -> None:
    a_person("wang", badge="B-7")

    page = _sign_in(client, "wang", "qwerty").content.decode()

    assert "用户名或密码不对" in page
    assert 'value="wang"' in page
    assert last_entry("person:B-7").verb == "person.refused"


def test_what_a_stranger_typed_is_not_kept(client: Client) -> None:
    _sign_in(client, "hao-yun-lai-2026", "x")

    entry = Entry.objects.get()

    assert (entry.subject, entry.facts) == ("person:unknown", {"way": "password"})


def test_after_five_failures_the_right_password_waits_too(client: Client) -> None:
    a_person("wang", badge="B-7")

    for _ in range(5):
        _sign_in(client, "wang", "qwerty")
    page = _sign_in(client, "wang").content.decode()

    assert "登录失败次数太多" in page
    assert "5 分钟" in page
    assert "_auth_user_id" not in client.session
    assert entries_of("person:B-7").filter(verb="person.refused").count() == 5


def test_a_lock_is_not_forgotten_however_many_other_names_are_tried(client: Client) -> None:
    a_person("wang")
    for _ in range(5):
        _sign_in(client, "wang", "qwerty")

    for n in range(400):
        known = {"login": f"nobody{n}", "password": "qwerty"}
        client.post(LOGIN, known, REMOTE_ADDR=f"10.0.{n // 200}.{n % 200}")
    page = _sign_in(client, "wang").content.decode()

    assert "登录失败次数太多" in page


def test_failures_from_one_ipv6_network_wait_whichever_address_they_come_from(
    client: Client,
) -> None:
    a_person("wang")

    for n in range(20):
        known = {"login": f"nobody{n}", "password": "qwerty"}
        client.post(LOGIN, known, REMOTE_ADDR=f"2001:db8:1:2::{n}")
    known = {"login": "wang", "password": PASSWORD}
    page = client.post(LOGIN, known, REMOTE_ADDR="2001:db8:1:2::ffff").content.decode()

    assert "登录失败次数太多" in page


def test_a_colleague_is_not_kept_out_by_somebody_elses_failures(client: Client) -> None:
    a_person("wang")
    a_person("li")

    for _ in range(5):
        _sign_in(client, "wang", "qwerty")
    response = _sign_in(client, "li")

    assert response.status_code == 302


def test_many_failures_from_one_address_wait_whatever_the_name(client: Client) -> None:
    a_person("wang")

    for n in range(20):
        _sign_in(client, f"nobody{n}", "qwerty")
    page = _sign_in(client, "wang").content.decode()

    assert "登录失败次数太多" in page


def test_no_address_is_kept_for_the_limits(client: Client) -> None:
    client.post(LOGIN, {"login": "x", "password": "y"}, REMOTE_ADDR="203.0.113.7")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM base_cache")
        kept = [key for (key,) in cursor.fetchall()]

    assert kept
    assert not [key for key in kept if "203.0.113.7" in key]


def test_who_left_is_told_so(client: Client) -> None:
    person = a_person("wang")
    Person.objects.filter(pk=person.pk).update(is_active=False)

    page = client.post(LOGIN, {"login": "wang", "password": PASSWORD}, follow=True)

    assert "账号已停用" in page.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", CLOSED)
def test_nobody_signs_up_or_changes_addresses(client: Client, path: str) -> None:
    client.force_login(a_person())

    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}").status_code == 404


def test_a_stranger_is_led_from_a_staff_page_to_the_door_and_back(client: Client) -> None:
    a_person("wang")

    door = client.get("/desk/me/")
    came = client.post(door["Location"], {"login": "wang", "password": PASSWORD})

    assert door["Location"] == "/accounts/login/?next=/desk/me/"
    assert came["Location"] == "/desk/me/"


def test_nobody_is_led_to_another_house(client: Client) -> None:
    a_person("wang")

    came = client.post(
        f"{LOGIN}?next=https://evil.example/", {"login": "wang", "password": PASSWORD}
    )

    assert came["Location"] == "/desk/"


def test_my_page_shows_my_posts_and_my_badge(client: Client) -> None:
    client.force_login(holding(Role.HANDLER, a_unit("chengguan"), badge="B-42"))

    page = client.get("/desk/me/").content.decode()

    assert "B-42" in page
    assert "承办人员" in page
    assert "单位 chengguan" in page
    assert "管理单位与人员" not in page


def test_who_has_no_post_is_told_what_to_do(client: Client) -> None:
    client.force_login(a_person())

    assert "请联系管理员安排岗位" in client.get("/desk/me/").content.decode()


PAGES = [
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "socialaccount_login_cancelled",
]
PAGES_OF_STAFF = [
    "people:me",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
]


@pytest.mark.parametrize("name", PAGES)
def test_every_door_speaks_chinese_and_wears_our_clothes(client: Client, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert 'class="brand"' in response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", PAGES_OF_STAFF)
def test_every_page_of_the_account_does_too(client: Client, name: str) -> None:
    client.force_login(a_person())

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert 'class="brand"' in response.content.decode()
