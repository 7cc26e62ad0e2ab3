"""The plan of a lottery with its prices and reach, beside the mere selection by the quicker of the
HiGHS and CBC back ends of `sortition-algorithms` (PyPI, GPL, run as it is), each stopped after a
minute, or after twelve times as long as we took if that is more (`> 60 s`); and the whole command
from start to end. Smallest chances are compared as they are, not as they are told; where both were
stopped there is none to compare with, and ours is held against the bound of any lottery alone, as
in every pool. `--file` is a folder with one folder for each pool (respondents.csv, categories.csv;
its name ends in the seats): `mingchuang bench lottery --file FOLDER` measures every one of them;
else two are invented."""

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from mingchuang.council.rules.lottery.check import untruths
from mingchuang.outward.errors import ProgramFailed
from mingchuang.outward.measuring.apart import Taken, taken_by
from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.peers import ask_peer_within, peer_versions, peers
from mingchuang.outward.measuring.results import Row, ours_at_least, ours_at_most, ratio_at_least

PEER, BACKENDS = "sortition-algorithms", ("highspy", "mip-cbc")
SCRIPT = Path(__file__).parent.parent / "measuring" / "peer" / "lottery.py"
OURS = [sys.executable, "-c", "from mingchuang.cli import main; main()", "lottery", "plan"]
TIMES = 10
# A peer is stopped when it took so many times as long as we, and at least so many seconds.
FAR, PATIENCE = 12.0, 60.0
# Seconds within which a plan is to be made, by the people in the pool, or by the name of the pool.
LIMITS = {300: 2.0, 1000: 10.0, 5000: 60.0}
MOST = 600.0
# By so many millionths our smallest chance may be less than the peer's, and than any lottery's.
TINY, LESS, GAP = "millionths", 1.0, 1.0
NAMED = {"example_large_200": 1.0}


@dataclass(frozen=True)
class Known:
    """A pool in a folder: respondents.csv, categories.csv."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def size(self) -> int:
        return int(self.name.rpartition("_")[2])

    def files(self) -> tuple[str, str]:
        return str(self.folder / "respondents.csv"), str(self.folder / "categories.csv")

    def people(self) -> list[dict[str, str]]:
        with open(self.files()[0], encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def household(self) -> str:
        return "household" if "household" in self.people()[0] else ""


def measure(asked: Asked) -> Found:
    peers()
    with TemporaryDirectory() as spare:
        folder = asked.file if asked.file and asked.file.is_dir() else invented(Path(spare))
        pools = [Known(path.parent) for path in sorted(folder.glob("*_*/respondents.csv"))]
        measured = [_beside(pool, asked) for pool in pools]
    rows = [row for some, _notes in measured for row in some]
    notes = [note for _rows, some in measured for note in some]
    return Found(rows, peer_versions(PEER, "mip", "highspy"), notes)


def _beside(pool: Known, asked: Asked) -> tuple[list[Row], list[str]]:
    asked.tell(f"{pool.name} …")
    plan, took = planned(pool)
    people, within = len(plan["people"]), plan["timings"]["total"]
    limit = NAMED.get(pool.name) or next((s for n, s in LIMITS.items() if people <= n), MOST)
    name, peer, notes = _quicker(pool, within, asked)
    told = f"{pool.name}: {people:,} people, {pool.size} seats"
    theirs, ratio, off = peer["seconds"], peer["seconds"] / within, peer["stopped"]
    aim = ratio_at_least(TIMES)
    rows = [
        Row(f"{told}, the plan", within, "s", theirs, name, ratio, aim, off),
        Row(f"{told}, the whole command", took.seconds, "s", goal=ours_at_most(limit)),
        Row(f"{told}, on a processor", took.processor, "s", *_told(peer, "processor", name)),
        Row(f"{told}, memory", took.mebibytes, "MB", *_told(peer, "megabytes", name)),
        *floors(told, plan["floor"], peer, name),
        Row(f"{told}, more by any lottery", 1e6 * plan["gap"], TINY, goal=ours_at_most(GAP)),
        Row(f"{told}, faults in the check", len(untruths(plan)), "", goal=ours_at_most(0)),
    ]
    stages = ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in plan["timings"].items())
    return rows, [f"{pool.name}: floor {plan['floor']:.9f}; seconds: {stages}.", *notes]


def _told(peer: dict[str, Any], what: str, name: str) -> tuple[float | None, str]:
    """Return what the peer tells of itself, and its name; nothing once it was stopped."""
    return (None, "") if peer["stopped"] else (peer[what], name)


def floors(told: str, ours: float, peer: dict[str, Any], name: str) -> list[Row]:
    """Tell the smallest chances, and their difference where the peer has one."""
    floor, name = _told(peer, "floor", name)
    if floor is None:
        return [Row(f"{told}, smallest chance", 100 * ours, "%")]
    rows = [Row(f"{told}, smallest chance", 100 * ours, "%", 100 * floor, name)]
    more, what = 1e6 * (ours - floor), f"{told}, smallest chance, ours less theirs"
    return [*rows, Row(what, more, TINY, goal=ours_at_least(-LESS))]


def planned(pool: Known) -> tuple[dict[str, Any], Taken]:
    """Run our command as anybody would; return the plan, and what it took of the machine."""
    home = ["--household", pool.household()] if pool.household() else []
    with TemporaryDirectory() as spare:
        out = Path(spare) / "plan.json"
        words = [*pool.files(), "--size", str(pool.size), *home, "--out", str(out)]
        took = taken_by([*OURS, *words])
        if took.status:
            raise ProgramFailed(program="mingchuang lottery plan", why=pool.name)
        return json.loads(out.read_text("utf-8")), took


def _quicker(pool: Known, ours: float, asked: Asked) -> tuple[str, dict[str, Any], list[str]]:
    """Return the back end that was quicker, what it found (with the highest floor that any of them
    found), and what each of them did."""
    found = {name: _peer(pool, name, max(PATIENCE, FAR * ours), asked) for name in BACKENDS}
    notes = [f"{pool.name}, {PEER} by {name}: {one['told']}." for name, one in found.items()]
    name = min(found, key=lambda one: float(found[one]["seconds"]))
    floor = max((one["floor"] for one in found.values() if not one["stopped"]), default=None)
    called = " and ".join(BACKENDS) if found[name]["stopped"] else name
    return called, {**found[name], "floor": floor}, notes


def _peer(pool: Known, backend: str, seconds: float, asked: Asked) -> dict[str, Any]:
    asked.tell(f"{pool.name}, {PEER}, {backend} …")
    people, quotas = pool.files()
    words = {"people": people, "quotas": quotas, "size": pool.size, "backend": backend}
    words["household"] = pool.household()
    found = ask_peer_within(seconds, SCRIPT, json.dumps(words))
    if found is None:
        return {"seconds": seconds, "stopped": True, "told": f"stopped after {seconds:.0f} s"}
    told = f"{found['seconds']:.1f} s, {found['megabytes']:.0f} MB, floor {found['floor']:.9f}"
    return {**found, "stopped": False, "told": told}


def invented(folder: Path) -> Path:
    """Write two pools of a made-up estate, the same at every run, into this folder."""
    for count, seats in ((60, 8), (300, 16)):
        chance = Random(count)
        place = folder / f"invented_{seats}"
        place.mkdir()
        _write(place / "respondents.csv", _people(chance, count))
        _write(place / "categories.csv", _quotas(seats))
    return folder


def _people(chance: Random, count: int) -> Iterator[list[str]]:
    yield ["age", "camp", "tenure", "household"]
    for _ in range(count):
        age = chance.choices(["18-34", "35-59", "60+"], [3, 4, 3])[0]
        camp = chance.choices(["oppose", "support", "neutral"], [2, 3, 5])[0]
        yield [
            age,
            camp,
            chance.choice(["owner", "tenant"]),
            f"H{chance.randrange(count * 2 // 3)}",
        ]


def _quotas(seats: int) -> Iterator[list[str | int]]:
    yield ["category", "feature", "min", "max"]
    third, half = seats // 3, seats // 2
    for age in ("18-34", "35-59", "60+"):
        yield ["age", age, third, third + 2]
    yield ["camp", "oppose", max(2, seats // 4), seats]
    yield ["camp", "support", 1, half]
    yield ["camp", "neutral", 1, half]
    yield from (["tenure", tenure, half - 1, half + 1] for tenure in ("owner", "tenant"))


def _write(path: Path, rows: Iterator[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
