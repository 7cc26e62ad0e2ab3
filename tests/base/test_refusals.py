"""A refusal, and a database that is too busy, are answered with a sentence."""

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
@pytest.mark.parametrize("path", ["/v/%00/", "/how-long/?site=%00"])
def test_an_address_with_a_nul_leads_nowhere_on_either_database(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
