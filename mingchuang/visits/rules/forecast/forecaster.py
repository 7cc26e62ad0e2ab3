"""The forecaster of some halls: says how long one will wait, hears what became of it, and learns.

A live hall and a recording drive the same three verbs in the order of time: `say` when somebody
joins, `hear` when a wait ends, `night` when the doors are shut. Nothing else goes in, so that
what is said can only rest on what was known.
"""

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from mingchuang.visits.rules.forecast.features import row
from mingchuang.visits.rules.forecast.formula import VOICES, blended, voices
from mingchuang.visits.rules.forecast.learner import Learned, learned
from mingchuang.visits.rules.forecast.lift import Lift, lifted
from mingchuang.visits.rules.forecast.moment import Moment, Outcome, log_wait
from mingchuang.visits.rules.forecast.past import Past
from mingchuang.visits.rules.forecast.record import ALL, Record
from mingchuang.visits.rules.forecast.spread import Spread, Told

FORMULA: Final = "formula"
LEARNER: Final = "learner"
# The learner may take over once so many of its forecasts have come out.
TRIED = 30
# It learns from the newest; about two weeks of a large town.
LESSONS = 60_000


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody was told who joined at a moment, in minutes: one in ten of those told so wait
    less than `low` (P10), one in ten longer than `high` (P90), and half of them, or a few more,
    less than `middle` (P50): to be told too little is worse than to be told too much."""

    moment: Moment
    low: float
    middle: float
    high: float
    by: str
    formula: float
    learner: float
    voices: list[float]  # as `log_wait`, in the order of `VOICES`
    row: list[float]  # of `features.row`


@dataclass
class Forecaster:
    """All that is known so far. The same told in the same order is known the same."""

    past: Past = field(default_factory=Past)
    record: Record = field(default_factory=Record)
    lift: Lift = field(default_factory=Lift)
    spread: Spread = field(default_factory=Spread)
    learned: Learned | None = None
    rows: list[list[float]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def say(self, moment: Moment) -> Said:
        """Say how long whoever joins now will wait; about a fifth of a millisecond."""
        known = self.past.known(moment)
        said = voices(moment, known)
        formula = blended(said, self.record, moment.hall)
        told = row(moment, known, said, formula)
        learner = self.learned(told) if self.learned else formula
        by = LEARNER if self._learner_is_better(moment.hall) else FORMULA
        chosen = learner if by == LEARNER else formula
        middle = float(lifted(max(0.0, math.expm1(chosen)), self.lift.share))
        low, high = self.spread.around(log_wait(middle), _line(moment))
        return Said(
            moment=moment,
            low=min(middle, max(0.0, math.expm1(low))),
            middle=middle,
            high=max(middle, math.expm1(high)),
            by=by,
            formula=math.expm1(formula),
            learner=math.expm1(learner),
            voices=said,
            row=told,
        )

    def _learner_is_better(self, hall: str) -> bool:
        if self.learned is None or self.record.tries(ALL, LEARNER) < TRIED:
            return False
        return self.record.error(hall, LEARNER) < self.record.error(hall, FORMULA)

    def hear(self, said: Said, wait: float) -> None:
        """Hear how long somebody has waited, in minutes, who was told so."""
        hall, aim = said.moment.hall, log_wait(wait)
        for voice, told in zip(VOICES, said.voices, strict=True):
            self.record.add(hall, voice, abs(aim - told))
        self.record.add(hall, FORMULA, abs(wait - said.formula))
        if self.learned:
            self.record.add(hall, LEARNER, abs(wait - said.learner))
        self.lift.add(said.middle, wait)
        logs = map(log_wait, (said.middle, said.low, said.high, wait))
        self.spread.add(Told(_line(said.moment), *logs))
        self.past.add(Outcome(said.moment, wait))
        self.rows.append(said.row)
        self.waits.append(aim)

    def night(self) -> None:
        """The day is over: learn from it."""
        self.end_day()
        self.learn()

    def end_day(self) -> None:
        """The day is over: all it showed counts from now on, but for what trees have to learn."""
        self.lift.night(counts=bool(self.past.sums))
        self.past.night()
        self.spread.night()
        del self.rows[:-LESSONS], self.waits[:-LESSONS]

    def learn(self) -> None:
        """Fit the trees to what is remembered; takes seconds."""
        self.learned = learned(np.array(self.rows), np.array(self.waits))


def _line(moment: Moment) -> str:
    """Return the name of a line by which it is told from those of other halls."""
    return f"{moment.hall}/{moment.line}"
