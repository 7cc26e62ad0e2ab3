"""Exact mean waits with several classes, to hold the simulation against.

Visitors of each class come by chance (Poisson) to windows that are alike, and are served for
exponential times of one mean, whatever their class. Time is counted in mean service times, so the
rate of a class is its load. Sources: Cobham (1954) for classes that go first; Kleinrock (1964) for
those whose waiting counts faster, which with several windows and two classes are the formulas of
Stanford, Taylor & Ziedins (2014).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, inf, sqrt

from mingchuang.visits.rules.erlang import mean_wait


@dataclass(frozen=True)
class Model:
    """Windows, and the load of each class, the most favoured first."""

    servers: int
    loads: tuple[float, ...]

    @property
    def load(self) -> float:
        return fsum(self.loads)

    @property
    def busy(self) -> float:
        """The share of their time the windows serve; from 1 on the line grows for ever."""
        return self.load / self.servers

    @property
    def memory(self) -> float:
        """How long the line remembers how long it was: the relaxation time, as of one window as
        fast as all (Morse 1955); inf when overloaded."""
        return inf if self.busy >= 1 else 1.0 / (self.servers * (1.0 - sqrt(self.busy)) ** 2)


def fifo_mean(model: Model) -> float:
    """Return the mean wait, first come first served. By the conservation law (Kleinrock 1965) it
    is also the mean over all classes, weighted by their loads, under any other discipline."""
    return mean_wait(model.servers, model.load)


def absolute_means(model: Model) -> list[float]:
    """Return the mean wait of each class where each goes before the next."""
    return accumulating_means(model, inf)


def accumulating_means(model: Model, ratio: float) -> list[float]:
    """Return the mean wait of each class where a minute of waiting counts `ratio` times as much as
    in the next class (1: first come first served).

    A visitor waits for the whole line of now, less those in lower classes whom they pass, and for
    those of higher classes who pass them.
    """
    shares = [load / model.servers for load in model.loads]
    means = [0.0] * len(shares)
    for k in reversed(range(len(shares))):
        behind, ahead = range(k + 1, len(shares)), range(k)
        passed = fsum(shares[i] * means[i] * (1 - ratio ** (k - i)) for i in behind)
        passing = fsum(shares[i] * (1 - ratio ** (i - k)) for i in ahead)
        means[k] = (fifo_mean(model) - passed) / (1 - passing)
    return means


def mean_of_all(model: Model, means: Sequence[float]) -> float:
    """Return the mean over all visitors of the mean waits of their classes."""
    weighted = (load * mean for load, mean in zip(model.loads, means, strict=True))
    return fsum(weighted) / model.load
