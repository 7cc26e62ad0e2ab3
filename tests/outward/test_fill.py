"""`mingchuang bench fill`: made-up cases that are read, counted and audited like any other."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mingchuang.cases.models import Case, Submission
from mingchuang.cases.rules.life import State
from mingchuang.ledger.models import Entry
from mingchuang.outward.measuring.fill.filling import cases_filled, fill
from mingchuang.people.models import Person
from tests.build import MONDAY, a_submission, the_town

pytestmark = pytest.mark.django_db
FEW = 120


def filled(seed: int = 1) -> list[tuple[object, ...]]:
    fill(FEW, at=MONDAY, seed=seed)
    return list(Case.objects.order_by("pk").values_list("title", "received_at", "state"))


@pytest.fixture
def _a_filled_town() -> None:
    fill(FEW, at=MONDAY)


@pytest.mark.usefixtures("_a_filled_town")
def test_there_are_as_many_cases_as_were_asked_for_over_three_years() -> None:
    years = set(Case.objects.values_list("received_at__year", flat=True))

    assert Case.objects.count() == Submission.objects.count() == cases_filled() == FEW
    assert years == {2023, 2024, 2025, 2026}


@pytest.mark.usefixtures("_a_filled_town")
def test_what_is_made_up_passes_the_audit() -> None:
    out = io.StringIO()

    call_command("audit", "--json", stdout=out)

    assert json.loads(out.getvalue())["faults"] == []


@pytest.mark.usefixtures("_a_filled_town")
def test_most_are_closed_and_the_newest_are_open() -> None:
    states = set(Case.objects.values_list("state", flat=True))

    oldest_open = Case.objects.open().earliest("pk")

    assert {State.ARCHIVED, State.DECLINED} <= states
    assert 0 < Case.objects.open().count() < FEW / 4
    assert oldest_open.pk > FEW / 2


@pytest.mark.usefixtures("_a_filled_town")
def test_the_inbox_and_a_case_can_be_read_and_say_that_it_is_synthetic(client: Client) -> None:
    client.force_login(Person.objects.get(badge="B-0"))
    case = Case.objects.filter(state=State.ARCHIVED).latest("pk")

    inbox = client.get("/desk/?view=all").content.decode()
    page = client.get(f"/desk/cases/{case.number}/").content.decode()

    assert case.title in page
    assert "（合成）" in page
    assert Case.objects.latest("pk").title in inbox


@pytest.mark.usefixtures("_a_filled_town")
def test_the_next_case_goes_on_where_the_made_up_ones_end() -> None:
    case = a_submission().case

    assert case.pk > FEW
    assert Entry.objects.latest("pk").subject == case.subject


def test_the_same_seed_makes_the_same_town() -> None:
    first = filled(seed=7)

    assert cases_filled() == FEW
    assert filled(seed=7) == first


def test_a_database_with_anything_else_is_refused() -> None:
    the_town()

    with pytest.raises(CommandError, match="空的数据库") as refused:
        call_command("bench", "fill", str(FEW), "--here", stderr=io.StringIO())

    assert refused.value.returncode == 2
    assert not Case.objects.exists()


def test_a_town_that_is_there_stays_as_it_is() -> None:
    call_command("bench", "fill", str(FEW), "--here", stderr=io.StringIO())
    entries = Entry.objects.count()

    call_command("bench", "fill", str(FEW), "--here", stderr=io.StringIO())

    assert Entry.objects.count() == entries
