"""`mingchuang simulate`: a hall nobody has to build first."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

HALL = ("--servers", "3", "--mu", "1", "--arrivals", "0.72,1.68", "--customers", "100000")


def told(*words: str) -> str:
    out = StringIO()
    call_command("simulate", *HALL, *words, stdout=out, stderr=StringIO())
    return out.getvalue()


def told_to_a_machine(*words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(told(*words, "--json"))
    return answer


def refused(*words: str) -> CommandError:
    with pytest.raises(CommandError) as stopped:
        told(*words)
    return stopped.value


def test_a_machine_reads_each_class_in_the_order_given() -> None:
    answer = told_to_a_machine("--discipline", "absolute", "--seed", "1")

    assert set(answer) == {"classes", "overall_mean_wait", "seconds"}
    assert [one["arrival_rate"] for one in answer["classes"]] == [0.72, 1.68]
    assert all(
        set(one) == {"arrival_rate", "mean_wait", "p90_wait", "ci95"} for one in answer["classes"]
    )
    favoured, ordinary = answer["classes"]
    assert favoured["ci95"][0] <= 0.2839 <= favoured["ci95"][1]
    assert ordinary["ci95"][0] <= 1.4193 <= ordinary["ci95"][1]


@pytest.mark.parametrize("words", ["fifo", "absolute", "accumulating:2", "headstart:3"])
def test_the_mean_over_everybody_is_that_of_erlang_under_every_discipline(words: str) -> None:
    answer = told_to_a_machine("--discipline", words)

    assert answer["overall_mean_wait"] == pytest.approx(1.0787, rel=0.08)


def test_waits_are_told_in_mean_service_times() -> None:
    slow = told_to_a_machine("--mu", "0.1", "--arrivals", "0.072,0.168")
    quick = told_to_a_machine("--mu", "1", "--arrivals", "0.72,1.68")

    waits = [[one["mean_wait"] for one in answer["classes"]] for answer in (slow, quick)]
    assert waits[0] == pytest.approx(waits[1])
    assert slow["classes"][0]["arrival_rate"] == 0.072


def test_a_person_reads_a_table() -> None:
    lines = told("--discipline", "headstart:3").splitlines()

    assert [word for word in lines[0].split() if word] == [
        "类别",
        "到达率",
        "平均等候",
        "95%",
        "区间",
        "九成不超过",
    ]
    assert lines[1].split()[:2] == ["1", "0.72"]
    assert lines[2].split()[:2] == ["2", "1.68"]
    assert lines[3].startswith("全部来人平均等候 1.")


def test_a_hall_nearly_full_is_told_how_many_visitors_it_takes() -> None:
    err = StringIO()

    call_command("simulate", *HALL, "--arrivals", "1,1.9", stdout=StringIO(), stderr=err)

    assert "--customers" in err.getvalue()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--arrivals", "1.5,1.5"), "队会越排越长"),
        (("--arrivals", "2,7"), "队会越排越长"),
        (("--arrivals", "0.00001,1"), "--customers 10000100"),
        (("--discipline", "lifo"), "没有“lifo”这种叫号规则"),
        (("--discipline", "accumulating:0.5"), "R 不小于 1"),
    ],
)
def test_what_cannot_be_simulated_is_refused_in_a_sentence(
    words: tuple[str, ...], sentence: str
) -> None:
    stopped = refused(*words)

    assert sentence in str(stopped)
    assert stopped.returncode == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--arrivals", "1,x"), "不能是“x”"),
        (("--arrivals", "1,,2"), "不能是“”"),
        (("--arrivals", ",".join(["0.1"] * 21)), "最多 20 类"),
        (("--servers", "0"), "1 到 100000 的整数"),
        (("--servers", "2.5"), "1 到 100000 的整数"),
        (("--mu", "-1"), "0.000001 到 1000000 的数"),
        (("--mu", "nan"), "0.000001 到 1000000 的数"),
        (("--customers", "0"), "1 到 50000000 的整数"),
        (("--seed", "-1"), "的整数"),
    ],
)
def test_a_wrong_argument_is_named_with_what_to_write(
    words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in str(refused(*words))
