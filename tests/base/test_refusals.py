"""A refusal, and a database that is too busy, are answered with a sentence."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from mingchuang.base.middleware import RefusalMiddleware


def answer(error: Exception, **headers: str) -> HttpResponse | None:
    request = RequestFactory().get("/say/", headers=headers)
    request.user = AnonymousUser()
    return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, error)


def test_a_busy_database_is_a_sentence_and_no_stack_trace() -> None:
    answered = answer(OperationalError("deadlock detected"), accept="application/json")

    assert answered is not None
    assert answered.status_code == 503
    assert b"deadlock" not in answered.content


def test_what_is_a_bug_is_not_called_a_refusal() -> None:
    assert answer(ZeroDivisionError()) is None


@pytest.mark.django_db
def test_a_person_reads_it_as_a_page() -> None:
    answered = answer(OperationalError("database is locked"), accept="text/html")

    assert answered is not None
    assert "请过一会儿再试一次" in answered.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/v/%00/", "/companion/?visit=%00", "/how-long/x/?site=%00"])
def test_a_nul_in_an_address_breaks_neither_database(client: Client, path: str) -> None:
    assert client.get(path).status_code in {200, 404}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent_from", "leads"),
    [("http://testserver/w/1/?a=b", ["/w/1/?a=b"] * 3), ("http://elsewhere/w/1/", [])],
)
def test_a_refusal_leads_back_to_the_page_it_was_sent_from(
    client: Client, sent_from: str, leads: list[str]
) -> None:
    answered = client.post("/w/0000000000000000/take/", headers={"referer": sent_from})

    assert answered.status_code == 404
    shown = re.findall(r'(?:name="next" value|button" href)="(/w/1/[^"]*)"', answered.text)
    assert shown == leads
