"""What the learner is told of a moment: one row of numbers."""

from mingchuang.visits.rules.forecast.formula import VOICES
from mingchuang.visits.rules.forecast.moment import Moment
from mingchuang.visits.rules.forecast.past import Known

SEEN = ("ahead", "windows", "open_for", "since_call", "oldest", "delay")
NAMES = (*SEEN, "line wait", "line pace", *VOICES, "formula")


def row(moment: Moment, known: Known, said: list[float], formula: float) -> list[float]:
    """Return the numbers of a moment in the order of `NAMES`; what is unknown is nan.

    `said` is what the voices say, `formula` what they say together. The name of a line is no
    feature: its earlier days speak for it.
    """
    seen = (float(getattr(moment, name)) for name in SEEN)
    return [*seen, known.line.wait, known.line.pace, *said, formula]
