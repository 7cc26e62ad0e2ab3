"""What a hall settles to in the long run: mean and P90 wait of each class, with honest intervals.

Who waits long makes the next one wait long, so waits one after the other are no independent
sample. They are cut into a few long batches whose means nearly are (batch means: Schmeiser 1982),
and the first tenth, when the hall was still filling, is not counted.
"""

from array import array
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil, inf
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mingchuang.visits.rules.exact import Model
from mingchuang.visits.rules.line import Discipline
from mingchuang.visits.rules.simulation import by_chance, called

BATCHES, WARM_UP = 20, 10
# A batch shorter than so many memories of the line leans on the one before: its interval would be
# more than 1 % too narrow.
MEMORIES = 50
# A class of fewer visitors is too few for batches.
FEWEST = 100

Waits: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """The waits of one class; the exact mean lies in `low` to `high`."""

    mean: float
    p90: float
    low: float
    high: float


@dataclass(frozen=True)
class Settled:
    """What was seen of each class; with a certainty of 95 % all their intervals hold at once."""

    classes: Sequence[Estimate]
    mean_of_all: float


def simulate(model: Model, rule: Discipline, *, visitors: int, seed: int) -> Settled:
    """Watch so many visitors, after a tenth as many while the hall fills.

    The model must not be overloaded, nor `fewest_for` it more visitors.
    """
    filling = visitors // WARM_UP
    people = called(by_chance(model, filling + visitors, seed=seed), rule)
    deque(islice(people, filling), maxlen=0)
    waits = [array("d") for _ in model.loads]
    for kind, _came, wait in people:
        waits[kind].append(wait)
    counted = [np.frombuffer(of_class) for of_class in waits]
    estimates = [estimate(of_class, together=len(waits)) for of_class in counted]
    return Settled(estimates, float(sum(map(np.sum, counted)) / sum(map(len, counted))))


def estimate(waits: Waits, *, together: int = 1) -> Estimate:
    """Return mean, P90 and interval of waits in the order they were seen.

    `together` is how many intervals are to hold at once with a certainty of 95 % (Bonferroni).
    """
    means = waits[: len(waits) // BATCHES * BATCHES].reshape(BATCHES, -1).mean(axis=1)
    mean, spread = float(means.mean()), float(means.std(ddof=1)) / BATCHES**0.5
    reach = student(1 - 0.05 / (2 * together), BATCHES - 1) * spread
    return Estimate(mean, float(np.quantile(waits, 0.9)), mean - reach, mean + reach)


def fewest_for(model: Model) -> int:
    """Return how many visitors it takes at least for every class to have some in each batch."""
    return ceil(FEWEST * model.load / min(model.loads))


def enough_for(model: Model) -> float:
    """Return how many visitors it takes for the intervals to be honest; inf when overloaded.

    The nearer a hall is to full, the longer it remembers a crowd.
    """
    return inf if model.busy >= 1 else BATCHES * MEMORIES * model.memory * model.load


def student(share: float, freedom: int) -> float:
    """Return the quantile of Student's t, by its expansion around the normal one (Abramowitz &
    Stegun 26.7.5): from 10 degrees of freedom on right to three digits."""
    z, f = NormalDist().inv_cdf(share), float(freedom)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / f + second / f**2 + third / f**3
