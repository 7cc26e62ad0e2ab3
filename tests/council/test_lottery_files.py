"""Files of a lottery that were tampered with, or cannot be written: a sentence, never a trace."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mingchuang.council.rules.lottery.commitment import sealed
from tests.council.test_lottery_command import DICE, PEOPLE, files, planned, run

__all__ = ["files", "planned"]


@pytest.mark.parametrize(
    ("there", "put", "name"),
    [
        ("{", '{"size": 99, "quotas": [], ', "quotas"),
        ('"min"', '"min": 0, "min"', "min"),
        ('"size"', '"s\\u0069ze": 4, "size"', "size"),
    ],
)
def test_a_name_given_twice_is_found(planned: Path, there: str, put: str, name: str) -> None:
    planned.write_text(planned.read_text().replace(there, put, 1))

    status, told, _complaints = run("check", planned, "--json")
    drawn = run("draw", planned, *DICE)

    assert status == 1
    assert {"code": "twice", "what": name} in json.loads(told)["untrue"]
    assert drawn[0] == 1
    assert "写了两次" in drawn[2]


def test_a_record_with_a_name_given_twice_or_too_much_in_it_is_found(
    planned: Path, tmp_path: Path
) -> None:
    record = tmp_path / "draw.json"
    run("draw", planned, *DICE, "--out", record)
    draw = json.loads(record.read_text())
    twice, more = tmp_path / "twice.json", tmp_path / "more.json"
    twice.write_text('{"ticket": 1, ' + json.dumps(draw)[1:])
    more.write_text(json.dumps({**draw, "extra": 1}))

    found = [json.loads(run("check", planned, "--draw", one, "--json")[1]) for one in (twice, more)]

    assert [one["untrue"] for one in found] == [
        [{"code": "twice", "what": "ticket"}],
        [{"code": "draw", "what": "extra"}],
    ]


def test_a_round_with_too_much_in_it_is_found(planned: Path, tmp_path: Path) -> None:
    record = tmp_path / "refill.json"
    lost = json.loads(planned.read_text())["tickets"][471][0]
    run("refill", planned, "--lost", lost, *DICE, "--out", record)
    record.write_text(json.dumps({**json.loads(record.read_text()), "extra": 1}))

    told = run("check", planned, "--refill", record, "--json")[1]

    assert json.loads(told)["untrue"] == [{"code": "refill", "what": "extra"}]


NONSENSE: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda plan: {"size": 1},
    lambda plan: {**plan, "tickets": [["r1"]]},
    lambda plan: {**plan, "tickets": [[1]] * 1000},
    lambda plan: {**plan, "tickets": [["r1"]] * 1000},
    lambda plan: {**plan, "people": 1},
]


@pytest.mark.parametrize("change", NONSENSE)
def test_nothing_is_drawn_from_sealed_nonsense(
    planned: Path, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    plan = json.loads(planned.read_text())
    planned.write_text(json.dumps(sealed(change(plan))))

    status, told, complaints = run("draw", planned, *DICE)

    assert (status, told) == (1, "")
    assert "不能抽签" in complaints


@pytest.mark.parametrize("out", ["nowhere/plan.json", "."])
def test_where_a_plan_goes_is_looked_at_before_anything_is_read(tmp_path: Path, out: str) -> None:
    nothing = (tmp_path / "pool.csv", tmp_path / "quotas.csv")

    status, _told, complaints = run("plan", *nothing, "--size", 4, "--out", tmp_path / out)

    assert status == 2
    assert f"写不了文件“{tmp_path / out}”" in complaints


def test_nobody_must_be_there_for_two_reasons_apart(files: tuple[Path, Path]) -> None:
    musts = ("--must", "r0=住在车棚里", "--must", "r0=紧挨车棚")

    status, _told, complaints = run("plan", *files, "--size", 4, "--json", *musts)

    assert status == 2
    assert "必到的“r0”写了两次" in complaints


@pytest.mark.parametrize("weight", ["0.3333333333333333", "2", "-1", "half", "1/0"])
def test_a_weight_that_cannot_be_read_is_told_what_it_may_be(
    files: tuple[Path, Path], weight: str
) -> None:
    lines = [f"{line},{'1' if n else 'often'}" for n, line in enumerate(PEOPLE.split())]
    lines[1] = f"{lines[1].rpartition(',')[0]},{weight}"
    files[0].write_text("\n".join(lines))

    asked = ("--size", 4, "--json", "--weights", "often")
    status, _told, complaints = run("plan", *files, *asked)

    assert status == 2
    assert f"“{weight}”" in complaints
    assert "小数最多六位" in complaints
