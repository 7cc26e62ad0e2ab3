"""How good forecasts were, and the goals they are held to. Minutes, and shares from 0 to 1."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, median
from typing import Final

from mingchuang.visits.rules.forecast.replay import OURS, Scored

# What is asked for: least and most. The bias is above 0 where more was told than came; an 80 %
# interval is to hold what it promises; a forecast is made while somebody takes a number.
GOALS: Final = {
    "mae": (0.0, 10.0),
    "median": (0.0, 5.5),
    "bias": (-2.0, 2.0),
    "coverage80": (0.77, 0.83),
    "milliseconds": (0.0, 1.0),
}


def errors_of(scored: Iterable[Scored], name: str = OURS) -> dict[str, float]:
    """Return mean and median of the error of one of `ESTIMATORS` without its sign, and its mean
    with it; of at least one forecast."""
    errors = [one.told[name] - one.wait for one in scored]
    sizes = [abs(error) for error in errors]
    return {"mae": fmean(sizes), "median": median(sizes), "bias": fmean(errors)}


def figures_of(scored: Sequence[Scored]) -> dict[str, float]:
    """Return how many forecasts of ours there are, at least one, their errors, and the share of
    waits that lie between P10 and P90."""
    covered = fmean(one.low <= one.wait <= one.high for one in scored)
    return {"n": len(scored), **errors_of(scored), "coverage80": covered}


def missed(figures: Mapping[str, float]) -> list[str]:
    """Return the names of the goals that do not hold."""
    return [name for name, (least, most) in GOALS.items() if not least <= figures[name] <= most]


def halves(scored: Sequence[Scored], days: Sequence[str]) -> list[list[Scored]]:
    """Return what was scored on the first half of the days, and on the second."""
    first = set(days[: (len(days) + 1) // 2])
    return [[one for one in scored if (one.day in first) is half] for half in (True, False)]


def by_hall(scored: Iterable[Scored]) -> dict[str, list[Scored]]:
    """Return what was scored in each hall, by its name."""
    found: dict[str, list[Scored]] = {}
    for one in scored:
        found.setdefault(one.hall, []).append(one)
    return dict(sorted(found.items()))
