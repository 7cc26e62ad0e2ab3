"""Many times as one: what most people wait at most."""

from collections.abc import Callable, Sequence
from time import perf_counter


def p95(seconds: Sequence[float]) -> float:
    """Return the time, in ms, within which 95 of 100 were done."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000


def timed(deed: Callable[[], object]) -> float:
    """Return the seconds it takes."""
    began = perf_counter()
    deed()
    return perf_counter() - began
