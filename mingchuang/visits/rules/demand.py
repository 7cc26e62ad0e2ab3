"""Who comes to a hall in each half hour, and how long they take: measured from its past visits.

Where a half hour has seen few, it leans on what is known of more (shrinkage: James & Stein 1961):
arrivals on its neighbours, service times and the share of green visitors on the whole day. Some
days are busier than others beyond chance; how much is measured too.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import fsum
from statistics import fmean, variance

from mingchuang.visits.rules.past import GREEN, ORDINARY, PastVisit

HALF_HOUR = 30
# What is known of more counts as much as so many visits.
LEAN = 20


@dataclass(frozen=True)
class HalfHour:
    """Visitors of a mean day who walk in and who are booked, the share of green ones among them,
    minutes at a window. `start` is the minute of the day."""

    start: int
    walking_in: float
    booked: float
    green: float
    minutes: float

    @property
    def visitors(self) -> float:
        return self.walking_in + self.booked

    @property
    def load(self) -> float:
        """How many windows they keep busy."""
        return self.visitors * self.minutes / HALF_HOUR


@dataclass(frozen=True)
class Demand:
    """The half hours of a day, one after the other, from the first to the last somebody came in.

    `services` are the service times seen, of green and of ordinary visitors, as multiples of the
    mean of their half hour. `spread` is the variance of how much busier than the mean a day is.
    """

    half_hours: Sequence[HalfHour]
    services: tuple[Sequence[float], Sequence[float]]
    spread: float
    days: int

    @property
    def visitors(self) -> float:
        """Visitors of a mean day."""
        return fsum(half.visitors for half in self.half_hours)


def demand_of(visits: Sequence[PastVisit]) -> Demand:
    """Measure the demand of days like those of the visits, one of which took time at least."""
    days = {visit.came.date() for visit in visits}
    came = Counter((half_hour(visit.came), visit.booked) for visit in visits)
    hours = range(min(came)[0], max(came)[0] + 1)
    walking = dict(zip(hours, _leaning_on_neighbours([came[h, False] for h in hours]), strict=True))
    green = _leaning_on_the_day((half_hour(v.came), float(v.kind == GREEN)) for v in visits)
    served = [(half_hour(v.came), v.kind, v.minutes) for v in visits if v.minutes is not None]
    minutes = _leaning_on_the_day((hour, taken) for hour, _, taken in served)
    half_hours = [
        HalfHour(
            start=hour * HALF_HOUR,
            walking_in=walking[hour] / len(days),
            booked=came[hour, True] / len(days),
            green=green(hour),
            minutes=minutes(hour),
        )
        for hour in hours
    ]
    beside_the_mean = [(kind, taken / minutes(hour)) for hour, kind, taken in served]
    walked = Counter(visit.came.date() for visit in visits if not visit.booked)
    spread = _spread([walked[day] for day in days])
    return Demand(half_hours, _by_class(beside_the_mean), spread, len(days))


def half_hour(at: datetime) -> int:
    """Return which half hour of the day it is, from 0 on."""
    return (at.hour * 60 + at.minute) // HALF_HOUR


def _leaning_on_neighbours(counts: Sequence[int]) -> list[float]:
    """Return the counts, the small ones nearer to the mean of those around them.

    The sum stays as it is, and where nobody came nobody comes.
    """
    padded = [0, *counts, 0]
    leaned = [
        (own * own + LEAN * fmean(filter(None, padded[n : n + 3]))) / (own + LEAN) if own else 0.0
        for n, own in enumerate(counts)
    ]
    scale = sum(counts) / (fsum(leaned) or 1.0)
    return [count * scale for count in leaned]


def _leaning_on_the_day(seen: Iterable[tuple[int, float]]) -> Callable[[int], float]:
    """Return the mean of what a half hour has seen, the fewer the nearer to that of the day."""
    found: defaultdict[int, list[float]] = defaultdict(list)
    for hour, value in seen:
        found[hour].append(value)
    whole = fmean(value for values in found.values() for value in values)
    return lambda hour: (fsum(found[hour]) + LEAN * whole) / (len(found[hour]) + LEAN)


def _by_class(services: Sequence[tuple[int, float]]) -> tuple[Sequence[float], Sequence[float]]:
    """Part the service times by class; a class seen too rarely takes as long as everybody."""
    everybody = [times for _, times in services]
    parts = [[times for kind, times in services if kind == k] for k in (GREEN, ORDINARY)]
    green, ordinary = (part if len(part) >= LEAN else everybody for part in parts)
    return green, ordinary


def _spread(counts: Sequence[int]) -> float:
    """Return how much days differ beyond chance: (variance - mean) / mean², or 0."""
    mean = fmean(counts)
    beyond = variance(counts) - mean if len(counts) > 1 else 0.0
    return max(0.0, beyond) / mean**2 if mean else 0.0
