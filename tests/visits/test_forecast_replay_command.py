"""`mingchuang forecast_replay`: a recording goes in, figures and goals come out."""

import gzip
import json
from io import StringIO
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingchuang.visits.recording import read_recording
from mingchuang.visits.rules.forecast.score import GOALS
from mingchuang.visits.rules.forecast.snapshots import NEEDED, Snapshot, read_row
from tests.visits.halls import as_csv, some_days

ROW = dict(zip(NEEDED, ["2026-03-01 09:05:00", "north", "A", "A012", "3", "2", "10"], strict=True))


def a_recording(folder: Path, days: int = 3, *rows: str) -> Path:
    path = folder / "shown.csv"
    path.write_text("\n".join([*as_csv(some_days(days)), *rows]) + "\n")
    return path


def run(path: Path, *words: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    status = 0
    try:
        call_command("forecast_replay", str(path), *words, stdout=out, stderr=err)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return status, out.getvalue(), err.getvalue()


def facts(path: Path) -> tuple[int, dict[str, Any]]:
    status, out, _err = run(path, "--json")
    return status, json.loads(out)


def test_figures_come_as_one_object(tmp_path: Path) -> None:
    status, found = facts(a_recording(tmp_path, 4))

    assert {"n", "mae", "median", "bias", "coverage80", "milliseconds"} <= set(found)
    assert [set(one) for one in found["estimators"]] == [{"name", "mae", "median", "bias"}] * 6
    assert found["estimators"][0] == {
        "name": "ours",
        **{name: found[name] for name in ("mae", "median", "bias")},
    }
    assert [half["days"] for half in found["halves"]] == [
        ["2026-03-02", "2026-03-02"],
        ["2026-03-03", "2026-03-04"],
    ]
    assert sum(half["n"] for half in found["halves"]) == found["n"]
    assert status == (0 if found["holds"] else 1)


def test_a_goal_that_is_missed_is_named_and_ends_with_status_1(tmp_path: Path) -> None:
    path = tmp_path / "still.csv"
    still = [
        f"2026-03-0{day} {9 + n // 60:02}:{n % 60:02}:00,north,A,A{1 + n // 200:03},1,1,5"
        for day in (1, 2)
        for n in range(0, 400, 5)
    ]
    path.write_text("\n".join([",".join(NEEDED), *still]) + "\n")

    status, found = facts(path)

    assert status == 1
    assert "mae" in found["missed"]


def test_a_table_is_told_in_words(tmp_path: Path) -> None:
    _status, out, _err = run(a_recording(tmp_path))

    assert "我们的预计" in out
    assert "前面人数 × 公布的办理时间 ÷ 窗口数" in out
    assert out.count("，应当从") == len(GOALS)


def test_a_table_is_told_in_english(tmp_path: Path) -> None:
    with translation.override("en"):
        _status, out, _err = run(a_recording(tmp_path))

    assert "our forecast" in out
    assert "calls" not in out


def test_rows_that_cannot_be_read_are_told_by_their_line(tmp_path: Path) -> None:
    lines = len(as_csv(some_days(3)))
    path = a_recording(
        tmp_path, 3, "yesterday,north,A,,1,1,1", "2026-03-03 17:00:00,north,A,,?,1,1"
    )

    _status, out, err = run(path, "--json")

    assert f"第 {lines + 1} 行的 time" in err
    assert f"第 {lines + 2} 行的 waiting" in err
    assert json.loads(out)["faulty"] == 2


def test_many_such_rows_are_counted(tmp_path: Path) -> None:
    _status, _out, err = run(a_recording(tmp_path, 3, *["no,north,A,,1,1,1"] * 30))

    assert "……另有 10 行。" in err


def test_a_compressed_recording_gives_the_same(tmp_path: Path) -> None:
    plain = a_recording(tmp_path)
    packed = tmp_path / "shown.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    one, other = (read_recording(path) for path in (plain, packed))

    assert one == other
    assert one.snapshots


def test_rows_are_taken_in_the_order_of_time(tmp_path: Path) -> None:
    path = a_recording(tmp_path)
    head, *rows = path.read_text().splitlines()
    shuffled = tmp_path / "shuffled.csv"
    shuffled.write_text("\n".join([head, *sorted(rows, key=lambda row: row[17:])]) + "\n")

    one, other = (read_recording(each) for each in (path, shuffled))

    assert [s.reading.minute for s in other.snapshots] == [s.reading.minute for s in one.snapshots]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "打不开文件"),
        (b"time,office\n", "不是取号屏的记录"),
        (b"\xff\xfe\x00", "已经损坏"),
        (gzip.compress(b"x" * 9000)[:-20], "已经损坏"),
        (b"", "不是取号屏的记录"),
        (",".join(NEEDED).encode() + b"\n2026-03-01 09:00:00,n,A,1,1,1,1\n", "至少要有两天"),
    ],
)
def test_what_is_no_recording_is_refused_in_words(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "some.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=told) as refused:
        run(path)

    assert refused.value.returncode == 2


def test_a_row_is_read() -> None:
    read = read_row(ROW)

    assert isinstance(read, Snapshot)
    assert read.day == "2026-03-01"
    assert (read.reading.minute, read.reading.number, read.reading.norm) == (545, 12, 10.0)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("time", ""),
        ("time", "9:05"),
        ("office", " "),
        ("queue_id", ""),
        ("current_number", "A12B"),
        ("waiting", "-1"),
        ("waiting", "2.5"),
        ("open_booths", "many"),
        ("published_service_time", ""),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(column: str, cell: str) -> None:
    assert read_row({**ROW, column: cell}) == column


# A busy machine is slow to make up texts; that is no fault of theirs.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NEEDED), st.text(max_size=20) | st.none()))
def test_any_row_is_read_or_its_fault_is_a_column(row: dict[str, str | None]) -> None:
    read = read_row(row)

    assert isinstance(read, Snapshot) or read in NEEDED


@pytest.mark.slow
def test_recorded_halls_are_told_as_well_as_is_asked(optional_data: Path, tmp_path: Path) -> None:
    with gzip.open(optional_data / "queue_snapshots.csv.gz", "rt") as file:
        head = next(file)
        first = list(takewhile(lambda row: row < "2020-01-04", file))
    path = tmp_path / "first_days.csv"
    path.write_text("".join([head, *first]))

    _status, found = facts(path)

    errors = {one["name"]: one["mae"] for one in found["estimators"]}
    assert found["n"] == 8406
    assert [name for name in found["missed"] if name != "milliseconds"] == []
    assert errors["ours"] < errors["formula"] < errors["les"] < errors["office_mean"]
