"""A supervisor asks how many windows a line needs, leaves, and comes back to the plan."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from mingchuang.hall.models import OpeningHours
from mingchuang.people.rules.roles import Role
from mingchuang.visits.models import Line, Plan
from mingchuang.visits.reckoning import reckon
from mingchuang.visits.rules.making import Making
from tests.build import A_DAY, MONDAY, a_person, the_holder
from tests.visits.hall import a_line
from tests.visits.test_reckoning import a_day_at

ASKED = {"kind": "plain", "share": "90", "minutes": "20"}
pytestmark = pytest.mark.django_db


def a_supervised_line(client: Client, *, people: int = 12) -> Line:
    """A line with a Monday behind it, and its supervisor signed in."""
    line = a_line()
    for weekday in range(7):
        OpeningHours.objects.create(site=line.site, weekday=weekday, opens=time(9), closes=time(11))
    if people:
        a_day_at(line, MONDAY, people=people)
    client.force_login(the_holder(Role.SUPERVISOR, line.site.unit))
    return line


def a_plan_asked(client: Client, line: Line, **given: str) -> Plan:
    client.post("/desk/staffing/", {"line": str(line.pk), **ASKED, **given})
    plan = Plan.objects.get()
    # As if it had been asked the day after.
    Plan.objects.update(at=MONDAY + A_DAY)
    return plan


def test_a_plan_is_asked_for_and_waits_on_its_page(client: Client) -> None:
    line = a_supervised_line(client)

    answer = client.post("/desk/staffing/", {"line": str(line.pk), **ASKED}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/desk/staffing/{Plan.objects.get().pk}/", 302)]
    assert "正在算" in page
    assert 'hx-trigger="every 2s"' in page


def test_a_plan_is_shown_beside_the_rota(client: Client) -> None:
    line = a_supervised_line(client)
    plan = a_plan_asked(client, line)
    reckon(now)

    page = client.get(f"/desk/staffing/{plan.pk}/").content.decode()

    assert 'hx-trigger="every 2s"' not in page
    assert "依据最近八周里 1 天、12 位来访" in page
    assert page.count('<figure class="chart') == 2
    assert "全天少一个窗口" in page
    needed = Plan.objects.get().facts["plan"][0]["windows"]
    assert needed > 1
    assert f"少 {needed - 1} 个" in page


def test_where_nobody_was_served_it_says_what_to_do(client: Client) -> None:
    plan = a_plan_asked(client, a_supervised_line(client, people=0))
    reckon(now)

    page = client.get(f"/desk/staffing/{plan.pk}/").content.decode()

    assert "还没有一位办完的来访" in page


def test_a_follower_that_does_not_run_is_told_of(client: Client) -> None:
    plan = a_plan_asked(client, a_supervised_line(client))
    Plan.objects.update(at=now() - timedelta(minutes=3))

    page = client.get(f"/desk/staffing/{plan.pk}/").content.decode()

    assert "mingchuang follow" in page


def test_nonsense_comes_back_in_words(client: Client) -> None:
    line = a_supervised_line(client)

    answer = client.post("/desk/staffing/", {"line": str(line.pk), **ASKED, "share": "150"})

    assert answer.status_code == 422
    assert not Plan.objects.exists()


def test_another_supervisor_sees_no_plan_of_ours(client: Client) -> None:
    line = a_supervised_line(client)
    plan = a_plan_asked(client, line)
    other = a_line()
    client.force_login(a_person(Role.SUPERVISOR, unit=other.site.unit))

    assert client.get(f"/desk/staffing/{plan.pk}/").status_code == 404
    assert client.post("/desk/staffing/", {"line": str(line.pk), **ASKED}).status_code == 422


def test_the_page_takes_as_many_statements_however_many_plans(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    line = a_supervised_line(client)
    who = the_holder(Role.SUPERVISOR, line.site.unit)
    Plan.objects.bulk_create(
        Plan(line=line, kind="0", by=who, at=now(), state=Making.WAITING) for _ in range(20)
    )

    with django_assert_max_num_queries(10):
        client.get("/desk/staffing/")
