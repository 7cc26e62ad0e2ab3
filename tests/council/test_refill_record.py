"""A round of refilling is published, and anybody may check it as they check the draw."""

import json
from typing import Any

import pytest
from django.test import Client

from mingchuang.base.errors import NotFound
from mingchuang.council.actions.own import withdraw
from mingchuang.council.actions.refills import ask_refill, ask_relaxed_refill
from mingchuang.council.models import Lottery, Refill
from mingchuang.council.queries.lotteries import plan_in
from mingchuang.council.queries.refills import public_refill
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.council.rules.lottery.check_refill import untruths_of_refills
from mingchuang.council.rules.lottery.commitment import sealed
from tests.council.build import a_convenor
from tests.council.neighbours import THURSDAY, a_refilled_lottery, decline

pytestmark = pytest.mark.django_db


def record_of(lottery: Lottery, turn: int = 1) -> dict[str, Any]:
    """Return the record as somebody reads it who downloaded it."""
    topic, roster = lottery.roster.topic.number, lottery.roster.number
    record: dict[str, Any] = json.loads(
        json.dumps(public_refill(topic, roster, lottery.number, turn))
    )
    return record


def test_a_refill_holds_and_every_change_of_it_is_found() -> None:
    lottery = a_refilled_lottery()
    plan, record = plan_in(lottery), record_of(lottery)

    assert untruths_of_refills(plan, [record]) == []
    assert len(record["lost"]) == len(record["new"]) == 1
    other = sealed({**record["plan"], "size": 2})
    fewer = sealed({**record["plan"], "quotas": record["plan"]["quotas"][1:]})
    changes: list[dict[str, Any]] = [
        {"ticket": (record["ticket"] + 1) % 1000},
        {"round": 2},
        {"skipped": [1]},
        {"lost": []},
        {"new": record["lost"]},
        {"people": [*record["people"][1:], *record["lost"]]},
        {"dice": [4, 7, 2]},
        {"gone": record["people"][:1]},
        {"gave_way": [{**plan["quotas"][0], "to_min": 9, "to_max": 9}]},
        {"plan": other},
        {"plan": fewer},
    ]
    for change in changes:
        assert untruths_of_refills(plan, [{**record, **change}]), change


def test_rounds_follow_each_other_and_what_gave_way_is_named() -> None:
    lottery = a_refilled_lottery()
    gone = lottery.roster.topic.stakeholders.present().filter(seats=None).first()
    assert gone is not None
    withdraw(gone.code, at=THURSDAY)
    decline(lottery, at=THURSDAY)
    named = {"category": "camp", "feature": "silent", "min": 0, "max": 1, "to_min": 0, "to_max": 2}
    why = {"relaxation": [named], "homes": 9}
    Refill.objects.create(lottery=lottery, round=2, at=THURSDAY, made_at=THURSDAY, impossible=why)
    ask_relaxed_refill(lottery.roster.topic.number, by=a_convenor(), at=THURSDAY)
    plan_lotteries(lambda: THURSDAY)

    rounds = [record_of(lottery), record_of(lottery, 3)]

    assert untruths_of_refills(plan_in(lottery), rounds) == []
    assert rounds[1]["skipped"] == [2]
    gave_way = [(one["feature"], one["to_min"], one["to_max"]) for one in rounds[1]["gave_way"]]
    # Of those who are against one is left.
    assert gave_way == [("oppose", 1, 3), ("silent", 0, 2)]
    assert {one.code for one in untruths_of_refills(plan_in(lottery), rounds[1:])} >= {"refill"}


def test_everybody_finds_the_refill_beside_the_draw(client: Client) -> None:
    lottery = a_refilled_lottery()
    number = lottery.roster.topic.number

    page = client.get(f"/council/{number}/lottery/").content.decode()
    file = client.get(f"/council/{number}/lottery/1-1/refill-1.json")

    assert f"/council/{number}/lottery/1-1/refill-1.json" in page
    way = f"/council/{number}/lottery/1-1"
    assert f"plan.json&amp;refill={way}/draw.json&amp;refill={way}/refill-1.json" in page
    assert json.loads(file.content) == record_of(lottery)


def test_a_round_that_was_not_drawn_is_nowhere() -> None:
    lottery = a_refilled_lottery()

    with pytest.raises(NotFound):
        record_of(lottery, 2)


def test_a_refill_tells_of_who_keeps_a_seat_only_what_they_fill_together() -> None:
    lottery = a_refilled_lottery()
    plan, record = plan_in(lottery), record_of(lottery)

    fixed = [one for one in record["plan"]["people"].values() if one["must"]]
    assert [one["features"] for one in fixed] == [[], []]
    assert sum(record["plan"]["seated"]) == 2 * len(plan["categories"])
    assert record["plan"]["seated"] == [1, 1]
    moved = sealed({**record["plan"], "seated": [2, 0]})
    found = untruths_of_refills(plan, [{**record, "plan": moved}])
    assert ("refill_plan", "camp·oppose") in found


def test_where_somebody_who_must_be_there_is_gone_the_rounds_still_hold() -> None:
    lottery = a_refilled_lottery()
    must = lottery.roster.seats.get(why="must")
    must.state, must.answered_at = "declined", THURSDAY
    must.save()
    ask_refill(lottery.roster.topic.number, by=a_convenor(), at=THURSDAY)
    plan_lotteries(lambda: THURSDAY)
    decline(lottery, at=THURSDAY)
    ask_refill(lottery.roster.topic.number, by=a_convenor(), at=THURSDAY)
    plan_lotteries(lambda: THURSDAY)

    rounds = [record_of(lottery, turn) for turn in (1, 2, 3)]

    assert untruths_of_refills(plan_in(lottery), rounds) == []
