"""The hall's tables in the administrators' pages."""

import pytest
from django.test import Client

from mingchuang.hall.actions import load_calendar
from mingchuang.hall.models import Site, Standard
from mingchuang.ledger.models import Entry
from tests.hall.build import MONDAY, a_clerk, a_site
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
    "standard",
    "timelimit",
    "calendaryear",
    "calendarday",
]


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(a_clerk(is_superuser=True))
    return client


@pytest.mark.parametrize("table", TABLES)
def test_an_administrator_sees_every_table(administrator: Client, table: str) -> None:
    load_calendar(shipped(2026), at=MONDAY)

    assert administrator.get(f"/admin/hall/{table}/").status_code == 200


def test_what_an_administrator_adds_is_recorded(administrator: Client) -> None:
    administrator.post("/admin/hall/standard/add/", {"code": "1", "text": "亮牌上岗。", "order": 1})

    clause = Standard.objects.get()
    entry = Entry.objects.get(verb="hall.added")
    assert entry.subject == f"standard:{clause.pk}"
    assert entry.facts["by"].startswith("H")


def test_what_an_administrator_changes_is_recorded_by_its_fields(administrator: Client) -> None:
    site = a_site()
    changed = {"code": "north", "name": "城北大厅", "unit": site.unit_id, "address": site.address}

    administrator.post(f"/admin/hall/site/{site.pk}/change/", changed)

    assert Site.objects.get().name == "城北大厅"
    assert Entry.objects.get(verb="hall.changed").subject == f"site:{site.pk}"


def test_what_an_administrator_removes_is_recorded(administrator: Client) -> None:
    site = a_site()

    administrator.post(f"/admin/hall/site/{site.pk}/delete/", {"post": "yes"})

    assert not Site.objects.exists()
    assert Entry.objects.get(verb="hall.removed").subject == f"site:{site.pk}"


def test_nobody_types_in_a_statutory_day(administrator: Client) -> None:
    assert administrator.get("/admin/hall/calendarday/add/").status_code == 403
