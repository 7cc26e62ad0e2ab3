"""The replay looks at nothing that is still to come, scores as it says, and learns."""

import math
import subprocess
import sys
from dataclasses import dataclass, field, replace
from random import Random
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.visits.rules.forecast.forecaster import FORMULA, LEARNER, Forecaster, Said
from mingchuang.visits.rules.forecast.moment import UNSEEN, Moment
from mingchuang.visits.rules.forecast.replay import ESTIMATORS, OURS, Replay
from mingchuang.visits.rules.forecast.score import by_hall, errors_of, figures_of, halves, missed
from mingchuang.visits.rules.forecast.stored import restored, stored
from tests.visits.halls import Day, a_moment, replayed, some_days

Told = tuple[str, float, float, float, str]


@dataclass
class Noting(Forecaster):
    """A forecaster that writes down all it says."""

    noted: list[Said] = field(default_factory=list)

    def say(self, moment: Moment) -> Said:
        said = super().say(moment)
        self.noted.append(said)
        return said


def as_told(said: Said) -> Told:
    """What was said, to be compared: a number that is unknown (nan) equals no other."""
    return repr(said.moment), said.low, said.middle, said.high, said.by


def said_on(days: list[Day]) -> list[Told]:
    noting = Noting()
    replayed(days, Replay(noting))
    return [as_told(said) for said in noting.noted]


def with_another_future(days: list[Day], day: int, cut: int, random: Random) -> list[Day]:
    """The same days up to a reading of one of them; from then on anything may be shown."""
    changed = [
        [
            replace(
                one,
                number=random.choice([None, random.randrange(500)]),
                waiting=random.randrange(30),
            )
            for one in minute
        ]
        for minute in days[day][cut:]
    ]
    return [*days[:day], days[day][:cut] + changed, *some_days(1, seed=random.randrange(99))]


@pytest.mark.parametrize("day", [0, 1, 2, 3])
@settings(max_examples=3, deadline=None)
@given(st.integers(1, 90), st.integers(0, 10_000))
def test_whatever_comes_later_changes_nothing_that_was_said(day: int, cut: int, seed: int) -> None:
    days = some_days(4)
    before = sum(
        one.number is not None and one.waiting > 0 for d in days[:day] for m in d for one in m
    )
    before += sum(one.number is not None and one.waiting > 0 for m in days[day][:cut] for one in m)

    said = said_on(days)
    otherwise = said_on(with_another_future(days, day, cut, Random(seed)))

    assert otherwise[:before] == said[:before]
    assert otherwise[before:] != said[before:]


def test_the_same_recording_is_always_told_the_same() -> None:
    days = some_days(4)

    assert said_on(days) == said_on(days)


def test_the_first_day_is_not_scored_and_forecasts_lie_apart() -> None:
    days = some_days(3)

    replay = replayed(days)

    assert {one.day for one in replay.scored} == {"2026-03-02", "2026-03-03"}
    assert len(replay.scored) < len(replay.forecaster.waits) * 2 / 3 * 0.6
    assert all(set(one.told) == set(ESTIMATORS) for one in replay.scored)
    assert all(0 <= one.low <= one.told[OURS] <= one.high for one in replay.scored)


def test_the_formula_serves_until_the_learner_has_shown_itself() -> None:
    noting = Noting()
    replay = Replay(noting)

    served = []
    for day in some_days(6):
        replayed([day], replay)
        served.append({said.by for said in noting.noted})
        noting.noted.clear()

    assert served[0] == {FORMULA}
    assert LEARNER in set.union(*served[2:])


def test_the_one_that_erred_less_in_a_hall_speaks_there() -> None:
    forecaster = replayed(some_days(4)).forecaster
    for hall, better in (("north", LEARNER), ("south", FORMULA)):
        for _n in range(3000):
            forecaster.record.add(hall, LEARNER, 1.0 if better == LEARNER else 9.0)
            forecaster.record.add(hall, FORMULA, 5.0)

    said = [forecaster.say(a_moment(hall=hall)).by for hall in ("north", "south")]

    assert said == [LEARNER, FORMULA]


def test_what_we_say_is_nearer_than_the_last_wait_and_the_mean_of_the_office() -> None:
    scored = replayed(some_days(7)).scored

    errors = {name: errors_of(scored, name)["mae"] for name in ESTIMATORS}

    assert errors[OURS] < errors["les"] * 0.9
    assert errors[OURS] < errors["office_mean"] * 0.9


def test_a_forecaster_that_was_put_away_says_and_learns_the_same() -> None:
    days = some_days(4)
    stayed = Noting()
    replayed(days[:3], Replay(stayed))
    away = restored(stored(stayed))
    again = Noting(**{name: getattr(away, name) for name in away.__dataclass_fields__})

    for forecaster in (stayed, again):
        forecaster.noted.clear()
        replayed(days[3:], Replay(forecaster))
        forecaster.say(a_moment())

    assert stayed.learned is not None
    assert [as_told(one) for one in again.noted] == [as_told(one) for one in stayed.noted]


@pytest.fixture(scope="module")
def taught() -> Forecaster:
    """A forecaster that has lived through four days."""
    return replayed(some_days(4)).forecaster


minutes = st.floats(0, 300)
unsure = st.floats(0, 6) | st.just(UNSEEN)
moments = st.builds(
    a_moment,
    hall=st.sampled_from(["north", "south"]),
    line=st.sampled_from("ABX"),
    minute=st.floats(0, 1439),
    ahead=st.integers(0, 300),
    windows=st.integers(0, 30),
    open_for=minutes,
    since_call=minutes,
    calls=st.integers(0, 300),
    oldest=minutes,
    delay=minutes | st.just(UNSEEN),
    usual=unsure,
    pace=unsure,
)


@given(moment=moments)
def test_whatever_is_known_the_bounds_are_ordered(taught: Forecaster, moment: Moment) -> None:
    said = taught.say(moment)

    assert 0 <= said.low <= said.middle <= said.high < math.inf


def test_a_forecaster_that_knows_nothing_can_be_put_away() -> None:
    away = restored(stored(Forecaster()))

    assert as_told(away.say(a_moment())) == as_told(Forecaster().say(a_moment()))


def test_figures_count_what_they_say() -> None:
    scored = replayed(some_days(3)).scored
    off = [replace(one, told={OURS: one.wait + 3}, low=0.0, high=one.wait) for one in scored]
    off[0] = replace(off[0], high=off[0].wait - 1)

    found = figures_of(off)

    assert found == {
        "n": len(off),
        "mae": pytest.approx(3),
        "median": 3,
        "bias": pytest.approx(3),
        "coverage80": pytest.approx(1 - 1 / len(off)),
    }
    assert missed({**found, "milliseconds": 0.2}) == ["bias", "coverage80"]


def test_the_halves_are_days_and_nothing_is_in_both() -> None:
    replay = replayed(some_days(5))

    first, second = halves(replay.scored, replay.days)

    assert {one.day for one in first} == {"2026-03-02", "2026-03-03"}
    assert {one.day for one in second} == {"2026-03-04", "2026-03-05"}
    assert by_hall(replay.scored) == {"north": replay.scored}


def test_the_bias_is_held_to_what_came() -> None:
    scored = replayed(some_days(7)).scored

    assert abs(fmean(one.told[OURS] - one.wait for one in scored)) < 2


def test_to_say_something_wakes_no_learner() -> None:
    asking = "import sys, mingchuang.visits.rules.forecast.stored; print('sklearn' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", asking], capture_output=True, check=True)

    assert told.stdout.strip() == b"False"
