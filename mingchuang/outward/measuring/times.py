"""Many times as one: what most people wait at most."""

from collections.abc import Callable, Sequence
from time import perf_counter


def percentile(seconds: Sequence[float], percent: int) -> float:
    """Return the time, in ms, within which so many of 100 were done."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] * 1000


def p95(seconds: Sequence[float]) -> float:
    return percentile(seconds, 95)


def timed(deed: Callable[[], object]) -> float:
    """Return the seconds it takes."""
    began = perf_counter()
    deed()
    return perf_counter() - began
