"""What holds for every page: odd addresses, long lists, the front page and its figures."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate, now, override
from pytest_django import DjangoAssertNumQueries

from mingchuang.cases.actions.handling import publish_reply
from mingchuang.cases.models import Case
from mingchuang.hall.models import Notice
from tests.build import MONDAY, a_case, a_dispatcher, the_handler, the_town
from tests.cases.reading import words_of

pytestmark = pytest.mark.django_db

HUGE = "9" * 30


def a_published_answer(headline: str) -> Case:
    case = a_case("replied")
    publish_reply(case.number, headline, by=the_handler(case), at=MONDAY)
    return case


@pytest.mark.parametrize(
    "path",
    [
        "/r/%00/AAAA-BBBB-CCCC/",
        "/r/YJ-2026-000001/%00/",
        "/r/%F0%9F%92%A1/%E2%80%AE/",
        f"/r/{'9' * 3000}/AAAA/",
        f"/r/YJ-2026-000001/AAAA/photo/{HUGE}/",
        "/desk/cases/%00/",
        "/desk/cases/%00-1/",
        f"/desk/cases/YJ-2026-{HUGE}/",
        "/desk/cases/YJ-2026-%EF%BC%91/",
        "/desk/cases/YJ-2026-000001/%C3%BC/",
        "/desk/slip/%00/",
        f"/desk/photos/{HUGE}/",
        f"/desk/pleas/{HUGE}/",
        "/desk/submissions/%00/redact/",
        f"/desk/submissions/YJ-2026-1/remarks/{HUGE}/",
        "/nowhere/",
    ],
)
def test_an_odd_address_is_a_page_that_says_there_is_nothing(client: Client, path: str) -> None:
    client.force_login(a_dispatcher())

    answer = client.get(path)

    assert answer.status_code == 404
    assert "没有" in words_of(answer)


@pytest.mark.parametrize(
    "path",
    [
        f"/desk/?unit={HUGE}&page={HUGE}",
        "/desk/?state=%00&kind=%00&time=%00&q=%00",
        "/desk/?q=%25_%27%22%5C",
        f"/desk/?q=YJ-2026-{HUGE}",
        "/answers/?page=%00",
        f"/guides/?q={'路' * 500}",
        "/say/?kind=%00",
    ],
)
def test_an_odd_question_is_answered_all_the_same(client: Client, path: str) -> None:
    client.force_login(a_dispatcher())

    assert client.get(path).status_code in {200, 422}


def test_the_front_page_counts_what_is_owed(client: Client) -> None:
    late, *_others = [a_case(state) for state in ("accepted", "accepted", "accepted", "replied")]
    Case.objects.update(due_at=now() + timedelta(days=3))
    Case.objects.filter(pk=late.pk).update(due_at=now() - timedelta(days=3))

    page = words_of(client.get("/"))

    assert "正在办理 3 件" in page
    assert "已经逾期 1 件" in page


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_front_page_hangs_out_what_counts_today_where_it_hangs(
    client: Client, zone: str
) -> None:
    """In one of these two places it is never the day that it is in London."""
    the_town()

    with override(zone):
        today = localdate()
        Notice.objects.create(title="今天停水", text="六点到八点。", since=today, until=today)
        page = words_of(client.get("/"))

    assert "今天停水" in page


def test_the_front_page_costs_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(4):
        a_published_answer(f"第 {n} 盏灯修好了")

    with django_assert_max_num_queries(3):
        client.get("/")


def test_the_answers_cost_the_same_however_many_there_are(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(4):
        a_published_answer(f"第 {n} 盏灯修好了")

    with django_assert_max_num_queries(2):
        client.get("/answers/")


@pytest.mark.parametrize(("page", "shown"), [("2", 1), ("99", 1), ("0", 20), ("一", 20)])
def test_the_answers_go_on_over_pages(client: Client, page: str, shown: int) -> None:
    for n in range(21):
        a_published_answer(f"第 {n} 盏灯修好了")

    found = client.get("/answers/", {"page": page}).content.decode()

    assert found.count("盏灯修好了") == shown


def test_before_anything_was_answered_the_pages_say_so(client: Client) -> None:
    the_town()

    assert "还没有公开的答复" in words_of(client.get("/"))
    assert client.get("/answers/").status_code == 200


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_ways_to_ask_change_nothing(client: Client, method: str) -> None:
    case = a_case("received")
    client.force_login(a_dispatcher())

    getattr(client, method)(f"/desk/cases/{case.number}/accept/")

    assert Case.objects.get().state == "received"
