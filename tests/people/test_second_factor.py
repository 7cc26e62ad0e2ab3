"""One-time codes, recovery codes and security keys: a password alone does not open the door."""

import base64
import hmac
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from mingchuang.ledger.queries import entries_of
from mingchuang.people.actions.staff import forget_second_factors
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.people.build import LONG_AGO, PASSWORD, a_person, holding, last_entry
from tests.people.token import Token

pytestmark = pytest.mark.django_db
LOGIN, STEP_TWO, KEYS = "/accounts/login/", "/accounts/2fa/authenticate/", "/accounts/2fa/webauthn/"
ACTIVATE = "/accounts/2fa/totp/activate/"


def _code(secret: str) -> str:
    """RFC 6238 by heart: what an authenticator shows now."""
    counter = int(time.time() // 30).to_bytes(8)
    mac = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def _sign_in(client: Client, username: str) -> Any:
    return client.post(LOGIN, {"login": username, "password": PASSWORD})["Location"]


def _sign_in_and_confirm(client: Client, username: str) -> None:
    """Whoever changes how they sign in is asked for the password once more."""
    _sign_in(client, username)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def _activated(client: Client, username: str) -> str:
    """Sign in, scan the code, type what the phone shows; return the secret in the phone."""
    _sign_in_and_confirm(client, username)
    (secret,) = re.findall(r'<code class="num">(\w+)</code>', client.get(ACTIVATE).content.decode())
    client.post(ACTIVATE, {"code": _code(secret)})
    client.post("/accounts/logout/")
    return str(secret)


def test_a_phone_is_added_and_from_then_on_asked_for(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    a_person("wang", badge="B-7")

    with django_capture_on_commit_callbacks(execute=True):
        secret = _activated(client, "wang")
    step = _sign_in(client, "wang")
    halfway = "_auth_user_id" in client.session
    came = client.post(STEP_TWO, {"code": _code(secret)})

    assert step == STEP_TWO
    assert not halfway
    assert came["Location"] == "/desk/"
    assert last_entry("person:B-7").facts == {"ways": ["password", "totp"]}
    changes = entries_of("person:B-7").filter(verb="person.security_changed")
    assert {"totp_activated"} <= {entry.facts["change"] for entry in changes}


def test_a_wrong_code_is_a_sentence_and_an_entry(client: Client) -> None:
    a_person("wang", badge="B-7")
    _activated(client, "wang")
    _sign_in(client, "wang")

    page = client.post(STEP_TWO, {"code": "000000"}).content.decode()

    assert "验证码不对或者已经过期" in page
    assert last_entry("person:B-7").facts == {"way": "code"}


def test_after_five_wrong_codes_the_right_one_waits(client: Client) -> None:
    a_person("wang")
    secret = _activated(client, "wang")
    _sign_in(client, "wang")

    for _ in range(5):
        client.post(STEP_TWO, {"code": "000000"})
    page = client.post(STEP_TWO, {"code": _code(secret)}).content.decode()

    assert "登录失败次数太多" in page


def test_a_code_opens_once(client: Client) -> None:
    a_person("wang")
    secret = _activated(client, "wang")
    code = _code(secret)
    _sign_in(client, "wang")
    client.post(STEP_TWO, {"code": code})

    other = Client()
    _sign_in(other, "wang")

    assert "验证码不对" in other.post(STEP_TWO, {"code": code}).content.decode()


def test_a_recovery_code_opens_once(client: Client) -> None:
    person = a_person("wang")
    _activated(client, "wang")
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]

    _sign_in(client, "wang")
    first = client.post(STEP_TWO, {"code": code})
    other = Client()
    _sign_in(other, "wang")
    second = other.post(STEP_TWO, {"code": code})

    assert first["Location"] == "/desk/"
    assert "验证码不对" in second.content.decode()


def test_secrets_of_second_factors_are_encrypted(client: Client) -> None:
    person = a_person("wang")
    secret = _activated(client, "wang")

    kept = Authenticator.objects.get(user=person, type="totp").data

    assert secret not in str(kept)
    assert kept["secret"].startswith("gAAAA")


def test_who_lost_the_phone_is_let_in_by_password_after_an_administrator_helped(
    client: Client,
) -> None:
    person = a_person("wang", badge="B-7")
    _activated(client, "wang")

    forget_second_factors(person, by=a_person(badge="A-1", is_superuser=True), at=LONG_AGO)

    assert _sign_in(client, "wang") == "/desk/"
    assert entries_of("person:B-7").filter(verb="person.second_factors_forgotten").exists()


@pytest.mark.parametrize("path", ["/desk/me/", "/admin/", "/"])
def test_a_role_that_must_carry_a_second_factor_is_led_to_set_it_up(
    client: Client, settings: Settings, path: str
) -> None:
    settings.MFA_ROLES = (Role.ADMINISTRATOR,)
    client.force_login(holding(Role.ADMINISTRATOR))

    response = client.get(path)

    assert response["Location"] == "/accounts/2fa/"
    assert "您的岗位要求两步登录" in client.get("/accounts/2fa/").content.decode()


def test_the_highest_administrator_is_an_administrator_too(
    client: Client, settings: Settings
) -> None:
    settings.MFA_ROLES = (Role.ADMINISTRATOR,)
    client.force_login(a_person(is_superuser=True))

    assert client.get("/desk/me/")["Location"] == "/accounts/2fa/"


def test_once_it_is_set_up_the_desk_is_open(client: Client, settings: Settings) -> None:
    settings.MFA_ROLES = (Role.HANDLER,)
    holding(Role.HANDLER, username="wang")
    secret = _activated(client, "wang")

    _sign_in(client, "wang")
    client.post(STEP_TWO, {"code": _code(secret)})

    assert client.get("/desk/me/").status_code == 200


def test_other_roles_and_strangers_are_not_bothered(client: Client, settings: Settings) -> None:
    settings.MFA_ROLES = (Role.ADMINISTRATOR,)

    assert client.get(LOGIN).status_code == 200
    client.force_login(holding(Role.HANDLER))
    assert client.get("/desk/me/").status_code == 200


def _with_a_key(client: Client, username: str, *, passwordless: bool) -> Token:
    _sign_in_and_confirm(client, username)
    page = client.get(f"{KEYS}add/")
    token = Token("http://localhost")
    credential = token.register(page.context["js_data"]["creation_options"])
    fields = {"name": "小钥匙", "credential": credential} | (
        {"passwordless": "on"} if passwordless else {}
    )
    client.post(f"{KEYS}add/", fields)
    return token


@pytest.fixture
def localhost() -> Client:
    return Client(SERVER_NAME="localhost")


def test_a_passkey_opens_the_door_without_a_password(localhost: Client) -> None:
    person = a_person("wang", badge="B-7")
    token = _with_a_key(localhost, "wang", passwordless=True)
    localhost.post("/accounts/logout/")

    asked = localhost.get(f"{KEYS}login/", headers={"accept": "application/json"}).json()
    answer = token.answer(asked["request_options"], person)
    came = localhost.post(f"{KEYS}login/", {"credential": answer})

    assert came["Location"] == "/desk/"
    assert last_entry("person:B-7").facts == {"ways": ["webauthn"]}
    assert "小钥匙" in localhost.get(KEYS).content.decode()


def test_a_security_key_is_a_second_step(localhost: Client) -> None:
    person = a_person("wang")
    token = _with_a_key(localhost, "wang", passwordless=False)
    localhost.post("/accounts/logout/")

    _sign_in(localhost, "wang")
    page = localhost.get(STEP_TWO)
    answer = token.answer(page.context["js_data"]["request_options"], person)
    came = localhost.post(STEP_TWO, {"credential": answer})

    assert came["Location"] == "/desk/"


def test_a_key_from_another_address_opens_nothing(localhost: Client) -> None:
    person = a_person("wang", badge="B-7")
    token = _with_a_key(localhost, "wang", passwordless=True)
    localhost.post("/accounts/logout/")
    token.origin = "https://localhost.evil.example"

    asked = localhost.get(f"{KEYS}login/", headers={"accept": "application/json"}).json()
    page = localhost.post(
        f"{KEYS}login/", {"credential": token.answer(asked["request_options"], person)}, follow=True
    )

    assert "验证码不对" in page.content.decode()
    assert "_auth_user_id" not in localhost.session


BROKEN = ["", "{}", "[]", "null", '"x"', '{"id": "a"}', '{"id": 1, "rawId": 2}', "not json"]


@pytest.mark.parametrize("credential", BROKEN)
def test_a_broken_key_is_refused_in_words(localhost: Client, credential: str) -> None:
    a_person("wang")
    _with_a_key(localhost, "wang", passwordless=True)

    added = localhost.post(f"{KEYS}add/", {"name": "x", "credential": credential})
    localhost.post("/accounts/logout/")
    passkey = localhost.post(f"{KEYS}login/", {"credential": credential})
    _sign_in(localhost, "wang")
    second = localhost.post(STEP_TWO, {"credential": credential})

    assert (added.status_code, passkey.status_code, second.status_code) == (200, 302, 200)
    assert "_auth_user_id" not in localhost.session


@pytest.mark.parametrize("page", ["edit/", "remove/"])
def test_a_colleagues_key_does_not_exist(localhost: Client, page: str) -> None:
    person = a_person("wang")
    _with_a_key(localhost, "wang", passwordless=True)
    key = Authenticator.objects.get(user=person, type="webauthn")
    other = Client(SERVER_NAME="localhost")
    other.force_login(a_person("li"))
    other.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert other.get(f"{KEYS}keys/{key.pk}/{page}").status_code == 404


def test_a_key_is_renamed_and_removed(localhost: Client) -> None:
    person = a_person("wang")
    _with_a_key(localhost, "wang", passwordless=True)
    key = Authenticator.objects.get(user=person, type="webauthn")

    localhost.post(f"{KEYS}keys/{key.pk}/edit/", {"name": "大钥匙"})
    renamed = localhost.get(KEYS).content.decode()
    localhost.post(f"{KEYS}keys/{key.pk}/remove/")

    assert "大钥匙" in renamed
    assert not Authenticator.objects.filter(user=person).exists()
    assert Person.objects.filter(pk=person.pk).exists()
