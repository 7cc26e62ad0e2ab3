"""`mingchuang bench`: us and the peers in one run. Nothing here asserts a time."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mingchuang.outward.measuring.benches import about, bench_names
from mingchuang.outward.measuring.keeping import keep, kept, page_of, table_of
from mingchuang.outward.measuring.results import (
    Result,
    Row,
    figure,
    ours_at_most,
    ratio_at_least,
    ratio_at_most,
)

QUICK = Row("a page", 20.0, "ms", peer=300.0, peer_name="theirs", ratio=15.0)


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("bench", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def a_result(*rows: Row, database: str = "") -> Result:
    return Result("pages", rows or (QUICK,), "2026-11-24T09:00+08:00", 2.5, database=database)


@pytest.mark.parametrize(
    ("goal", "holds"),
    [
        (ratio_at_least(10), True),
        (ratio_at_least(16), False),
        (ratio_at_most(15), True),
        (ours_at_most(19.9), False),
        (None, None),
    ],
)
def test_a_row_holds_when_its_goal_is_met(goal: object, holds: object) -> None:
    row = Row(**{**vars(QUICK), "goal": goal})

    assert row.holds is holds


def test_a_goal_on_a_ratio_that_was_not_measured_does_not_hold() -> None:
    row = Row("a page", 20.0, "ms", goal=ratio_at_least(10))

    assert row.holds is False


def test_a_result_holds_when_every_goal_does() -> None:
    missed = Row("a page", 20.0, "ms", goal=ours_at_most(5))

    assert a_result(QUICK).holds
    assert not a_result(QUICK, missed).holds


def test_a_peer_that_was_stopped_takes_longer_than_its_figure() -> None:
    row = Row("a plan", 0.5, "s", 60.0, "theirs", 120.0, ratio_at_least(10), stopped=True)

    line = table_of(a_result(row).as_json())[-1]

    assert "| > 60 s (theirs) | > 120 × | ≥ 10 × | ✔     |" in line


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567.0, "1,234,567"), (12.0, "12"), (0.01234, "0.0123"), (3.14159, "3.14"), (None, "")],
)
def test_figures_are_written_for_people(value: float | None, text: str) -> None:
    assert figure(value) == text


def test_the_newest_result_of_each_bench_and_database_is_kept() -> None:
    keep(a_result(database="SQLite 3.40"))
    keep(a_result(database="PostgreSQL 15"))
    keep(a_result(Row("a page", 7.0, "ms"), database="SQLite 3.40"))

    found = {result["database"]: result["rows"][0]["ours"] for result in kept()}

    assert found["SQLite 3.40"] == 7.0
    assert found["PostgreSQL 15"] == 20.0


def test_the_page_names_us_the_peer_the_goal_and_the_machine() -> None:
    row = Row(**{**vars(QUICK), "goal": ratio_at_least(10)})
    result = Result(**{**vars(a_result(row)), "machine": {"cores": "2 cores"}})

    page = page_of([result.as_json()], {"pages": "How quick a page is."})

    assert "| a page | 20 ms | 300 ms (theirs) | 15 ×  | ≥ 10 × | ✔     |" in page
    assert "How quick a page is." in page
    assert "2 cores" in page


def test_every_bench_says_what_it_measures() -> None:
    assert all(len(about(name)) > 40 for name in bench_names())


def test_an_unknown_bench_is_refused_with_those_there_are() -> None:
    with pytest.raises(CommandError, match=r"没有叫“nothing”的测量.*limits") as refused:
        told("nothing")

    assert refused.value.returncode == 2


def test_without_the_peers_it_says_what_to_run() -> None:
    with pytest.raises(CommandError, match="mingchuang bench peers") as refused:
        told("limits")

    assert refused.value.returncode == 2


def test_what_was_kept_is_written_into_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(a_result())
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)

    told("--write")

    assert "## pages" in (tmp_path / "docs" / "benchmarks.md").read_text()


def test_outside_of_the_source_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(CommandError, match="源代码目录") as refused:
        told("--write")

    assert refused.value.returncode == 2


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="it is measured on PostgreSQL")
def test_a_bench_asked_for_by_name_says_which_database_it_wants() -> None:
    with pytest.raises(CommandError, match="只能在 PostgreSQL 上做") as refused:
        told("intake")

    assert refused.value.returncode == 2
