"""What anybody reads of a window: who is on duty, by badge; the name only if the hall wants it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from mingchuang.hall.models import Site
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.calling import call_next
from mingchuang.visits.actions.desks import sign_on, step_away
from mingchuang.visits.models import Line
from tests.build import a_person
from tests.visits.hall import a_clerk, a_line, a_visit

pytestmark = pytest.mark.django_db


def look(line: Line, number: int = 1) -> Any:
    return Client().get(reverse("visits:window", args=[line.site.code, number]))


def test_the_card_tells_the_badge_and_not_the_name() -> None:
    line = a_line()
    clerk = a_clerk(line, at=now())

    page = look(line).content.decode()
    over_it = Client().get(reverse("visits:window_display", args=[line.site.code, 1]))

    assert clerk.badge in page
    assert clerk.name not in page + over_it.content.decode()
    assert reverse("reviews:rate_window", args=[line.site.code, 1]) in page


def test_where_the_hall_wants_it_the_card_tells_the_name_beside_the_languages() -> None:
    line = a_line()
    clerk = a_person(Role.RECEPTION, unit=line.site.unit)
    sign_on(line.site.windows.get().pk, by=clerk, at=now(), languages="宁波话")
    Site.objects.update(names_on_cards=True)

    page = look(line).content.decode()
    over_it = Client().get(reverse("visits:window_display", args=[line.site.code, 1]))

    assert clerk.name in page
    assert "宁波话" in page
    assert clerk.name in over_it.content.decode()


def test_a_pause_and_an_empty_window_are_said() -> None:
    line = a_line()

    empty = look(line).content.decode()
    clerk = a_clerk(line, at=now())
    idle = look(line).content.decode()
    step_away(by=clerk, at=now())
    paused = look(line).content.decode()

    assert "现在没有人在岗" in empty
    assert "现在没有人在办" in idle
    assert "正在办理" not in idle
    assert "窗口暂停，稍后继续" in paused


def test_the_last_number_is_told_and_no_more(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    line = a_line()
    a_visit(line, at=now())
    call_next(by=a_clerk(line, at=now()), at=now())

    with django_assert_max_num_queries(8):
        page = look(line).content.decode()

    assert "A001" in page
    assert "已叫号，正在等人过来" in page


def test_a_window_there_is_not_is_not_found() -> None:
    assert look(a_line(), 99).status_code == 404
