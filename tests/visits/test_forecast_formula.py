"""The formula: what each voice says, and how they are blended by their record."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.rules.forecast.formula import VOICES, blended, call_rate, qlm, voices
from mingchuang.visits.rules.forecast.moment import UNSEEN, Outcome, log_pace, log_wait
from mingchuang.visits.rules.forecast.past import GUESS, Past
from mingchuang.visits.rules.forecast.record import Record
from tests.visits.halls import a_moment

rates = st.floats(0.01, 10)
people = st.integers(0, 200)


def lived_through(*waits: float, **given: Any) -> Past:
    past = Past()
    for wait in waits:
        past.add(Outcome(a_moment(**given), wait))
    past.night()
    return past


@pytest.mark.parametrize(
    ("ahead", "rate", "leaving", "wait"),
    [(0, 0.5, 0.0, 2.0), (4, 0.5, 0.0, 10.0), (1, 0.5, 0.5, 3.0), (2, 1.0, 1.0, 11 / 6)],
)
def test_the_wait_behind_people_is_a_sum(
    ahead: int, rate: float, leaving: float, wait: float
) -> None:
    assert qlm(ahead, rate=rate, leaving=leaving) == pytest.approx(wait)


@given(people, rates, rates)
def test_who_may_leave_shortens_the_wait_and_who_comes_lengthens_it(
    ahead: int, rate: float, leaving: float
) -> None:
    wait = qlm(ahead, rate=rate, leaving=leaving)

    assert wait <= qlm(ahead, rate=rate) + 1e-9
    assert qlm(ahead + 1, rate=rate, leaving=leaving) > wait


def test_before_the_first_call_the_known_pace_is_the_rate() -> None:
    assert call_rate(a_moment(open_for=0.0, calls=0), 4.0) == pytest.approx(1 / 4)


def test_calls_of_an_hour_outweigh_the_known_pace() -> None:
    rate = call_rate(a_moment(open_for=300.0, calls=60), 100.0)

    assert 0.75 < rate < 1


def test_where_nothing_is_known_each_place_is_guessed() -> None:
    moment = a_moment(usual=UNSEEN, pace=UNSEEN, open_for=0.0, calls=0)

    said = voices(moment, Past().known(moment))

    assert said[VOICES.index("places")] == pytest.approx(math.log(8 * 5))
    assert all(math.isfinite(one) for one in said)


def test_the_days_before_tell_the_line_from_its_hall() -> None:
    past = lived_through(*[5.0] * 50, line="quick")
    for _n in range(50):
        past.add(Outcome(a_moment(line="slow"), 50.0))
    past.night()

    quick, slow, new = (past.known(a_moment(line=line)).line for line in ("quick", "slow", "new"))

    assert quick.wait < new.wait < slow.wait
    assert quick.wait == pytest.approx(log_wait(5), abs=0.2)
    assert slow.pace == pytest.approx(log_pace(50, 4), abs=0.2)


def test_an_hour_is_known_by_itself_and_fades_into_the_next() -> None:
    past = lived_through(*[5.0] * 100, minute=9 * 60 + 30)
    for _n in range(100):
        past.add(Outcome(a_moment(minute=10 * 60 + 30), 50.0))
    past.night()

    nine, ten, between = (
        past.known(a_moment(minute=minute)).hour.wait for minute in (570, 630, 600)
    )

    assert nine < between < ten
    assert between == pytest.approx((nine + ten) / 2)


def test_today_teaches_nothing_before_the_night() -> None:
    past = lived_through(5.0)
    before = past.known(a_moment())

    past.add(Outcome(a_moment(), 200.0))

    assert past.known(a_moment()) == before
    past.night()
    assert past.known(a_moment()) != before


@given(st.lists(st.floats(0, 6), min_size=5, max_size=5), st.lists(st.floats(0, 3), max_size=20))
def test_a_blend_lies_among_what_is_blended(said: list[float], errors: list[float]) -> None:
    record = Record()
    for n, error in enumerate(errors):
        record.add("north", VOICES[n % len(VOICES)], error)

    assert min(said) - 1e-9 <= blended(said, record, "north") <= max(said) + 1e-9


def test_who_erred_less_is_heard_more_and_most_in_that_hall() -> None:
    record = Record()
    for _n in range(100):
        for voice in VOICES:
            record.add("north", voice, 0.1 if voice == "past" else 1.0)
    said = [1.0 if voice == "past" else 4.0 for voice in VOICES]

    assert blended(said, Record(), "north") == pytest.approx(3.4)
    assert blended(said, record, "north") < 1.2
    assert blended(said, record, "north") < blended(said, record, "south") < 3.4


def test_an_old_error_fades() -> None:
    record = Record()
    record.add("north", "past", 100.0)
    for _n in range(5000):
        record.add("north", "past", 1.0)

    assert record.error("north", "past") == pytest.approx(1.0, abs=0.05)


def test_a_guess_is_eight_minutes_a_place() -> None:
    assert math.exp(GUESS) == pytest.approx(8)
