"""Dice, promises and refills at the same moment as somebody draws, voids or withdraws."""

import json
from functools import partial

import pytest

from mingchuang.council import reckoning
from mingchuang.council.actions.lotteries import draw_lottery, void_lottery
from mingchuang.council.actions.own import withdraw
from mingchuang.council.actions.refills import ask_refill, keep_refill
from mingchuang.council.models import Lottery, Seat
from mingchuang.council.queries.lotteries import named_in, names_of, plan_in
from mingchuang.council.reckoning import plan_lotteries
from tests.council.build import a_convenor
from tests.council.neighbours import THURSDAY, WEDNESDAY, a_small_promise
from tests.tools.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_several_who_write_down_dice_one_does() -> None:
    number = a_small_promise().roster.topic.number
    by = a_convenor()

    became = at_once(
        *[partial(draw_lottery, number, (4, 7, n), by=by, at=WEDNESDAY) for n in range(3)]
    )

    assert sorted(became) == ["already_drawn", "already_drawn", "done"]
    assert Seat.objects.count() == 3


def test_a_lottery_is_drawn_or_void_and_never_both() -> None:
    number = a_small_promise().roster.topic.number
    by = a_convenor()

    became = at_once(
        partial(draw_lottery, number, (4, 7, 1), by=by, at=WEDNESDAY),
        partial(void_lottery, number, "名册漏了一户。", by=by, at=WEDNESDAY),
    )

    lottery = Lottery.objects.get()
    assert became.count("done") == 1
    assert lottery.is_drawn != bool(lottery.voided_at)


def test_whoever_withdraws_while_seats_are_refilled_has_none() -> None:
    number = a_small_promise().roster.topic.number
    lottery = draw_lottery(number, (4, 7, 1), by=a_convenor(), at=WEDNESDAY)
    seat = lottery.roster.seats.exclude(why="must")[0]
    seat.state, seat.answered_at = "declined", WEDNESDAY
    seat.save()
    refill = ask_refill(number, by=a_convenor(), at=THURSDAY)
    seats = names_of(lottery)
    text, why = reckoning._found(refill, seats)
    drawable = {name for ticket in json.loads(text)["tickets"] for name in ticket}
    codes = [named_in(lottery)[name].code for name in sorted(drawable - {*seats[0]})]

    became = at_once(
        partial(keep_refill, refill, text, why, seats=seats, at=THURSDAY),
        *[partial(withdraw, code, at=THURSDAY) for code in codes],
    )
    plan_lotteries(lambda: THURSDAY)

    assert set(became) == {"done"}
    assert not Seat.objects.held().filter(stakeholder__withdrawn_at__isnull=False).exists()
    assert plan_in(lottery)["commitment"] == lottery.commitment
