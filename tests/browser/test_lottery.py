"""The quotas of a lottery at the desk, and anybody's own check of it in their browser."""

import json
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localtime
from playwright.sync_api import Page, expect

from mingchuang.council.models import Lottery
from mingchuang.council.queries.lotteries import lot_of, plan_in, public_draw
from mingchuang.council.queries.refills import public_refill
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.council.rules.lottery.check import untruths, untruths_of_draw
from mingchuang.council.rules.lottery.check_refill import untruths_of_refills
from mingchuang.council.rules.lottery.commitment import promised
from mingchuang.council.rules.lottery.dice import read_dice
from mingchuang.council.rules.lottery.truth import NameTwice, as_number, parsed
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in
from tests.build import MONDAY
from tests.council import test_lottery_tampering as tampering
from tests.council.build import a_convenor
from tests.council.neighbours import (
    a_neighbourhood,
    a_promised_lottery,
    a_refilled_lottery,
    a_small_promise,
    a_thrown_lottery,
)

TRIES = 150


def test_the_sliders_stay_when_the_seats_are_others(desk: Page, address: str) -> None:
    topic = a_neighbourhood()
    let_in(desk, a_convenor(), address)
    desk.goto(f"/desk/council/{topic.number}/lottery/")
    sliders = desk.locator("#quotas-asked input[type=range]")
    many = sliders.count()

    desk.get_by_role("spinbutton", name="席位", exact=True).fill("4")
    desk.get_by_role("spinbutton", name="席位", exact=True).press("Tab")

    expect(desk.locator("#quotas-asked [name=meant_for]")).to_have_value("4")
    expect(sliders).to_have_count(many)
    assert many > 4
    sliders.first.fill("1")
    expect(desk.locator("#quotas-asked input[type=number]").first).to_have_value("1")


def test_anybody_checks_a_lottery_in_their_own_browser(phone: Page, tmp_path: Path) -> None:
    lottery = a_thrown_lottery()
    number = lottery.roster.topic.number
    phone.goto(f"/council/{number}/lottery/")
    faults = faults_of(phone, "public lottery")

    phone.get_by_role("link", name="在浏览器里核对").click()
    expect(phone.get_by_text("全部属实")).to_be_visible()
    expect(phone.get_by_text("封存码和公开过的一样。")).to_be_visible()
    due = localtime(datetime.fromisoformat(json.loads(lottery.plan)["due"]))
    expect(phone.get_by_text(f"{due:%H:%M} 以后才抽")).to_be_visible()
    expect(phone.get_by_text("第 471 签：")).to_be_visible()
    phone.get_by_label("掷出的三个数字").fill("4,7,2")
    phone.get_by_role("button", name="核对").click()
    expect(phone.get_by_text("您填的骰子不是记录里的。记录里是：4 7 1")).to_be_visible()
    faults += faults_of(phone, "checked")

    file = tmp_path / "other.json"
    plan = json.loads(lottery.plan)
    file.write_text(json.dumps(promised(plan, "dice", plan["due"], "elsewhere")))
    phone.get_by_label("方案文件").set_input_files(file)
    phone.get_by_role("button", name="核对").click()
    expect(phone.get_by_text("和公开过的不一样")).to_be_visible()
    file.write_text('{"size": 99, ' + lottery.plan[1:])
    phone.get_by_label("方案文件").set_input_files(file)
    phone.get_by_role("button", name="核对").click()
    expect(phone.get_by_text("“size”写了两次")).to_be_visible()
    changed = json.loads(lottery.plan)
    changed["tickets"][471] = changed["tickets"][470]
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(changed))
    phone.get_by_label("方案文件").set_input_files(file)
    phone.get_by_role("button", name="核对").click()
    expect(phone.get_by_text("封存码对不上")).to_be_visible()
    assert faults + faults_of(phone, "untrue") == []


def test_the_browser_finds_what_the_command_finds(phone: Page) -> None:
    """Wherever a plan is changed, and sealed anew, both say the same of it."""
    plan = plan_in(a_small_promise())
    dice = random.Random(1)
    phone.goto("/council/check/")

    for _ in range(TRIES):
        changed = json.loads(json.dumps(plan))
        place = change_somewhere(changed, dice)
        ours = sorted({one.code for one in untruths(changed)} - {"seal"})
        theirs = phone.evaluate(FOUND, changed)
        assert sorted(set(theirs) - {"seal"}) == ours, place


@pytest.mark.slow
def test_the_browser_finds_tampering_in_any_single_place_as_the_command_does(phone: Page) -> None:
    """With the seal everything; sealed anew the same as the command, place by place."""
    plan = tampering.a_plan()
    phone.goto("/council/check/")

    unfound = phone.evaluate(UNFOUND, [plan, tampering.OUTSIDE, True])
    sealed_anew = phone.evaluate(UNFOUND, [plan, tampering.OUTSIDE, False])

    assert unfound == []
    assert {(tamper, *way) for tamper, way in sealed_anew} == {
        (tamper.__name__, *way)
        for tamper in tampering.TAMPERS
        for way in tampering.OUTSIDE
        if not {one.code for one in untruths(tamper(plan, way))} - {"seal"}
    }


UNFOUND = """async ([plan, ways, withSeal]) => {
  const { untruths } = await import("/static/council/lottery.js");
  const { sealOf } = await import("/static/council/seal.js");
  const seal = withSeal ? sealOf : async (one) => one.commitment;
  const isNode = (value) => typeof value === "object" && value !== null;
  const changes = {
    number: (old) => old * 2 + 7,
    boolean: (old) => !old,
    string: (old) => old.slice(0, -1) + (old.endsWith("0") ? "1" : "0"),
  };
  const whole = (old) => (Object.keys(old).length ? (Array.isArray(old) ? [] : {}) : ["more"]);
  const another = (old) => (isNode(old) ? whole(old) : (changes[typeof old] ?? (() => 7))(old));
  const tampers = {
    bolder: (node, key) => (node[key] = another(node[key])),
    dropped: (node, key) => (Array.isArray(node) ? node.splice(key, 1) : delete node[key]),
    doubled: (node, key) =>
      Array.isArray(node) ? node.splice(key, 0, node[key]) : (node[`${key} too`] = node[key]),
  };
  const text = JSON.stringify(plan);
  const unfound = (await untruths(JSON.parse(text), seal)).map(() => ["the plan itself", []]);
  for (const [name, tamper] of Object.entries(tampers)) {
    for (const way of ways) {
      const other = JSON.parse(text);
      tamper(way.slice(0, -1).reduce((node, key) => node[key], other), way.at(-1));
      if (!(await untruths(other, seal)).length) unfound.push([name, way]);
    }
  }
  return unfound;
}"""


FOUND = """async (plan) => {
  const { untruths } = await import("/static/council/lottery.js");
  const { sealOf } = await import("/static/council/seal.js");
  const unfound = [];
  if ((await untruths(plan, sealOf)).length) unfound.push("the plan itself");
  const changes = { number: (old) => old + 1, boolean: (old) => !old };
  const another = (old) => (changes[typeof old] ?? ((other) => `${other}x`))(old);
  const walk = async (node, way) => {
    for (const key of Object.keys(node)) {
      const old = node[key];
      if (typeof old === "object" && old !== null) await walk(old, [...way, key]);
      else {
        node[key] = another(old);
        if (!(await untruths(plan, sealOf)).length) unfound.push([...way, key].join(" "));
        node[key] = old;
      }
    }
  };
  await walk(plan, []);
  return unfound;
}"""


FOUND = """async (plan) => {
  const { untruths } = await import("/static/council/lottery.js");
  return (await untruths(plan, async () => plan.commitment)).map(([code]) => code);
}"""


def change_somewhere(plan: dict[str, Any], dice: random.Random) -> list[object]:
    """Change one leaf of a plan, or leave something out; return the way to it."""
    at: Any = plan
    way: list[object] = []
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        keys = [key for key in keys if key not in ("commitment", "timings", "versions")]
        if not keys:
            return way
        key = dice.choice(keys)
        way.append(key)
        if isinstance(at[key], (dict, list)) and at[key] and dice.random() > 0.05:
            at = at[key]
            continue
        if dice.random() < 0.1 and isinstance(at, dict):
            del at[key]
            return way
        at[key] = dice.choice(others(at[key]))
        return way


def others(value: Any) -> list[Any]:
    """Return what may stand in its place: near it, far off, and of another kind."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return [value + 1, value - 1, -value - 1, value / 2 + 0.25, 0, None, str(value)]
    return ["x", None, 0, -1, True, [], {}]


PARSED = """async (text) => {
  const plan = JSON.parse(text);
  const { untruths } = await import("/static/council/lottery.js");
  return (await untruths(plan, async () => plan.commitment)).map(([code]) => code);
}"""


def test_the_browser_takes_names_in_any_order_and_whole_numbers_as_they_are(phone: Page) -> None:
    text = json.dumps(plan_in(a_small_promise()), sort_keys=True)
    fractions = text.replace('"size": 3', '"size": 3.0')
    phone.goto("/council/check/")

    for one in (text, fractions):
        assert phone.evaluate(PARSED, one) == []
        assert untruths(json.loads(one, parse_float=as_number)) == []


TWICE = """async (texts) => {
  const { namesTwice } = await import("/static/council/names.js");
  return texts.map(namesTwice);
}"""


def test_the_browser_reads_no_name_twice_as_the_command_does_not(phone: Page) -> None:
    texts = ['{"a": 1, "b": [{"a": 2}, {"a": "a:", "c": {}}]}', '{"a": "\\"", "\\u0061": 1}']
    texts += ['[{"x": {"b": 1, "b": [2]}}]', '{"a": ["a", "a"], "b": {"a": "{"}}', "[]", "3"]
    phone.goto("/council/check/")

    assert phone.evaluate(TWICE, texts) == [names_twice(text) for text in texts]


def names_twice(text: str) -> list[str]:
    try:
        parsed(text)
    except NameTwice as twice:
        return twice.names
    return []


DICE = """async (texts) => {
  const { readDice } = await import("/static/council/lottery.js");
  return texts.map(readDice);
}"""


def test_the_browser_reads_dice_as_strictly_as_the_command(phone: Page) -> None:
    texts = ["4,7,1", "4、7、1", "4 7 1", "12,3", "4a7b1", "10,0,0", "４,7,1", "4,7", "-1,2,3", ""]
    phone.goto("/council/check/")

    theirs = phone.evaluate(DICE, texts)

    assert theirs == [list(one) if (one := read_dice(text)) else None for text in texts]


ROUNDS = """async ([plan, record]) => {
  const { untruthsOfDraw } = await import("/static/council/lottery.js");
  const { untruthsOfRefills } = await import("/static/council/refill.js");
  const seal = async (one) => one.commitment;
  const isDraw = record.round === undefined;
  const rounds = () => untruthsOfRefills(plan, [record], seal);
  const found = isDraw ? untruthsOfDraw(plan, record) : await rounds();
  return found.map(([code]) => code);
}"""


def test_the_browser_finds_in_a_draw_and_a_refill_what_the_command_finds(phone: Page) -> None:
    lottery = a_refilled_lottery()
    topic, plan = lottery.roster.topic.number, plan_in(lottery)
    record = public_refill(topic, lottery.roster.number, lottery.number, 1)
    draw = public_draw(topic, lottery.roster.number, lottery.number)
    phone.goto("/council/check/")

    changes: list[dict[str, Any]] = [{}, {"dice": [4, 7, 10]}, {"ticket": 1}, {"dice": None}]
    changes += [{"extra": 1}, {"people": record["lost"]}, {"dice": [4, 7, 2]}]
    when: list[dict[str, Any]] = [{"at": one} for one in (None, "", "2026-01-01T00:00:00.000000Z")]
    for change in changes + when:
        ours = {one.code for one in untruths_of_draw(plan, {**draw, **change})}
        assert set(phone.evaluate(ROUNDS, [plan, {**draw, **change}])) == ours, change
    rounds: list[dict[str, Any]] = [{"round": 2}, {"skipped": [1]}, {"lost": []}, {"lost": None}]
    rounds += [{"new": []}, {"gone": record["people"]}, {"plan": {}}, *changes[:-2]]
    for change in rounds:
        ours = {one.code for one in untruths_of_refills(plan, [{**record, **change}])}
        assert set(phone.evaluate(ROUNDS, [plan, {**record, **change}])) - {"seal"} == ours, change


def test_anybody_checks_a_refill_in_their_own_browser(phone: Page) -> None:
    number = a_refilled_lottery().roster.topic.number
    phone.goto(f"/council/{number}/lottery/")
    faults = faults_of(phone, "refilled")

    phone.get_by_role("link", name="在浏览器里核对").click()

    expect(phone.get_by_text("全部属实")).to_be_visible()
    expect(phone.get_by_text("补抽第 1 轮，第")).to_be_visible()
    expect(phone.get_by_text("事先公开：现场掷三颗十面骰子。")).to_be_visible()
    assert faults + faults_of(phone, "refill checked") == []


def test_a_resident_reads_their_chance_on_their_own_page(phone: Page) -> None:
    lottery = a_promised_lottery()
    who = lottery.roster.topic.stakeholders.all()[7]
    lot = lot_of(who)
    assert lot is not None

    phone.goto(f"/council/me/{who.code}/")

    expect(phone.get_by_text(lot.name)).to_be_visible()
    expect(phone.get_by_text(f"{lot.tickets} 支有您")).to_be_visible()
    assert faults_of(phone, "me") == []


def test_nothing_keeps_a_convenor_out_of_the_lottery(desk: Page, address: str) -> None:
    topic = a_neighbourhood()
    let_in(desk, a_convenor(), address)
    desk.goto(f"/desk/council/{topic.number}/lottery/")
    expect(desk.locator("#price .big")).to_be_visible()
    faults = faults_of(desk, "terms")
    desk.get_by_role("button", name="计算最公平的抽法").click()
    faults += faults_of(desk, "planning")
    plan_lotteries(lambda: MONDAY)
    desk.reload()
    faults += faults_of(desk, "planned")

    assert Lottery.objects.count() == 1
    assert faults == []
