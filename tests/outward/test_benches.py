"""What each bench measures with, tried on a handful of rows. Nothing here asserts a time."""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import Resolver404, resolve

from mingchuang.cases.models import Submission
from mingchuang.ledger.queries import last_checkpoint, ledger_faults
from mingchuang.outward.bench import batch, figures, inbox, intake, sealing, search
from mingchuang.outward.measuring.asked import Asked
from mingchuang.outward.measuring.book import write_entries
from mingchuang.outward.measuring.crowd import DIGITS, UNIQUE, Crowd, sent_by
from mingchuang.outward.measuring.fill.filling import fill
from mingchuang.outward.measuring.fill.town import build_synthetic_town
from mingchuang.outward.measuring.keeping import keep
from mingchuang.outward.measuring.pgbench import script_of
from mingchuang.outward.measuring.results import Result
from mingchuang.outward.measuring.times import p95, percentile
from mingchuang.people.models import Person
from tests.build import MONDAY
from tests.tools.serving import database_of_tests, environment, served

FEW = 120


def asked(at: datetime = MONDAY) -> Asked:
    return Asked(at=at, many=FEW, few=FEW, rounds=4)


@pytest.fixture
def _a_filled_town() -> None:
    fill(FEW, at=MONDAY)


def test_ninety_five_of_a_hundred_are_within_the_ninety_fifth_percentile() -> None:
    seconds = [n / 1000 for n in range(100)]

    assert p95(seconds) == 95
    assert percentile(seconds, 99) == 99
    assert p95([0.007]) == 7


@pytest.mark.django_db
@pytest.mark.usefixtures("_a_filled_town")
def test_the_inbox_is_looked_at_by_everybody_with_few_statements() -> None:
    looks = inbox.looks_at_all(asked())

    assert {line.who for line in looks} == set(inbox.WHO)
    assert all(len(look.in_view) == len(look.in_all) == 4 for look in looks.values())
    whole_town = [look for line, look in looks.items() if line.who == "dispatcher of the town"]
    assert all(0 < look.statements <= inbox.MOST_STATEMENTS for look in whole_town)


@pytest.mark.django_db
@pytest.mark.usefixtures("_a_filled_town")
@pytest.mark.parametrize("words", ["路灯", "噪声", "停运", "桂花"])
def test_what_reading_every_text_finds_the_search_finds_too(words: str) -> None:
    dispatcher = Person.objects.get(badge="B-0")

    found = [case.pk for case in search.found(dispatcher, words, now=MONDAY)]

    assert set(search.scan(words)) <= set(found)
    assert found == sorted(found, reverse=True)


@pytest.mark.django_db
@pytest.mark.usefixtures("_a_filled_town")
def test_the_search_is_measured_beside_its_index_and_its_room_is_told() -> None:
    rows = search.measured_here(asked())

    told = {row.what: row for row in rows}
    assert told["words, p95 of both"].peer_name == "icontains"
    assert told["room the index takes, for each case"].ours > 100


@pytest.mark.django_db
def test_a_book_is_sealed_hashed_and_proved() -> None:
    write_entries(1, 700, at=MONDAY)
    done = sealing.Sealing()

    sealing.seal_and_hash(asked(), done)

    newest = last_checkpoint()
    assert newest is not None
    assert newest.size == done.entries == 700
    assert len(sealing.proofs(asked(), 700)) == 20
    assert list(ledger_faults()) == []


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="taken in on PostgreSQL")
def test_one_create_is_told_statement_by_statement_and_can_be_done_again() -> None:
    build_synthetic_town(at=MONDAY)

    said, renewed = intake.one_create()

    script = script_of(intake.inserts(said), renewed)
    assert len([one for one in said if "SAVEPOINT" not in one]) <= 12
    assert script.startswith("BEGIN;\n")
    assert script.count("INSERT INTO") == len(intake.inserts(said)) >= 5
    assert ":cases_case_id" in script
    assert str(intake.APART["cases_case"] + 1) not in script


def test_what_an_insert_returns_is_kept_for_the_next_one() -> None:
    script = script_of(
        ['INSERT INTO "a" (x) VALUES (7) RETURNING "a"."id"', 'INSERT INTO "b" (a_id) VALUES (41)'],
        {"41": ":a_id"},
    )

    assert script.splitlines() == [
        "BEGIN;",
        'INSERT INTO "a" (x) VALUES (7) RETURNING "a"."id" \\gset a_',
        'INSERT INTO "b" (a_id) VALUES (:a_id);',
        "COMMIT;",
    ]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_crowd_sends_real_forms_and_counts_what_was_taken_in() -> None:
    build_synthetic_town(at=MONDAY)
    environ = {**environment(settings.HOME, database_of_tests()), "MINGCHUANG_LIMIT_SAY": "100000"}
    who = {"name": f"王{UNIQUE}", "phone": f"138{DIGITS}"}
    form = {"key": UNIQUE, "text": "楼道灯坏了三天。", "kind": "complaint", **who}

    with served(environ) as server:
        port = urlsplit(server.address).port or 0
        taken = sent_by(Crowd(processes=2, people=2, seconds=2), port, intake.FORM, form)

    assert taken.accepted > 0
    assert taken.refused == 0
    assert Submission.objects.count() >= taken.accepted


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_list_is_timed_and_weighed_and_both_stand_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = Asked(at=MONDAY, many=300, few=100, rounds=1)

    rows = batch.measured_here(lists)
    keep(Result("batch", rows, "2026-11-30T09:00+08:00", 2.5))
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    call_command("bench", "--write")

    page = (tmp_path / "docs" / "benchmarks.md").read_text()
    assert "## batch" in page
    assert "| 300 rows checked and listed, slowest of 1 " in page
    assert "| most memory for 300 rows " in page
    assert "(100 rows)" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("_a_filled_town")
def test_the_figures_are_looked_at_anew_and_again() -> None:
    rows = figures.measured_here(asked()) if _is_there(figures.PATH) else []

    assert all(row.ours > 0 for row in rows)


def _is_there(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
