"""`mingchuang demo`: a town to try things in, put up once however often it is asked for."""

import io
import json
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from mingchuang.cases.models import Case
from mingchuang.cases.rules.life import State
from mingchuang.council.models import Topic
from mingchuang.ledger.models import Entry
from tests.tools.serving import environment, mingchuang

PASSWORD = "mingchuang-demo"


def demo() -> str:
    out = io.StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def rows() -> Mapping[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.django_db
def test_the_second_time_nothing_is_doubled_and_it_is_quick() -> None:
    demo()
    before = rows()
    began = time.monotonic()

    said = demo()

    assert time.monotonic() - began < 10
    assert rows() == before
    assert "数据库里已有单位，保持原样。" in said


@pytest.mark.django_db
def test_everything_in_the_town_is_sealed_and_passes_the_audit() -> None:
    demo()

    out = io.StringIO()
    call_command("audit", "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert (told["sealed"], told["waiting"], told["faults"]) == (Entry.objects.count(), 0, [])


@pytest.mark.django_db
def test_the_town_shows_cases_at_every_turn_of_their_life() -> None:
    demo()

    states = set(Case.objects.values_list("state", flat=True))

    assert states >= set(State) - {State.PAUSED, State.RETURNED, State.REFERRED, State.WITHDRAWN}


@pytest.mark.django_db
def test_the_founding_topic_says_that_it_is_invented_and_nobody_spoke_for_anybody(
    client: Client,
) -> None:
    demo()

    topic = Topic.objects.get(origin="survey")
    page = client.get(f"/council/{topic.number}/").content.decode()
    assert "人物和住户都是虚构的" in page
    assert topic.places.count() == 16
    assert set(topic.stakeholders.exclude(camp="").values_list("proof", flat=True)) == {"link"}


@pytest.mark.django_db
def test_three_people_can_have_two_things_done_in_one_coming(client: Client) -> None:
    demo()

    told = client.get("/book/disabled-parking/?persons=3&also=library-card").content.decode()

    assert "起有空" in told


@pytest.mark.django_db
def test_everybody_it_names_can_sign_in(client: Client) -> None:
    said = demo()

    names = [line.split()[0] for line in said.splitlines() if line.startswith("  ")]

    assert len(names) == 15
    assert all(client.login(username=name, password=PASSWORD) for name in names)


@pytest.mark.slow
def test_on_an_empty_machine_it_makes_the_database_and_the_keys(tmp_path: Path) -> None:
    done = subprocess.run(
        mingchuang("demo"),
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "演示城市已建好" in done.stdout
    assert (tmp_path / "mingchuang.sqlite3").exists()
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "keys").iterdir()} == {0o600}
