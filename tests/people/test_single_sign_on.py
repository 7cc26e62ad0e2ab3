"""The town's own identity service: staff are matched by verified e-mail, nobody is made up."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from tests.people.build import PASSWORD, a_person, last_entry
from tests.people.identity import Identity, an_identity_service

pytestmark = pytest.mark.django_db
START = "/accounts/oidc/staff/login/"


def _configured(settings: Settings, url: str) -> None:
    app = {
        "provider_id": "staff",
        "name": "甬江统一认证",
        "client_id": "mingchuang",
        "secret": "a-secret",
        "settings": {"server_url": url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }


@pytest.fixture
def identity(settings: Settings) -> Iterator[Identity]:
    with an_identity_service() as identity:
        _configured(settings, identity.url)
        yield identity


def _come_back(client: Client, **wrong: str) -> Any:
    """Go to the identity service and come back with what it gave."""
    asked = parse_qs(urlsplit(client.get(START)["Location"]).query)
    back = {"code": "a-code", "state": asked["state"][0]} | wrong
    return client.get(f"{START}callback/", back)


def test_the_door_shows_the_service_only_where_there_is_one(
    client: Client, settings: Settings
) -> None:
    without = client.get("/accounts/login/").content.decode()
    _configured(settings, "http://127.0.0.1:1")
    with_it = client.get("/accounts/login/").content.decode()

    assert START not in without
    assert f'href="{START}?process=login"' in with_it
    assert "用甬江统一认证登录" in with_it


def test_without_a_service_its_addresses_do_not_exist(client: Client) -> None:
    assert client.get(START).status_code == 404


def test_the_way_there_is_bound_to_this_visit(client: Client, identity: Identity) -> None:
    away = client.get(START)["Location"]

    asked = parse_qs(urlsplit(away).query)
    assert away.startswith(f"{identity.url}/authorize?")
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/accounts/oidc/staff/login/callback/"]


def test_a_colleague_comes_in_by_verified_email(client: Client, identity: Identity) -> None:
    person = a_person("wang", badge="B-7", email="wang@example.cn")
    identity.claims = {"sub": "u-1", "email": "Wang@example.cn", "email_verified": True}

    came = _come_back(client)

    assert came["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert last_entry("person:B-7").facts == {"ways": ["socialaccount"]}


def test_the_password_still_opens_afterwards(client: Client, identity: Identity) -> None:
    a_person("wang", email="wang@example.cn")
    identity.claims = {"sub": "u-1", "email": "wang@example.cn", "email_verified": True}
    _come_back(client)

    came = Client().post("/accounts/login/", {"login": "wang", "password": PASSWORD})

    assert came["Location"] == "/desk/"


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "u-1", "email": "stranger@example.cn", "email_verified": True},
        {"sub": "u-1", "email": "wang@example.cn", "email_verified": False},
        {"sub": "u-1", "email": "wang@example.cn"},
        {"sub": "u-1"},
    ],
    ids=["unknown", "unverified", "unsaid", "without"],
)
def test_anybody_else_is_refused_in_words_and_no_account_is_made(
    client: Client, identity: Identity, claims: dict[str, object]
) -> None:
    a_person("wang", email="wang@example.cn")
    identity.claims = claims

    page = _come_back(client)

    assert page.status_code == 403
    assert "没有与您已验证邮箱对应的工作人员账号" in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert Person.objects.count() == 1
    assert Entry.objects.latest("pk").facts == {"way": "oidc"}


def test_who_left_does_not_come_in_by_the_side_door(client: Client, identity: Identity) -> None:
    person = a_person("wang", email="wang@example.cn")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    identity.claims = {"sub": "u-1", "email": "wang@example.cn", "email_verified": True}

    came = _come_back(client)

    assert came["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_a_visit_that_did_not_begin_here_is_refused(client: Client, identity: Identity) -> None:
    a_person("wang", email="wang@example.cn")
    identity.claims = {"sub": "u-1", "email": "wang@example.cn", "email_verified": True}

    page = _come_back(client, state="forged")

    assert "没有登录成功" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_who_turns_back_is_told_so(client: Client, identity: Identity) -> None:
    page = _come_back(client, error="access_denied", code="")

    assert page["Location"] == "/accounts/oidc/cancelled/"


def test_a_silent_service_is_a_sentence(client: Client, settings: Settings) -> None:
    with an_identity_service() as gone:
        _configured(settings, gone.url)

    page = client.get(START)

    assert page.status_code == 503
    assert "统一身份认证服务暂时没有响应" in page.content.decode()
