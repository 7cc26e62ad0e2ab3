"""A recording played back through the forecaster, as if it were happening: no look-ahead.

Everything goes in the order of time: a wait is heard of when its end is shown, a day is learned
from when it is over. So each forecast rests on what was known, by the way it is made.
"""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from mingchuang.visits.rules.forecast.display import Display, Reading
from mingchuang.visits.rules.forecast.forecaster import FORMULA, LEARNER, Forecaster, Said
from mingchuang.visits.rules.forecast.moment import Moment

# Of one line, forecasts are scored that lie so many minutes apart.
APART = 10
# What an office is taken to need before a wait has ended there.
GUESS = 25.0
# So many moments are kept, the newest, to see how long a forecast takes.
LATELY = 1000
OURS: Final = "ours"
LES, PUBLISHED, OFFICE = "les", "published", "office_mean"
ESTIMATORS: Final = (OURS, LES, PUBLISHED, OFFICE, FORMULA, LEARNER)

LineKey: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scored:
    """One wait and what was said of it by each of `ESTIMATORS`, and our P10 and P90; minutes."""

    day: str
    hall: str
    wait: float
    told: dict[str, float]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Kept:
    """What was said to somebody who waits now; `told` is None where it is not scored."""

    said: Said
    told: dict[str, float] | None


@dataclass(slots=True)
class Mean:
    """The mean wait of an office over finished days; a guess before the first has ended."""

    total: float = 0.0
    n: int = 0

    def add(self, wait: float) -> None:
        """Count one more."""
        self.total, self.n = self.total + wait, self.n + 1

    @property
    def value(self) -> float:
        return self.total / self.n if self.n else GUESS


@dataclass
class Replay:
    """The recording so far: `minute` by minute, and `night` after each day."""

    forecaster: Forecaster = field(default_factory=Forecaster)
    scored: list[Scored] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    lately: deque[Moment] = field(default_factory=lambda: deque(maxlen=LATELY))
    _offices: dict[str, Mean] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._displays: dict[LineKey, Display[Kept]] = {}
        self._scored_at: dict[LineKey, float] = {}
        self._ended: list[tuple[Kept, float]] = []

    def minute(self, readings: Sequence[Reading]) -> None:
        """Take all that is shown at one minute: hear what ended, then say what is to come."""
        shown = [(self._display(now), now) for now in readings]
        for display, now in shown:
            for kept, wait in display.read(now):
                self.forecaster.hear(kept.said, wait)
                self._ended.append((kept, wait))
        for display, now in shown:
            moment = display.moment(now)
            if moment is not None:
                display.join(now, self._kept(moment))

    def _display(self, now: Reading) -> Display[Kept]:
        key = (now.hall, now.line)
        if key not in self._displays:
            self._displays[key] = Display(now)
        return self._displays[key]

    def _kept(self, moment: Moment) -> Kept:
        said, key = self.forecaster.say(moment), (moment.hall, moment.line)
        self.lately.append(moment)
        if moment.minute - self._scored_at.get(key, -math.inf) < APART:
            return Kept(said, None)
        self._scored_at[key] = moment.minute
        return Kept(said, self._told(said))

    def _told(self, said: Said) -> dict[str, float]:
        """Return what each estimator says, from what is known now."""
        moment = said.moment
        office = self._offices.get(moment.hall, Mean()).value
        return {
            OURS: said.middle,
            LES: office if math.isnan(moment.delay) else moment.delay,
            PUBLISHED: (moment.ahead + 1) * moment.norm / max(1, moment.windows),
            OFFICE: office,
            FORMULA: said.formula,
            LEARNER: said.learner,
        }

    def night(self, day: str) -> None:
        """The day is over: score it, unless it was the first, and learn from it."""
        if self.days:
            self.scored += (
                Scored(day, kept.said.moment.hall, wait, kept.told, kept.said.low, kept.said.high)
                for kept, wait in self._ended
                if kept.told is not None
            )
        for kept, wait in self._ended:
            self._offices.setdefault(kept.said.moment.hall, Mean()).add(wait)
        self.forecaster.night()
        self.days.append(day)
        self._begin()
