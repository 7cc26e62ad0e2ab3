"""What was said to somebody, as plain numbers to keep with them until their wait has ended."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import expm1, isnan, nan
from typing import Any

from mingchuang.visits.rules.forecast.features import NAMES
from mingchuang.visits.rules.forecast.forecaster import Said
from mingchuang.visits.rules.forecast.formula import VOICES
from mingchuang.visits.rules.forecast.moment import Moment

FIRST_VOICE = NAMES.index(VOICES[0])
FORMULA = NAMES.index("formula")
# Of minutes and of logarithms nobody needs more.
DIGITS = 5

Number = float | None


@dataclass(frozen=True, slots=True)
class Interval:
    """What somebody was told, in minutes, and whose word it was."""

    low: float
    middle: float
    high: float
    by: str


def kept(said: Said) -> dict[str, Any]:
    """Return what `said_again` needs besides the interval, as JSON: what is unknown is null."""
    moment = {name: _kept(value) for name, value in asdict(said.moment).items()}
    return {"moment": moment, "row": [_kept(value) for value in said.row], "learner": said.learner}


def said_again(told: Interval, kept: Mapping[str, Any]) -> Said:
    """Return what was said, so that it can be heard what became of it."""
    row = [_number(value) for value in kept["row"]]
    moment: dict[str, Any] = {
        name: nan if value is None else value for name, value in kept["moment"].items()
    }
    return Said(
        moment=Moment(**moment),
        low=told.low,
        middle=told.middle,
        high=told.high,
        by=told.by,
        formula=expm1(row[FORMULA]),
        learner=kept["learner"],
        voices=_voices(row),
        row=row,
    )


def _voices(row: Sequence[float]) -> list[float]:
    return [*row[FIRST_VOICE : FIRST_VOICE + len(VOICES)]]


def _kept(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return None if isnan(value) else round(value, DIGITS)


def _number(value: Number) -> float:
    return nan if value is None else value
