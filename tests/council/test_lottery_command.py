"""`mingchuang lottery`: from two files to a ticket, and every fault in a sentence."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from mingchuang.council.management.commands.lottery import _drawn_told, _reach_told, watched
from mingchuang.council.rules.lottery.commitment import commitment_of, promised, sealed
from mingchuang.council.rules.lottery.shape import LATER, SHAPE

QUOTAS = "category,feature,min,max\nage,old,1,3\nage,young,1,3\ncamp,oppose,2,4\ncamp,support,0,4\n"
PEOPLE = "id,age,camp,home,turn\n" + "".join(
    f"r{n},{'old' if n % 2 else 'young'},{'oppose' if n % 3 else 'support'},H{n // 2},1\n"
    for n in range(12)
)

ROOT = Path(__file__).parent.parent.parent
AWAKE = """
import sys
from mingchuang.cli import main
main()
print(*sys.modules, file=sys.stderr)
"""


def run(*words: object) -> tuple[int, str, str]:
    """Return the status, what was said and what was complained of."""
    out, err = StringIO(), StringIO()
    try:
        call_command("lottery", *map(str, words), stdout=out, stderr=err)
    except CommandError as refused:
        return refused.returncode, out.getvalue(), f"{err.getvalue()}{refused}"
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    pool, quotas = tmp_path / "pool.csv", tmp_path / "quotas.csv"
    pool.write_text(PEOPLE, "utf-8")
    quotas.write_text(QUOTAS, "utf-8")
    return pool, quotas


@pytest.fixture
def planned(files: tuple[Path, Path], tmp_path: Path) -> Path:
    out = tmp_path / "plan.json"
    assert run("plan", *files, "--size", 4, "--household", "home", "--out", out)[0] == 0
    return out


def test_a_plan_is_drawn_from_and_checked(planned: Path, tmp_path: Path) -> None:
    record = tmp_path / "draw.json"

    drawn = run("draw", planned, "--dice", "4,7,1", "--out", record, "--json")
    checked = run("check", planned, "--draw", record, "--json")

    draw = json.loads(drawn[1])
    assert draw["ticket"] == 471
    assert draw["people"] == json.loads(planned.read_text())["tickets"][471]
    assert json.loads(record.read_text()) == draw
    assert json.loads(checked[1]) == {"holds": True, "untrue": []}
    assert (drawn[0], checked[0]) == (0, 0)


def test_a_plan_made_before_plans_told_who_rests_and_when_is_drawn_from_and_checked(
    planned: Path, tmp_path: Path
) -> None:
    plan = json.loads(planned.read_text())
    older = sealed({name: told for name, told in plan.items() if name not in LATER})
    planned.write_text(json.dumps(older))
    record = tmp_path / "draw.json"

    drawn = run("draw", planned, "--dice", "4,7,1", "--out", record)
    checked = run("check", planned, "--draw", record)

    assert (drawn[0], checked[0], checked[2]) == (0, 0, "")


def test_from_when_on_it_may_be_drawn_is_told_by_the_clock_of_the_house(planned: Path) -> None:
    plan = json.loads(planned.read_text())
    later = promised(plan, "dice", "2999-03-02T01:00:00.000000Z", "居委会二楼")
    planned.write_text(json.dumps(later))

    refused, checked = run("draw", planned, "--dice", "4,7,1"), run("check", planned)

    assert "2999年3月2日 周六 09:00" in refused[2]
    assert "2999年3月2日 周六 09:00" in checked[1]


@pytest.mark.parametrize(
    ("words", "idle"),
    [
        ("plan pool.csv quotas.csv --size 4 --out new.json", {"mingchuang.cases"}),
        ("draw plan.json --dice 4,7,1", {"mingchuang.cases", "highspy", "numpy"}),
        ("check plan.json", {"mingchuang.cases", "highspy", "numpy"}),
    ],
)
def test_in_any_folder_it_opens_no_room_and_checks_without_a_solver(
    planned: Path, words: str, idle: set[str]
) -> None:
    environment = {name: os.environ[name] for name in os.environ if "MINGCHUANG" not in name}
    environment |= {"DJANGO_SETTINGS_MODULE": "mingchuang.settings", "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-c", AWAKE, "lottery", *words.split()],
        cwd=planned.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert not idle & set(done.stderr.split())
    assert not (planned.parent / "var").exists()


def test_a_person_reads_the_floor_the_prices_and_the_ticket(
    files: tuple[Path, Path], planned: Path
) -> None:
    told = run("plan", *files, "--size", 4, "--must", "r0=住在车棚里", "--out", planned)[1]

    assert "最小中签机会" in told
    assert "没有更公平的抽法" in told
    assert "封存码 sha256:" in told
    assert "第 471 签：" in run("draw", planned, "--dice", "4,7,1")[1]
    assert "全部属实：1000 支签，12 人" in run("check", planned)[1]


def test_a_machine_reads_the_whole_plan(files: tuple[Path, Path]) -> None:
    status, told, _complaints = run("plan", *files, "--size", 4, "--weights", "turn", "--json")

    plan = json.loads(told)
    assert status == 0
    assert len(plan["tickets"]) == 1000
    assert plan["versions"].keys() == {"python", "mingchuang", "highspy", "numpy"}
    assert plan["timings"]["total"] > 0


def test_a_check_tells_whom_the_records_drew(planned: Path, tmp_path: Path) -> None:
    draw, refill = tmp_path / "draw.json", tmp_path / "refill.json"
    drawn = run("draw", planned, *DICE, "--out", draw)[1].strip()
    lost = json.loads(draw.read_text())["people"][0]
    refilled = run("refill", planned, "--lost", lost, *DICE, "--out", refill)[1].strip()

    status, told, _complaints = run("check", planned, "--draw", draw, "--refill", refill)

    assert status == 0
    assert told.splitlines()[1:] == [drawn, refilled]


def test_of_many_untruths_some_are_told_and_how_many_more_there_are(planned: Path) -> None:
    planned.write_text('{"size": 4}')

    status, _told, complaints = run("check", planned)

    assert status == 1
    assert len(complaints.splitlines()) == 21
    assert complaints.splitlines()[-1] == f"……另有 {len(SHAPE) - len(LATER) - 21} 处。"


def test_whoever_stops_a_plan_reads_a_sentence() -> None:
    with pytest.raises(CommandError, match="停下了，什么也没有写下。") as stopped:
        stop_while_watched()

    assert stopped.value.returncode == 130


def stop_while_watched() -> None:
    with watched(0.0, 1):
        raise KeyboardInterrupt


def test_what_was_changed_is_told_and_not_drawn_from(planned: Path) -> None:
    plan = json.loads(planned.read_text())
    plan["tickets"][471][0] = "r11"
    planned.write_text(json.dumps(plan))

    checked, drawn = run("check", planned), run("draw", planned, "--dice", "4,7,1")

    assert checked[0] == drawn[0] == 1
    assert "封存码对不上" in checked[2]
    assert "不能抽签" in drawn[2]


def test_quotas_that_contradict_each_other_name_the_smallest_change(
    files: tuple[Path, Path],
) -> None:
    files[1].write_text(QUOTAS.replace("old,1,3", "old,0,1").replace("young,1,3", "young,0,2"))

    status, _told, complaints = run("plan", *files, "--size", 4, "--json")

    assert status == 1
    assert "改动最小的办法" in complaints
    assert complaints.count("改成") == 1


def test_more_seats_than_homes_are_told(files: tuple[Path, Path]) -> None:
    files[1].write_text(QUOTAS.replace(",3\n", ",9\n").replace(",4\n", ",9\n"))

    status, told, complaints = run("plan", *files, "--size", 7, "--household", "home", "--json")

    assert status == 1
    assert json.loads(told) == {
        "feasible": False,
        "relaxation": None,
        "smallest": True,
        "homes": 6,
        "seats": 7,
    }
    assert "只有 6 户" in complaints


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_are_read_as_spreadsheets_write_them(files: tuple[Path, Path], coding: str) -> None:
    for path in files:
        text = path.read_text("utf-8").replace("oppose", "反对").replace("support", "赞成")
        path.write_bytes(text.replace("\n", "\r\n").encode(coding))

    status, told, _complaints = run("plan", *files, "--size", 4, "--json")

    assert status == 0
    assert {one["feature"] for one in json.loads(told)["quotas"]} >= {"反对", "赞成"}


@pytest.mark.parametrize(
    ("people", "quotas", "words", "told"),
    [
        ("name,age\nx,old\n", QUOTAS, [], "缺少“camp”一栏"),
        (PEOPLE.replace("r3,", "r2,"), QUOTAS, [], "名单第 5 行：编号“r2”出现了两次"),
        (PEOPLE.replace("r3,old", "r3,ancient"), QUOTAS, [], "特征“ancient”不在名额表里"),
        (PEOPLE.replace("r3,", ","), QUOTAS, [], "没有写编号"),
        ("id,age,camp\n", QUOTAS, [], "里面没有一行内容"),
        ("", QUOTAS, [], "缺少“age”一栏"),
        ('id,age,camp\n"x', QUOTAS, [], "不是完好的 CSV"),
        ("id,age,age,camp\n1,old,old,oppose\n", QUOTAS, [], "有两栏都叫“age”"),
        (PEOPLE, QUOTAS.replace("old,1,3", "old,3,1"), [], "名额表第 2 行：“old”的最少比最多还大"),
        (PEOPLE, QUOTAS.replace("old,1,3", "old,x,3"), [], "不能是“x”"),
        (PEOPLE, QUOTAS.replace("old,1,3", "old,-1,3"), [], "不能是“-1”"),
        (PEOPLE, QUOTAS.replace("young", "old"), [], "“old”写了两次"),
        (PEOPLE, QUOTAS.replace("max", "most"), [], "缺少“max”一栏"),
        (PEOPLE, "category,feature,min,max\n", [], "名额表：里面没有一行内容"),
        (PEOPLE, QUOTAS, ["--household", "flat"], "缺少“flat”一栏"),
        (PEOPLE.replace(",1\n", ",2\n"), QUOTAS, ["--weights", "turn"], "不能是“2”"),
        (PEOPLE, QUOTAS, ["--must", "nobody=x"], "没有必到的“nobody”"),
        (PEOPLE, QUOTAS, ["--household", "home", "--must", "r0=x", "r1=y"], "同一户"),
        (PEOPLE, QUOTAS, [f"--must=r{n}=x" for n in range(4)], "请增加席位"),
        ("age,camp\nold,oppose\n", QUOTAS, [], "只有 1 人"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line(
    files: tuple[Path, Path], people: str, quotas: str, words: list[str], told: str
) -> None:
    files[0].write_text(people)
    files[1].write_text(quotas)

    status, _out, complaints = run("plan", *files, "--size", 4, "--json", *words)

    assert status == 2
    assert told in complaints


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["plan", "POOL", "QUOTAS", "--size", "4"], "--out"),
        (["plan", "nowhere.csv", "QUOTAS", "--size", "4", "--json"], "打不开文件“nowhere.csv”"),
        (["plan", "POOL", "QUOTAS", "--size", "0", "--json"], "不能是“0”"),
        (["plan", "POOL", "QUOTAS", "--size", "4", "--must", "r1", "--json"], "编号=理由"),
        (["draw", "POOL", "--dice", "4,7"], "三个骰子"),
        (["draw", "POOL", "--dice", "4,7,1"], "不是 JSON"),
        (["check", "POOL"], "不是 JSON"),
        (["check", "nowhere.json"], "打不开文件"),
        (["toss"], "toss"),
    ],
)
def test_wrong_words_are_refused_in_a_sentence(
    files: tuple[Path, Path], words: list[str], told: str
) -> None:
    named = {"POOL": files[0], "QUOTAS": files[1]}

    status, _out, complaints = run(*(named.get(word, word) for word in words))

    assert status in {1, 2}
    assert told in complaints


def test_what_is_neither_utf_8_nor_gbk_is_told(files: tuple[Path, Path]) -> None:
    files[0].write_bytes(b"\xff\xff\x00\x81")

    status, _out, complaints = run("plan", *files, "--size", 4, "--json")

    assert status == 2
    assert "名单：不是文本" in complaints


@pytest.mark.parametrize(
    ("name", "size", "floor"),
    [
        ("example_small_20", 20, 0.1),
        ("example_large_200", 200, 0.1),
        ("nb_300_16", 16, 0.039548),
        ("nb_1000_16", 16, 0.012389),
    ],
)
def test_known_pools_reach_their_known_floors(
    optional_data: Path, name: str, size: int, floor: float
) -> None:
    folder = optional_data / "lottery" / name
    words: list[Any] = [folder / "respondents.csv", folder / "categories.csv", "--size", size]
    words += ["--household", "household"] if name.startswith("nb") else []

    plan = json.loads(run("plan", *words, "--json")[1])

    assert plan["floor"] == pytest.approx(floor, abs=5e-7)
    assert plan["gap"] <= 1e-6
    assert plan["proved"] == "leximin"
    assert plan["rounding"] <= 0.001


DICE = ("--dice", "4,7,1")


def test_lost_seats_are_drawn_again_and_anybody_can_check_it(planned: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    seated = json.loads(planned.read_text())["tickets"][471]

    both = ("--lost", seated[0], "--lost", seated[1])
    told = run("refill", planned, *both, *DICE, "--out", first)
    there = json.loads(first.read_text())["people"]
    run("refill", planned, "--lost", there[-1], *DICE, "--after", first, "--out", second)
    checked = run("check", planned, "--refill", first, "--refill", second, "--json")

    rounds = [json.loads(path.read_text()) for path in (first, second)]
    assert "第 1 次补抽" in told[1]
    assert [one["round"] for one in rounds] == [1, 2]
    assert set(seated[2:]) <= set(rounds[0]["people"])
    assert {*seated[:2], there[-1]}.isdisjoint(rounds[1]["people"])
    assert json.loads(checked[1]) == {"holds": True, "untrue": []}


def test_who_is_not_seated_has_no_seat_to_lose(planned: Path) -> None:
    plan = json.loads(planned.read_text())
    outside = next(name for name in plan["people"] if name not in plan["tickets"][471])

    status, _told, complaints = run("refill", planned, "--lost", outside, *DICE)

    assert status == 2
    assert f"“{outside}”这次没有席位" in complaints


def test_the_seat_of_who_must_be_there_is_not_filled_out_of_the_plan_alone(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    plan = tmp_path / "plan.json"
    run("plan", *files, "--size", 4, "--must", "r0=住在车棚里", "--out", plan)

    status, _told, complaints = run("refill", plan, "--lost", "r0", *DICE)

    assert status == 2
    assert "“r0”是必到的" in complaints


def test_a_plan_that_was_changed_fills_no_seats(planned: Path) -> None:
    plan = json.loads(planned.read_text())
    lost = plan["tickets"][471][0]
    planned.write_text(json.dumps({**plan, "size": 3}))

    assert run("refill", planned, "--lost", lost, *DICE)[0] == 1


def test_where_nobody_can_take_the_seat_the_smallest_change_is_named(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    plan = tmp_path / "plan.json"
    files[0].write_text("\n".join(PEOPLE.splitlines()[:6]))
    files[1].write_text("category,feature,min,max\nage,old,2,2\nage,young,2,2\n")
    run("plan", *files, "--size", 4, "--out", plan)
    lost = json.loads(plan.read_text())["tickets"][0]
    old = next(name for name in lost if name in {"r1", "r3"})

    status, _told, complaints = run("refill", plan, "--lost", old, "--dice", "0,0,0")

    assert status == 1
    assert "改动最小的办法" in complaints


@pytest.mark.parametrize(
    ("part", "code"),
    [("lost", "lost"), *((one, "refill") for one in ("ticket", "people", "dice", "new", "round"))],
)
def test_a_round_of_refilling_that_was_changed_is_found(
    planned: Path, tmp_path: Path, part: str, code: str
) -> None:
    record = tmp_path / "refill.json"
    lost = json.loads(planned.read_text())["tickets"][471][0]
    run("refill", planned, "--lost", lost, *DICE, "--out", record)
    kept = json.loads(record.read_text())
    other = {
        "ticket": 1000,
        "people": [],
        "dice": [4, 7, 2],
        "lost": ["r99"],
        "new": [],
        "round": 9,
    }

    record.write_text(json.dumps({**kept, part: other[part]}))
    status, told, _complaints = run("check", planned, "--refill", record, "--json")

    assert status == 1
    assert code in {one["code"] for one in json.loads(told)["untrue"]}


@pytest.mark.parametrize("quota", [0, 3])
def test_a_refill_that_asked_for_something_else_is_found(
    planned: Path, tmp_path: Path, quota: int
) -> None:
    record = tmp_path / "refill.json"
    lost = json.loads(planned.read_text())["tickets"][471][0]
    run("refill", planned, "--lost", lost, *DICE, "--out", record)
    kept = json.loads(record.read_text())
    kept["plan"]["quotas"][quota]["max"] += 1
    kept["plan"]["commitment"] = commitment_of(kept["plan"])

    record.write_text(json.dumps(kept))
    told = run("check", planned, "--refill", record, "--json")[1]

    assert {"code": "refill_plan", "what": "quotas"} in json.loads(told)["untrue"]


def test_who_can_never_be_drawn_is_one_person_or_several_in_english() -> None:
    one = {"people": ["r1"], "features": ["old"], "because": []}
    plan = {"reach": [one, {**one, "people": ["r2", "r3"]}], "proved": "floor"}

    with override("en"):
        alone, two = _reach_told(plan)
        drawn = _drawn_told({"ticket": 471, "people": ["r1", "r3"]})

    assert "r1, r3" in drawn
    assert "1 person can never be drawn (old)" in alone
    assert "2 people can never be drawn (old)" in two
