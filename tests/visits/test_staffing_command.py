"""`mingchuang staffing`: windows for each half hour from the hall's own log."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mingchuang.visits.rules.past import GREEN, PastVisit
from tests.visits.build import past_days

HEAD = "到达时间,叫号时间,办完时间,类别,预约"


def a_row(visit: PastVisit) -> str:
    times = [f"{at:%Y-%m-%d %H:%M:%S}" for at in (visit.came, visit.called, visit.done) if at]
    kind = "绿色通道" if visit.kind == GREEN else "普通"
    return ",".join([*times, kind, "是" if visit.booked else "否"])


def a_log(folder: Path, *rows: str, coding: str = "utf-8") -> Path:
    path = folder / "来访.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding=coding)
    return path


def told(path: Path, *words: str) -> str:
    out = StringIO()
    call_command("staffing", str(path), *words, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_machine_reads_the_plan_and_what_would_be_if(tmp_path: Path, coding: str) -> None:
    path = a_log(tmp_path, *map(a_row, past_days(4)), coding=coding)

    answer = json.loads(told(path, "--json"))

    assert answer["target"] == {"share": 0.9, "minutes": 20.0}
    assert (answer["days"], answer["visits"]) == (4, len(past_days(4)))
    assert [half["from"] for half in answer["plan"]][:2] == ["09:00", "09:30"]
    assert all((half["windows"] > 0) == (half["visitors"] > 0) for half in answer["plan"])
    as_planned, more, less, green = answer["what_if"]
    assert [one["what"] for one in answer["what_if"]] == [
        "as_planned",
        "one_more",
        "one_less",
        "green_doubled",
    ]
    assert as_planned["window_hours"] == sum(half["windows"] for half in answer["plan"]) / 2
    assert as_planned["in_time"] == sum(half["in_time"] for half in answer["plan"])
    assert more["ordinary"]["mean_wait"] < less["ordinary"]["mean_wait"]
    assert green["came"] == as_planned["came"]


def test_a_person_reads_two_tables(tmp_path: Path) -> None:
    path = a_log(tmp_path, *map(a_row, past_days(4)))

    lines = told(path, "--share", "80", "--minutes", "30").splitlines()

    assert lines[0].startswith(f"依据 4 天 {len(past_days(4))} 位来访")
    assert "30 分钟内叫到" in lines[1]
    assert lines[2].startswith("09:00")
    assert any(line.startswith("全天少一个窗口") for line in lines)


def test_a_stricter_target_takes_more_windows(tmp_path: Path) -> None:
    path = a_log(tmp_path, *map(a_row, past_days(4)))

    lax, strict = (json.loads(told(path, "--json", "--minutes", n)) for n in ("60", "2"))

    hours = [answer["what_if"][0]["window_hours"] for answer in (lax, strict)]
    assert hours[0] < hours[1]


def test_faults_are_told_by_line_and_nothing_is_planned(tmp_path: Path) -> None:
    path = a_log(
        tmp_path, a_row(past_days(1)[0]), "9:13,,,普通,否", *["2026-03-02 09:13,,,老,否"] * 60
    )
    out, err = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("staffing", str(path), stdout=out, stderr=err)

    assert ended.value.code == 1
    assert "第 3 行：“9:13”不是时间" in err.getvalue()
    assert "第 4 行：没有“老”这个类别" in err.getvalue()
    assert "……另有 11 处" in err.getvalue()
    assert out.getvalue() == ""


def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\xff\xd8\xff\xff")

    for path in (tmp_path / "none.csv", tmp_path, picture):
        with pytest.raises(CommandError) as stopped:
            told(path)
        assert stopped.value.returncode == 2


@pytest.mark.parametrize("words", [("--share", "100"), ("--minutes", "-1"), ("--share", "x")])
def test_a_wrong_argument_is_named(tmp_path: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="的整数"):
        told(tmp_path / "none.csv", *words)
