"""Days of a hall, drawn from its demand, and how they are served with so many windows open."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mingchuang.visits.rules.demand import HALF_HOUR, Demand
from mingchuang.visits.rules.line import Discipline
from mingchuang.visits.rules.past import GREEN, ORDINARY
from mingchuang.visits.rules.simulation import OPEN, Event, called
from mingchuang.visits.rules.steady import student

# The arrivals of a day in the order of time, in minutes of the day.
Day: TypeAlias = Sequence[Event]
# How many windows are open in each half hour; the last ones serve the line to its end.
Plan: TypeAlias = tuple[int, ...]
Counts: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Served:
    """How days were served: how many came, and how many of them were called in time, a row for each
    day, a column for each half hour; and the waits of green and of ordinary visitors."""

    came: Counts
    in_time: Counts
    waits: tuple[NDArray[np.float64], NDArray[np.float64]]

    def surely_in_time(self) -> NDArray[np.float64]:
        """Return of each half hour a share called in time that is held with 95 % certainty.

        Visitors of one day share its crowd, so whole days are the sample.
        """
        days, came = len(self.came), self.came.sum(axis=0).clip(1)
        share = self.in_time.sum(axis=0) / came
        off = self.in_time - share * self.came
        error = np.sqrt((off**2).sum(axis=0) * days / (days - 1)) / came
        held: NDArray[np.float64] = share - student(0.95, days - 1) * error
        return np.where(self.came.any(axis=0), held, 1.0)


def drawn(demand: Demand, days: int, *, seed: int, green: float = 1.0) -> list[Day]:
    """Draw so many days: who walks in comes by chance, who is booked as many as there were.

    `green` multiplies the share of green visitors; the same seed draws the same people, of whom
    then more are green.
    """
    dice = np.random.default_rng(seed)
    return [_day(demand, dice, green) for _ in range(days)]


def served(
    days: Sequence[Day], plan: Plan, *, opens: int, minutes: float, rule: Discipline
) -> Served:
    """Serve each day by the plan, whose first half hour `opens` at that minute of the day.

    In time is who waits no longer than so many minutes.
    """
    openings = [(opens + HALF_HOUR * n, OPEN, windows) for n, windows in enumerate(plan)]
    came = [[0] * len(plan) for _ in days]
    in_time = [[0] * len(plan) for _ in days]
    waits = (array("d"), array("d"))
    for number, day in enumerate(days):
        for kind, since, wait in called(sorted([*openings, *day]), rule):
            half = int(since - opens) // HALF_HOUR
            came[number][half] += 1
            in_time[number][half] += wait <= minutes
            waits[kind].append(wait)
    green, ordinary = (np.array(of_class) for of_class in waits)
    return Served(np.array(came), np.array(in_time), (green, ordinary))


def _day(demand: Demand, dice: np.random.Generator, green: float) -> Day:
    halves = demand.half_hours
    busier = dice.gamma(1 / demand.spread, demand.spread) if demand.spread else 1.0
    walking_in = dice.poisson([half.walking_in * busier for half in halves])
    booked = np.floor([half.booked for half in halves] + dice.random(len(halves))).astype(int)
    which = np.repeat(np.arange(len(halves)), walking_in + booked)
    times = halves[0].start + HALF_HOUR * np.sort(which + dice.random(len(which)))
    lots = dice.random((2, len(which))).tolist()
    day: list[Event] = []
    for at, n, lot, taken in zip(times.tolist(), which.tolist(), *lots, strict=True):
        kind = GREEN if lot < halves[n].green * green else ORDINARY
        services = demand.services[kind]
        day.append((at, kind, halves[n].minutes * services[int(taken * len(services))]))
    return day
