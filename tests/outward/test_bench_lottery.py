"""`mingchuang bench lottery` on an invented pool; the peer is not asked."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mingchuang.council.rules.lottery.check import untruths
from mingchuang.outward.bench.lottery import Known, floors, invented, planned


def test_an_invented_pool_is_planned_by_the_command_and_holds(tmp_path: Path) -> None:
    pool = Known(invented(tmp_path) / "invented_8")

    plan, took = planned(pool)

    assert untruths(plan) == []
    assert plan["size"] == pool.size == 8
    assert pool.household() == "household"
    assert took.seconds > plan["timings"]["total"] > 0
    assert took.processor > 0
    assert 10 < took.mebibytes < 1000


@pytest.mark.parametrize(("ours", "holds"), [(0.0123888, False), (0.0123891, True), (0.0124, True)])
def test_smallest_chances_are_compared_to_a_millionth(ours: float, holds: bool) -> None:
    peer = {"stopped": False, "floor": 0.0123900}

    told, less = floors("a pool", ours, peer, "theirs")

    assert told.peer == pytest.approx(1.239)
    assert less.holds is holds


def test_the_invented_pools_are_the_same_at_every_run(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        invented(tmp_path / name)

    texts = [
        [path.read_text() for path in sorted((tmp_path / name).rglob("*.csv"))]
        for name in ("one", "other")
    ]

    assert texts[0] == texts[1]
    assert len(texts[0]) == 4


def test_without_the_peers_it_says_what_to_install() -> None:
    with pytest.raises(CommandError, match="mingchuang bench peers") as refused:
        call_command("bench", "lottery", stdout=io.StringIO(), stderr=io.StringIO())

    assert refused.value.returncode == 2
