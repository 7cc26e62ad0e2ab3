"""Who is called before whom, played on by the rule of the real line; and how minutes are said."""

from dataclasses import replace
from datetime import time
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.rules.forecast.ahead import NO_NUMBER, Flow, called_before
from mingchuang.visits.rules.forecast.forecaster import Forecaster, Said
from mingchuang.visits.rules.forecast.kept import Interval, kept, said_again
from mingchuang.visits.rules.forecast.log import Day, Stood, Told, moment_of
from mingchuang.visits.rules.forecast.shown import Wait, shown
from mingchuang.visits.rules.line import GREEN_CHANNEL, Head
from mingchuang.visits.rules.past import GREEN, ORDINARY
from mingchuang.visits.rules.simulation import OPEN, called
from mingchuang.visits.rules.windows import Stands, Windows
from mingchuang.visits.templatetags.shares import how_long, how_long_inside
from mingchuang.visits.words.tickets import with_waiting
from tests.visits.halls import a_moment

minutes = st.floats(-90, -1)
heads = st.lists(minutes, max_size=12, unique=True)


# One line, and one window that calls it.
LINE, WINDOW = 7, 1
NOON = time(13, 30)  # when the doors open again


def before(me: Head, kind: int, waiting: list[list[Head]], flow: Flow) -> int:
    others = [Stands(LINE, k, head) for k, heads in enumerate(waiting) for head in heads]
    return called_before(Stands(LINE, kind, me), others, Windows({WINDOW: [LINE]}), flow)


def numbered(*classes: list[float]) -> list[list[tuple[float, int]]]:
    every = sorted(since for some in classes for since in some)
    return [[(since, every.index(since)) for since in sorted(some)] for some in classes]


@given(heads, heads, st.sampled_from([GREEN, ORDINARY]))
def test_the_line_is_played_on_as_the_simulation_serves_it(
    green: list[float], ordinary: list[float], kind: int
) -> None:
    ordinary = [since for since in ordinary if since not in green]
    waiting = numbered(green, ordinary)
    came = sorted((since, k, 1.0) for k, some in enumerate((green, ordinary)) for since in some)
    # One window opens now; who came before waits, who asks comes last.
    events = [(0.0, OPEN, 0), *came, (0.0, kind, 1.0), (0.0, OPEN, 1)]

    served = [(k, since) for k, since, _wait in called(events, GREEN_CHANNEL)]
    told = before((0.0, NO_NUMBER), kind, waiting, Flow(1.0))

    assert told == served.index((kind, 0.0))


@given(heads, heads)
def test_nobody_who_joins_is_called_before_who_stood_in_their_class(
    green: list[float], ordinary: list[float]
) -> None:
    waiting = numbered(green, [since for since in ordinary if since not in green])

    told = [before((0.0, NO_NUMBER), kind, waiting, Flow(1.0)) for kind in (0, 1)]

    everybody = len(waiting[GREEN]) + len(waiting[ORDINARY])
    assert len(waiting[GREEN]) <= told[GREEN] <= everybody
    assert len(waiting[ORDINARY]) <= told[ORDINARY] <= everybody


def test_who_may_still_come_and_go_first_is_counted() -> None:
    waiting = numbered([], [-9.0, -8.0, -7.0, -6.0])

    quiet = before((0.0, NO_NUMBER), ORDINARY, waiting, Flow(5.0))
    busy = before((0.0, NO_NUMBER), ORDINARY, waiting, Flow(5.0, {(LINE, GREEN): 6.0}))

    assert quiet == 4
    assert busy == 6


def test_however_many_green_ones_come_an_ordinary_visitor_is_called() -> None:
    waiting = numbered([], [-1.0])

    told = before((0.0, NO_NUMBER), ORDINARY, waiting, Flow(1.0, {(LINE, GREEN): 0.01}))

    assert told <= 1 + 2 * GREEN_CHANNEL.in_a_row + GREEN_CHANNEL.in_a_row


def test_who_checked_in_early_stands_behind_who_comes_before_their_time() -> None:
    early = (20.0, 7)

    told = before(early, ORDINARY, numbered([], [-5.0]), Flow(4.0, {(LINE, ORDINARY): 4.0}))

    assert told > 3


def test_a_day_is_told_to_the_line_in_the_order_it_happened() -> None:
    stood = [
        Stood(2, 545, 545, called=560, waits=False, told=Told(545, 1)),
        Stood(1, 540, 540, called=550, waits=False, told=Told(540, 0)),
        Stood(3, 548, 548, GREEN),
    ]

    moment = moment_of(Day("north", "A", stood, windows=2), 570)

    assert (moment.ahead, moment.calls, moment.delay) == (1, 2, 15)
    assert (moment.open_for, moment.since_call, moment.oldest) == (20, 10, 22)


def test_of_calls_long_ago_only_that_they_were_counts() -> None:
    stood = [Stood(3, 700, 700, called=730, waits=False)]

    moment = moment_of(Day("north", "A", stood, calls=(540, 760)), 770)

    assert (moment.open_for, moment.since_call, moment.calls) == (230, 10, 1)


def test_on_an_empty_day_nothing_is_known_and_something_is_said() -> None:
    moment = moment_of(Day("north", "A"), 540)

    said = Forecaster().say(moment)

    assert (moment.ahead, moment.open_for) == (0, 0)
    assert 0 <= said.low <= said.middle <= said.high


skewed = st.floats(0, 24 * 60)
some_who_stood = st.builds(
    Stood,
    row=st.integers(1, 10**6),
    came=skewed,
    since=skewed,
    waits=st.booleans(),
    called=st.none() | skewed,
    told=st.none() | st.builds(Told, skewed, st.integers(0, 50)),
)
some_day = st.lists(some_who_stood, max_size=8, unique_by=lambda one: one.row)


@given(some_day, st.lists(skewed, max_size=2).map(sorted), skewed)
def test_clocks_that_differ_break_no_forecast(
    stood: list[Stood], calls: list[float], now: float
) -> None:
    day = Day("hall", "A", stood, calls, windows=1)

    said = Forecaster().say(moment_of(day, now))

    assert 0 <= said.low <= said.middle <= said.high < inf


@given(st.floats(0, 600), st.floats(0, 600))
def test_minutes_are_said_by_ones_then_by_fives_and_past_two_hours_by_thirties(
    middle: float, more: float
) -> None:
    high = middle + more

    said = shown(middle, high)

    assert said.middle >= 1
    assert said.high >= max(high, said.middle) - 1e-9
    for minutes in (said.middle, said.high):
        assert minutes < 10 or minutes % 5 == 0
        assert minutes <= 120 or minutes % 30 == 0
    assert abs(said.middle - middle) <= (1 if middle < 10 else 2.5 if middle <= 120 else 15)


def test_a_wait_is_said_as_people_say_it() -> None:
    assert [shown(18.2, 33.0), shown(3.4, 7.1), shown(0.0, 0.2), shown(9.7, 9.9)] == [
        Wait(20, 35),
        Wait(3, 8),
        Wait(1, 1),
        Wait(10, 10),
    ]


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (Wait(20, 35), "约 20 分钟，少有超过 35 分钟"),
        (Wait(120, 150), "约 120 分钟，少有超过 2.5 小时"),
        (Wait(450, 1230), "约 7.5 小时，少有超过 20.5 小时"),
        (Wait(20, 35, left=30.0), "约 20 分钟，慢的话关门前办不到您"),
        (Wait(450, 1230, left=120.0), "按现在的快慢，关门前可能办不到您"),
        (Wait(20, 35, free=True, left=5.0), "现在不用等"),
        (Wait(20, 35, left=30.0, again=NOON), "约 20 分钟，慢的话要等 13:30 开门继续"),
        (Wait(20, 35, left=10.0, again=NOON), "关门前可能办不到您，13:30 开门继续"),
        (Wait(20, 35, left=0.0, again=NOON), "现在不叫号，13:30 继续"),
    ],
)
def test_nothing_is_promised_beyond_the_hour_at_which_the_doors_shut(
    wait: Wait, words: str
) -> None:
    assert how_long(wait) == words
    assert with_waiting("社会保险", 4, how_long_inside(wait)).startswith("社会保险（4 个号在等，")
    assert with_waiting("社会保险", 0, how_long_inside(wait)) == f"社会保险（没有人在等，{words}）"


def said_of(**given: object) -> Said:
    return Forecaster().say(a_moment(**given))


def test_what_was_said_is_heard_of_the_same_after_it_was_kept() -> None:
    said = said_of(delay=nan, usual=nan, pace=nan)

    again = said_again(Interval(said.low, said.middle, said.high, said.by), kept(said))

    assert again.by == said.by
    assert repr(replace(again.moment, usual=nan)) == repr(said.moment)
    one, other = Forecaster(), Forecaster()
    one.hear(said, 12.0)
    other.hear(again, 12.0)
    for voice in ("calls", "usual", "formula"):
        assert abs(one.record.error("north", voice) - other.record.error("north", voice)) < 1e-4
