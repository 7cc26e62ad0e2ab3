"""The two walls around staff pages: sign in first; and what is not yours does not exist."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from mingchuang.base.errors import NotFound
from mingchuang.people.http import PersonRequest, holds, staff_required
from mingchuang.people.rules.roles import Role
from tests.people.build import a_person, holding

pytestmark = pytest.mark.django_db
StaffOnly = Callable[[HttpRequest, str], HttpResponseBase]


@staff_required
def for_staff(request: PersonRequest, number: str) -> HttpResponse:
    return HttpResponse(f"{request.user.badge} {number}")


@holds(Role.DISPATCHER, Role.SUPERVISOR)
def for_some(request: PersonRequest, number: str) -> HttpResponse:
    return HttpResponse(f"{request.user.badge} {number}")


def _asked_by(person: Any) -> HttpRequest:
    request = RequestFactory().get("/desk/cases/1/?page=2")
    request.user = person
    return request


@pytest.mark.parametrize("view", [for_staff, for_some])
def test_a_stranger_is_asked_to_sign_in(view: StaffOnly) -> None:
    response = view(_asked_by(AnonymousUser()), "1")

    assert response["Location"] == "/accounts/login/?next=/desk/cases/1/%3Fpage%3D2"


@pytest.mark.parametrize("view", [for_staff, for_some])
def test_who_left_is_a_stranger(view: StaffOnly) -> None:
    person = holding(Role.DISPATCHER)
    person.is_active = False

    assert view(_asked_by(person), "1").status_code == 302


def test_staff_come_in_without_any_post() -> None:
    page = for_staff(_asked_by(a_person(badge="B-7")), "1")

    assert isinstance(page, HttpResponse)
    assert page.content == b"B-7 1"


@pytest.mark.parametrize("role", list(Role))
def test_only_who_holds_one_of_the_roles_finds_the_page(role: Role) -> None:
    request = _asked_by(holding(role, badge="B-7"))

    if_allowed = role in {Role.DISPATCHER, Role.SUPERVISOR}
    found = _found(request)

    assert found == if_allowed


def _found(request: HttpRequest) -> bool:
    try:
        for_some(request, "1")
    except NotFound:
        return False
    return True
