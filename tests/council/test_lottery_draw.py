"""The draw: dice pick a ticket, chances come out as told, and lost seats are filled rightly."""

import hashlib
import hmac
import random
from collections import Counter
from dataclasses import replace
from functools import cache
from math import sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.council.rules.lottery.check import untruths, untruths_of_draw
from mingchuang.council.rules.lottery.dice import drawn, read_dice, ticket_number
from mingchuang.council.rules.lottery.plan import plan_of
from mingchuang.council.rules.lottery.pool import Pool
from mingchuang.council.rules.lottery.refill import refill_number, refill_pool
from mingchuang.council.rules.lottery.solve import Impossible
from mingchuang.council.rules.lottery.watch import Watch
from tests.council.exact import homes_are_apart, off_by, panels_of
from tests.council.lots import a_house

THROWS = 100_000


@cache
def a_plan() -> dict[str, Any]:
    plan = plan_of(a_house(), {}, Watch())
    assert not isinstance(plan, Impossible)
    return plan


def keeps_everything(pool: Pool, names: list[str]) -> bool:
    """Whether size, quotas and homes are right and two opponents have a seat."""
    chosen = [one for one in pool.people if one.id in names]
    against = [one for one in chosen if "oppose" in one.features]
    right = len(chosen) == pool.size and homes_are_apart(chosen) and not off_by(pool, chosen)
    return right and len(against) >= 2


@pytest.mark.parametrize(
    ("text", "dice"),
    [("4,7,1", (4, 7, 1)), ("0 0 0", (0, 0, 0)), ("9，9，9", (9, 9, 9)), ("4,7", None)]
    + [(text, None) for text in ("4,7,1,2", "10,0,0", "a,b,c", "", "-1,2,3", "４,7,1")],
)
def test_dice_are_three_digits(text: str, dice: tuple[int, ...] | None) -> None:
    assert read_dice(text) == dice


def test_three_dice_pick_each_of_a_thousand_tickets_once() -> None:
    digits = range(10)

    numbers = [ticket_number((a, b, c)) for a in digits for b in digits for c in digits]

    assert numbers == list(range(1000))


def test_over_a_hundred_thousand_throws_everybody_comes_as_often_as_was_told() -> None:
    plan, chance, pool = a_plan(), random.Random(7), a_house()
    seated: Counter[str] = Counter()
    tickets: Counter[int] = Counter()
    for _ in range(THROWS):
        draw = drawn(plan, [chance.randrange(10) for _ in range(3)])
        seated.update(draw["people"])
        tickets[draw["ticket"]] += 1

    # Chi-square over 1,000 tickets is about 999 ± 45; over five deviations is no chance.
    off = sum((tickets[n] - THROWS / 1000) ** 2 / (THROWS / 1000) for n in range(1000))
    assert abs(off - 999) < 5 * sqrt(2 * 999)
    for name, told in plan["marginals"].items():
        share = told["tickets"] / told["of"]
        assert abs(seated[name] / THROWS - share) <= 5 * sqrt(share * (1 - share) / THROWS)
        assert abs(told["chance"] - share) <= 0.001
    assert all(keeps_everything(pool, ticket) for ticket in plan["tickets"])


def test_a_record_of_a_draw_is_of_this_plan_and_these_dice() -> None:
    plan = a_plan()
    draw = drawn(plan, (4, 7, 1))

    assert untruths_of_draw(plan, draw) == []
    assert draw["ticket"] == 471
    for change in (
        {"dice": [4, 7, 2]},
        {"ticket": 472},
        {"people": [*draw["people"][1:], "p9"]},
        {"commitment": "sha256:00"},
        {"dice": [4, 7]},
        {"dice": [4, 7, True]},
        {"dice": None},
    ):
        assert untruths_of_draw(plan, {**draw, **change}), change


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 999), st.data())
def test_a_refill_keeps_quotas_homes_and_opponents(number: int, data: st.DataObject) -> None:
    pool, people = a_house(), a_plan()["tickets"][number]
    gone = set(data.draw(st.lists(st.sampled_from(people), min_size=1, max_size=2)))
    accepted = [name for name in people if name not in gone]

    again = refill_pool(pool, accepted=accepted, gone=gone)
    plan = plan_of(again, {}, Watch())

    if isinstance(plan, Impossible):
        # Whoever was left cannot fill these seats: three young supporters and two young against.
        assert not panels_of(again)
        return
    assert untruths(plan) == []
    for ticket in plan["tickets"]:
        assert set(accepted) <= set(ticket)
        assert not gone & set(ticket)
        assert keeps_everything(pool, ticket)


def test_where_too_few_opponents_are_left_the_quota_is_named() -> None:
    pool = a_house()
    against = {one.id for one in pool.people if "oppose" in one.features}

    again = refill_pool(pool, accepted=[], gone=against - {"p3"})
    answer = plan_of(again, {}, Watch())

    assert isinstance(answer, Impossible)
    assert answer.relaxation
    assert [(one.quota.feature, one.least) for one in answer.relaxation.quotas] == [("oppose", 1)]


def test_the_number_of_a_refill_comes_from_the_draw_and_the_round_alone() -> None:
    draw = drawn(a_plan(), (4, 7, 1))
    numbers = [refill_number(draw, n) for n in range(1, 2001)]

    assert numbers == [refill_number({**draw, "people": []}, n) for n in range(1, 2001)]
    assert refill_number(drawn(a_plan(), (4, 7, 2)), 1) != refill_number(draw, 1)
    assert len(set(numbers)) > 800
    assert all(0 <= number < 1000 for number in numbers)


def test_a_known_refill_is_what_anybody_computes() -> None:
    draw = {"commitment": "sha256:00", "dice": [4, 7, 1]}
    key = b'{"commitment":"sha256:00","dice":[4,7,1]}'

    mark = hmac.new(key, b"1", hashlib.sha256).hexdigest()

    assert refill_number(draw, 1) == int(mark, 16) % 1000 == 630


def test_a_must_in_who_is_gone_leaves_the_seat_to_the_lottery() -> None:
    pool = replace(a_house(), musts={"p6": "住在车棚里"})

    again = refill_pool(pool, accepted=["p1"], gone=["p6"])

    assert again.musts == {"p1": "accepted"}
    assert "p6" not in {one.id for one in again.people}
