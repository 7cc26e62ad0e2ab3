"""The hall's tables in the administrators' pages."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.test import Client

from mingchuang.hall.actions import load_calendar, load_profiles
from mingchuang.hall.models import (
    Notice,
    OpeningHours,
    ServiceItem,
    Site,
    SpecialHours,
    TimeLimit,
)
from mingchuang.ledger.models import Entry
from tests.hall.build import MONDAY, a_clerk, a_guide, a_site, a_window, an_item
from tests.hall.days import shipped

pytestmark = pytest.mark.django_db

TABLES = [
    "site",
    "window",
    "openinghours",
    "specialhours",
    "serviceitem",
    "guide",
    "notice",
    "timelimit",
    "calendaryear",
    "calendarday",
]


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(a_clerk(is_superuser=True))
    return client


def a_shift(site: Site, weekday: int) -> OpeningHours:
    hours = {"opens": time(8, 30), "closes": time(17, 30)}
    return OpeningHours.objects.create(site=site, weekday=weekday, **hours)


def a_day_shut(site: Site) -> SpecialHours:
    return SpecialHours.objects.create(site=site, day=date(2026, 10, 1), kind="closed")


def the_first_limit() -> TimeLimit:
    load_profiles(at=MONDAY)
    return TimeLimit.objects.earliest("profile", "kind", "urgency")


@pytest.mark.parametrize("table", TABLES)
def test_an_administrator_sees_every_table(administrator: Client, table: str) -> None:
    load_calendar(shipped(2026), at=MONDAY)

    assert administrator.get(f"/admin/hall/{table}/").status_code == 200


def test_what_an_administrator_adds_is_recorded(administrator: Client) -> None:
    said = {"title": "停电", "text": "上午停电。", "since": "2026-10-01"}

    administrator.post("/admin/hall/notice/add/", said)

    entry = Entry.objects.get(verb="hall.added")
    assert Notice.objects.get().text == "上午停电。"
    assert entry.subject == Notice.objects.get().subject
    assert entry.facts["by"].startswith("H")


def test_what_an_administrator_changes_is_recorded_by_its_fields(administrator: Client) -> None:
    site = a_site()
    changed = {"name": "城北大厅", "unit": site.unit_id, "address": site.address}

    administrator.post(f"/admin/hall/site/{site.pk}/change/", changed)

    assert Site.objects.get().name == "城北大厅"
    assert Entry.objects.get(verb="hall.changed").subject == "site:north"


def test_a_code_stays_as_it_was_printed(administrator: Client) -> None:
    site = a_site()
    changed = {"code": "south", "name": site.name, "unit": site.unit_id, "address": site.address}

    administrator.post(f"/admin/hall/site/{site.pk}/change/", changed)

    assert Site.objects.get().code == "north"


def test_what_an_administrator_removes_is_recorded(administrator: Client) -> None:
    site = a_site()

    administrator.post(f"/admin/hall/site/{site.pk}/delete/", {"post": "yes"})

    assert not Site.objects.exists()
    assert Entry.objects.get(verb="hall.removed").subject == "site:north"


def test_a_site_is_not_removed_and_the_page_says_what_hangs_on_it(administrator: Client) -> None:
    site = a_site()
    a_window(site, 3)
    a_shift(site, 0)

    page = administrator.post(f"/admin/hall/site/{site.pk}/delete/", {"post": "yes"})

    told = page.content.decode()
    assert "3 综合窗口" in told
    assert "周一 08:30–17:30" in told
    assert Site.objects.exists()
    assert not Entry.objects.filter(verb="hall.removed").exists()


def test_an_item_is_not_removed_while_a_window_takes_it_in(administrator: Client) -> None:
    window, item = a_window(a_site(), 3), an_item()
    window.items.add(item)

    page = administrator.post(f"/admin/hall/serviceitem/{item.pk}/delete/", {"post": "yes"})

    assert "城北政务服务中心 3 综合窗口" in page.content.decode()
    assert ServiceItem.objects.exists()


def test_each_of_many_rows_removed_at_once_is_an_entry(administrator: Client) -> None:
    site = a_site()
    shifts = [a_shift(site, weekday) for weekday in (0, 1)]
    chosen = {"action": "delete_selected", "_selected_action": [s.pk for s in shifts]}

    administrator.post("/admin/hall/openinghours/", {**chosen, "post": "yes"})

    told = Entry.objects.filter(verb="hall.removed").values_list("subject", flat=True)
    assert not OpeningHours.objects.exists()
    assert set(told) == {"openinghours:north-0-0830", "openinghours:north-1-0830"}


ROWS: list[tuple[Callable[[], Any], str]] = [
    (lambda: a_window(a_site(), 3), "window:north-3"),
    (lambda: a_day_shut(a_site()), "specialhours:north-2026-10-01"),
    (a_guide, "guide:pension-check"),
    (an_item, "serviceitem:pension-check"),
    (the_first_limit, "timelimit:bureau_13-assistance-normal"),
]


@pytest.mark.parametrize(("build", "subject"), ROWS)
def test_what_is_gone_can_still_be_told_by_its_name(
    administrator: Client, build: Callable[[], Any], subject: str
) -> None:
    row = build()

    administrator.post(f"/admin/hall/{row._meta.model_name}/{row.pk}/delete/", {"post": "yes"})

    assert Entry.objects.get(verb="hall.removed").subject == subject


def test_a_notice_is_told_by_the_number_the_wall_knows_it_by(administrator: Client) -> None:
    notice = Notice.objects.create(title="停电", text="上午停电。", since=MONDAY.date())

    administrator.post(f"/admin/hall/notice/{notice.pk}/delete/", {"post": "yes"})

    assert Entry.objects.get(verb="hall.removed").subject == f"notice:{notice.pk}"


def test_an_extended_day_without_hours_comes_back_with_a_sentence(administrator: Client) -> None:
    given = {"site": a_site().pk, "day": "2026-10-01", "kind": "extended"}

    page = administrator.post("/admin/hall/specialhours/add/", given)

    assert "其他类别要写开门和关门的时间" in page.content.decode()
    assert not SpecialHours.objects.exists()


def test_what_is_assumed_is_ticked_and_nothing_else_is_taken(administrator: Client) -> None:
    limit = the_first_limit()
    address = f"/admin/hall/timelimit/{limit.pk}/change/"
    given = {name: getattr(limit, name) for name in forms.model_to_dict(limit) if name != "id"}

    wrong = administrator.post(address, {**given, "assumed": ["5"]})
    administrator.post(address, {**given, "assumed": ["finish", "callback"]})

    limit.refresh_from_db()
    assert wrong.status_code == 200
    assert limit.assumed == ["finish", "callback"]
    assert Entry.objects.get(verb="hall.changed").subject == limit.subject


def test_nobody_types_in_a_statutory_day(administrator: Client) -> None:
    assert administrator.get("/admin/hall/calendarday/add/").status_code == 403
