"""The draw: dice pick a ticket, chances come out as told, and lost seats are filled rightly."""

import hashlib
import hmac
from collections import Counter
from dataclasses import replace
from functools import cache
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mingchuang.council.rules.asking import Registered, Terms, pool_of
from mingchuang.council.rules.lottery.check import untruths, untruths_of_draw
from mingchuang.council.rules.lottery.dice import drawn, read_dice, ticket_number
from mingchuang.council.rules.lottery.plan import plan_of
from mingchuang.council.rules.lottery.pool import Pool, Quota
from mingchuang.council.rules.lottery.refill import refill_number, refill_pool, weights_in
from mingchuang.council.rules.lottery.solve import Impossible
from mingchuang.council.rules.lottery.watch import Watch
from tests.council.exact import homes_are_apart, off_by, panels_of
from tests.council.lots import a_house

THROWS = 100_000
# Of twelve seats four are the opponents', by the share that is asked for.
GUARDED = 4
TINY = 1e-9
Seats = NDArray[Any]


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
    [("4,7,1", (4, 7, 1)), ("0 0 0", (0, 0, 0)), ("9，9，9", (9, 9, 9))]
    + [("４,７、１", (4, 7, 1)), ("4,7", None)]
    + [(text, None) for text in ("4,7,1,2", "10,0,0", "a,b,c", "", "-1,2,3")],
)
def test_dice_are_three_digits(text: str, dice: tuple[int, ...] | None) -> None:
    assert read_dice(text) == dice


def test_three_dice_pick_each_of_a_thousand_tickets_once() -> None:
    digits = range(10)

    numbers = [ticket_number((a, b, c)) for a in digits for b in digits for c in digits]

    assert numbers == list(range(1000))


AGES = ("18-34", "35-54", "70+")
TERMS = Terms(12, 30, [Quota("age", age, 2, 6) for age in AGES])


@cache
def a_street() -> list[Registered]:
    """Sixty people in twenty-seven homes; two must be there, one in three is against."""
    return [
        Registered(
            f"p{n}",
            f"h{n * 4 // 9}",
            ("oppose", "support", "")[n % 3],
            {"age": AGES[n * 7 % 11 % 3]},
            because="就住在车棚里" if n in (1, 30) else "",
        )
        for n in range(60)
    ]


def planned(pool: Pool) -> dict[str, Any]:
    plan = plan_of(pool, {}, Watch())
    assert not isinstance(plan, Impossible)
    return plan


def seats_in(plan: dict[str, Any]) -> Seats:
    """Return who sits on each ticket: a row for a ticket, a column for everybody."""
    return np.array([[name in ticket for name in plan["people"]] for ticket in plan["tickets"]])


def chi_square(seats: Seats, numbers: Seats) -> tuple[float, int]:
    """Return how far everybody's seats are from what is told, and the degrees of freedom.

    Who sits with whom is no chance: the seats of one draw hang together. So what everybody's seats
    are off by is weighed by the inverse of the covariance of one draw (its pseudoinverse: as many
    seats are given each time): d' C⁺ d / draws is chi-square with as many degrees as C has ranks.
    """
    share = seats.mean(axis=0)
    covariance = seats.T @ (seats / len(seats)) - np.outer(share, share)
    off = seats[numbers].sum(axis=0) - len(numbers) * share
    rank = int(np.linalg.matrix_rank(covariance, tol=TINY, hermitian=True))
    return float(off @ np.linalg.pinv(covariance, TINY, hermitian=True) @ off) / len(numbers), rank


def is_by_chance(seats: Seats, numbers: Seats) -> bool:
    """Whether chi-square is within five deviations of what chance gives."""
    off, degrees = chi_square(seats, numbers)
    return abs(off - degrees) < 5 * sqrt(2 * degrees)


def all_hold(plan: dict[str, Any], seats: Seats, musts: set[str]) -> bool:
    """Whether each of these tickets keeps homes apart, quotas, musts and opponents as guarded."""
    people, names = {one.id: one for one in a_street()}, [*plan["people"]]
    homes = Counter((row, people[names[who]].household) for row, who in np.argwhere(seats))
    quotas = [
        seats[:, [people[name].of(one["category"]) == one["feature"] for name in names]].sum(axis=1)
        for one in plan["quotas"]
    ]
    bounds = [(one["min"], one["max"]) for one in plan["quotas"]]
    against = seats[:, [people[name].camp == "oppose" for name in names]].sum(axis=1)
    kept = all(
        least <= n.min() and n.max() <= most
        for n, (least, most) in zip(quotas, bounds, strict=True)
    )
    there = bool(seats[:, [name in musts for name in names]].all())
    full = set(seats.sum(axis=1)) == {TERMS.size}
    return max(homes.values()) == 1 and kept and there and full and against.min() >= GUARDED


def test_over_a_hundred_thousand_throws_everybody_comes_as_often_as_was_told() -> None:
    plan = planned(pool_of(a_street(), TERMS))
    seats, dice = seats_in(plan), np.random.default_rng(7).integers(0, 10, (THROWS, 3))
    first = dice[:, 0]

    numbers: Seats = np.array([*map(ticket_number, dice.tolist())])

    thrown = np.bincount(numbers, minlength=1000)
    off = ((thrown - THROWS / 1000) ** 2 / (THROWS / 1000)).sum()
    assert abs(off - 999) < 5 * sqrt(2 * 999)
    assert is_by_chance(seats, numbers)
    # Dice that show one number a little too seldom are found by who sits.
    assert not is_by_chance(seats, numbers[(first != 4) | (np.arange(THROWS) % 5 > 0)])
    told = [(one["tickets"] / one["of"], one["chance"]) for one in plan["marginals"].values()]
    assert seats.mean(axis=0).tolist() == [share for share, _chance in told]
    assert max(abs(share - chance) for share, chance in told) <= 0.001
    assert thrown.min() > 0
    assert all_hold(plan, seats, {"p1", "p30"})


def test_a_refill_comes_as_often_as_was_told_and_keeps_homes_quotas_and_opponents() -> None:
    plan = planned(pool_of(a_street(), TERMS))
    draw, against = drawn(plan, (4, 7, 1)), {one.id for one in a_street() if one.camp == "oppose"}
    free = [name for name in draw["people"] if name not in ("p1", "p30")]
    gone = [*sorted(against.intersection(free))[:2], *sorted(set(free) - against)[:2]]
    held = [name for name in draw["people"] if name not in gone]
    weights = weights_in(plan)

    again = planned(pool_of(a_street(), TERMS, accepted=held, gone=gone, weights=weights))

    seats = seats_in(again)
    throws = [{**draw, "dice": [a, b, c]} for a in range(10) for b in range(10) for c in range(10)]
    numbers = np.array([refill_number(one, turn) for one in throws for turn in range(1, 21)])
    assert untruths(again) == []
    assert is_by_chance(seats, numbers)
    assert all_hold(again, seats, {*held})
    assert not {*gone} & {*again["people"]}


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


@settings(max_examples=25, deadline=None)
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
