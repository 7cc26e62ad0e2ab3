"""Before one comes: how long it takes now. And how good what we say has been."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from mingchuang.base.memory import forget
from mingchuang.hall.models import SpecialHours
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.models import Known, Line, Visit
from mingchuang.visits.reckoning import reckon
from mingchuang.visits.rules.forecast.published import Became, Errors, Left, record_of
from mingchuang.visits.rules.shares import percent
from tests.build import A_DAY, a_person
from tests.hall.build import a_guide, an_item
from tests.visits.hall import a_clerk, a_line, a_visit

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def yesterday() -> datetime:
    return localtime(now()).replace(hour=9, minute=0, second=0, microsecond=0) - A_DAY


def a_day_of(line: Line, *, people: int = 6, calls: int = 5) -> None:
    """So many take a number a minute apart; the first are called, six minutes apart."""
    clerk, nine = a_clerk(line, at=yesterday()), yesterday()
    for n in range(people):
        a_visit(line, at=nine + n * MINUTE)
    for n in range(1, calls + 1):
        call_next(by=clerk, at=nine + 6 * n * MINUTE)
        finish(by=clerk, at=nine + (6 * n + 5) * MINUTE)


def test_a_guide_leads_to_how_long_it_takes_now(client: Client) -> None:
    line = a_line()
    guide = a_guide(item=line.items.get())
    clerk = a_clerk(line, at=now())
    a_visit(line, at=now())
    call_next(by=clerk, at=now())

    page = client.get(f"/guides/{guide.item.code}/").content.decode()
    words = client.get(f"/how-long/{guide.item.code}/?site={line.site.code}").content.decode()
    whole = client.get(f"/how-long/{guide.item.code}/").content.decode()

    assert f'hx-get="/how-long/{guide.item.code}/?site={line.site.code}"' in page
    assert "现在来，等候" in words
    assert "分钟" in words
    assert "<html" not in words
    assert line.site.name in whole


def test_where_a_window_is_free_nobody_waits(client: Client) -> None:
    line = a_line()
    guide = a_guide(item=line.items.get())
    a_clerk(line, at=now())

    words = client.get(f"/how-long/{guide.item.code}/?site={line.site.code}").content.decode()

    assert "现在来，<b>不用等</b>" in words
    assert "分钟" not in words


def test_while_the_doors_are_shut_nobody_is_told_to_come(client: Client) -> None:
    line = a_line()
    guide = a_guide(item=line.items.get())
    SpecialHours.objects.create(site=line.site, day=localdate(), kind="closed")
    a_clerk(line, at=now())

    words = client.get(f"/how-long/{guide.item.code}/?site={line.site.code}").content.decode()
    display = client.get(reverse("visits:display", args=[line.site.code])).content.decode()
    card = client.get(reverse("visits:window", args=[line.site.code, 1])).content.decode()
    client.force_login(a_person(Role.RECEPTION, unit=line.site.unit))
    counter = client.get("/desk/numbers/").content.decode()
    board = client.get("/desk/hall/").content.decode()

    assert "大厅今天不再开门。" in words
    assert "（没有人在等，大厅现在不开门）" in counter
    assert "窗口有人在岗，大厅现在不开门" in card
    assert not re.search("不用等|空着", words + display + card + counter + board)


def test_while_no_window_calls_nothing_is_promised(client: Client) -> None:
    line = a_line()
    guide = a_guide(item=line.items.get())

    words = client.get(f"/how-long/{guide.item.code}/?site={line.site.code}").content.decode()

    assert "现在没有窗口在叫号" in words


def test_a_window_that_does_not_take_the_item_is_no_promise_for_it(client: Client) -> None:
    line, rare = a_line(windows=2), an_item("rare")
    a_guide(item=rare)
    line.items.add(rare)
    line.site.windows.get(number=2).items.add(rare)
    a_clerk(line, 1, at=now())

    words = client.get(f"/how-long/rare/?site={line.site.code}").content.decode()
    a_clerk(line, 2, at=now())
    forget()
    free = client.get(f"/how-long/rare/?site={line.site.code}").content.decode()

    assert "现在没有窗口在叫号" in words
    assert "不用等" in free


def test_a_place_without_a_line_says_nothing(client: Client) -> None:
    guide = a_guide()

    words = client.get(f"/how-long/{guide.item.code}/?site=nowhere").content.decode()
    page = client.get(f"/how-long/{guide.item.code}/").content.decode()

    assert words.strip() == ""
    assert "还没有开设取号的队列" in page


def test_the_record_counts_what_was_told_and_what_is_left_out(client: Client) -> None:
    line = a_line()
    a_day_of(line, people=8, calls=5)
    gone, phone = Visit.objects.order_by("-pk")[:2]
    Visit.objects.filter(pk=gone.pk).update(state="missed", ended_at=now())
    Visit.objects.filter(pk=phone.pk).update(origin="phone")
    reckon(now)

    page = client.get("/how-long/").content.decode()
    table = client.get("/how-long/record.csv").content.decode("utf-8-sig").splitlines()

    assert 'data-th="告知人次">8</td>' in page
    assert "叫到前离开 1" in page
    assert "手机取号 1" in page
    assert "没有叫到 1" in page
    assert len(table) == 3
    cells = table[1].split(",")
    assert cells[2] == "8"
    assert cells[6] == "5"
    assert cells[7] == "0", "nobody had been called before any of them came"


def test_the_record_of_a_service_counts_who_came_for_it_and_who_did_not_say(
    client: Client,
) -> None:
    line = a_line()
    plain, rare = line.items.get(), an_item(f"{line.site.code}-rare", name="补换证件")
    line.items.add(rare)
    line.site.windows.get().items.add(rare)
    a_day_of(line, people=6, calls=5)
    first, second = Visit.objects.order_by("pk")[:2]
    first.items.set([rare])
    second.items.set([plain, rare])
    reckon(now)

    page = client.get("/how-long/").content.decode()
    services = {one["name"]: one for one in Known.objects.get().services}

    told = {name: (one["told"], one["said"], one["judged"]) for name, one in services.items()}
    assert told == {plain.name: (5, 1, 4), "补换证件": (6, 2, 5)}
    assert services["补换证件"]["inside"] == Known.objects.get().record[0]["record"]["inside"]
    assert "按事项看" in page
    assert 'data-th="其中本人说明要办的">2</td>' in page
    table = client.get("/how-long/record.csv").content.decode("utf-8-sig")
    assert "告知人次,其中本人说明要办的,比率" in table
    assert "按事项,补换证件,6,2," in table


def test_the_record_takes_one_statement(client: Client, django_assert_num_queries: Any) -> None:
    a_day_of(a_line())
    a_day_of(a_line("B"))
    reckon(now)

    with django_assert_num_queries(1):
        answer = client.get("/how-long/")

    assert answer.status_code == 200


def test_before_anything_was_told_the_page_says_so(client: Client) -> None:
    assert "还没有满一天的记录" in client.get("/how-long/").content.decode()
    assert client.get("/how-long/record.pdf").status_code == 404


def test_errors_are_those_of_the_same_visits() -> None:
    became = [
        Became(5, 10, 20, 12, 15),
        Became(5, 10, 20, 30, 21),
        Became(1, 2, 3, None, 2),
        Became(1, 2, 3, 4, None, Left.LEFT),
    ]

    record = record_of(became)

    assert (record.told, record.judged, record.inside, record.compared) == (4, 3, 2, 2)
    assert record.ours == Errors(median=8, bias=-8)
    assert record.les == Errors(median=6, bias=3)
    assert (record.left, record.phone, record.waits) == (1, 0, 0)


def test_only_all_is_a_hundred_percent() -> None:
    assert [percent(1999, 2000), percent(1, 3000), percent(2, 2), percent(0, 0)] == [
        "99.9%",
        "0.1%",
        "100.0%",
        "—",
    ]
