"""How good what people were told has been: of each line, beside LES, from the same visits.

Waits in minutes. Who left before their call, whose moment to come was their own, and who still
waits are counted and left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median


class Left(StrEnum):
    """Why somebody who was told is not judged by."""

    LEFT = "left"
    PHONE = "phone"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Became:
    """What somebody was told, and what became of it: how long they waited, or why nobody knows."""

    low: float
    middle: float
    high: float
    les: float | None
    wait: float | None
    why: Left | None = None


@dataclass(frozen=True)
class Errors:
    """Median error and bias in minutes; above 0 where more was told than came."""

    median: float
    bias: float


@dataclass(frozen=True)
class Record:
    """The forecasts of a line: of `judged` so many stayed `inside` P10 to P90; `ours` and `les`
    err on the same `compared` visits, those where somebody had been called before."""

    told: int
    judged: int
    inside: int
    compared: int
    ours: Errors | None
    les: Errors | None
    left: int
    phone: int
    waits: int


@dataclass(frozen=True)
class Held:
    """How often forecasts held: of `judged` so many stayed `inside` P10 to P90. Those of several
    lines add up."""

    told: int = 0
    judged: int = 0
    inside: int = 0

    def __add__(self, other: "Held") -> "Held":
        return Held(self.told + other.told, self.judged + other.judged, self.inside + other.inside)


def held(one: Became) -> Held:
    """Return whether what one was told held."""
    if one.wait is None:
        return Held(told=1)
    return Held(1, 1, int(one.low <= one.wait <= one.high))


def record_of(became: Sequence[Became]) -> Record:
    """Return the record of what was told."""
    judged = [one for one in became if one.wait is not None]
    compared = [one for one in judged if one.les is not None]
    return Record(
        told=len(became),
        judged=len(judged),
        inside=sum(one.low <= (one.wait or 0.0) <= one.high for one in judged),
        compared=len(compared),
        ours=_errors(one.middle - (one.wait or 0.0) for one in compared),
        les=_errors((one.les or 0.0) - (one.wait or 0.0) for one in compared),
        **{str(why): sum(one.why == why for one in became) for why in Left},
    )


def _errors(off: Iterable[float]) -> Errors | None:
    errors = [*off]
    return Errors(float(median(map(abs, errors))), fmean(errors)) if errors else None
