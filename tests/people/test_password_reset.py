"""A forgotten password is set anew by e-mail, over a real SMTP conversation."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from django.test import Client
from pytest_django import Settings

from mingchuang.ledger.queries import entries_of
from tests.people.build import PASSWORD, a_person
from tests.people.postman import Postman, a_postman

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"
NEW = "yu-guo-tian-qing-9"


@pytest.fixture
def postman(settings: Settings) -> Iterator[Postman]:
    with a_postman() as postman:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = postman.address
        yield postman


def _letter(postman: Postman) -> str:
    (raw,) = postman.letters
    letter = message_from_bytes(raw, policy=policy.default)
    return f"{letter['To']}\n{letter['Subject']}\n{letter.get_content()}"


def test_the_letter_leads_to_a_new_password(client: Client, postman: Postman) -> None:
    a_person("wang", name="王小雨", badge="B-7", email="wang@example.cn")

    client.post(RESET, {"email": "wang@example.cn"})
    letter = _letter(postman)
    (link,) = re.findall(r"http://testserver(\S+)", letter)
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    came = client.post("/accounts/login/", {"login": "wang", "password": NEW})

    assert letter.startswith("wang@example.cn\n明窗：重设密码\n王小雨，您好")
    assert came["Location"] == "/desk/"
    assert [e.facts for e in entries_of("person:B-7").filter(verb="person.security_changed")] == [
        {"change": "password_reset"}
    ]


def test_a_new_colleague_without_a_password_sets_one_by_letter(
    client: Client, postman: Postman
) -> None:
    a_person("wang", email="wang@example.cn", password=None)

    client.post(RESET, {"email": "wang@example.cn"})

    assert "wang" in _letter(postman)


def test_a_link_works_once(client: Client, postman: Postman) -> None:
    a_person("wang", email="wang@example.cn")
    client.post(RESET, {"email": "wang@example.cn"})
    (link,) = re.findall(r"http://testserver(\S+)", _letter(postman))
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})

    again = Client().get(link)

    assert "已经用过，或者过期了" in again.content.decode()


def test_a_weak_password_is_refused_in_words(client: Client, postman: Postman) -> None:
    a_person("wang", email="wang@example.cn")
    client.post(RESET, {"email": "wang@example.cn"})
    (link,) = re.findall(r"http://testserver(\S+)", _letter(postman))

    page = client.post(client.get(link)["Location"], {"password1": "123", "password2": "123"})

    assert "密码" in page.content.decode()
    assert 'class="errorlist"' in page.content.decode()


def test_a_stranger_gets_the_same_page_and_no_letter(client: Client, postman: Postman) -> None:
    a_person("wang", email="wang@example.cn")

    known = client.post(RESET, {"email": "wang@example.cn"}, follow=True)
    unknown = client.post(RESET, {"email": "nobody@example.cn"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert "如果这个邮箱登记在某个账号上" in unknown.content.decode()
    assert len(postman.letters) == 1


def test_when_no_mail_can_leave_one_is_told_what_to_do(client: Client, settings: Settings) -> None:
    with a_postman() as closed:
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.address
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    a_person("wang", email="wang@example.cn")

    page = client.post(RESET, {"email": "wang@example.cn"})

    assert page.status_code == 503
    assert "邮件暂时没有发出去" in page.content.decode()


def test_a_changed_password_is_an_entry_and_opens_the_door(client: Client) -> None:
    person = a_person("wang", badge="B-7")
    client.force_login(person)

    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )
    came = Client().post("/accounts/login/", {"login": "wang", "password": NEW})

    assert came["Location"] == "/desk/"
    assert entries_of("person:B-7").filter(facts={"change": "password_changed"}).exists()
