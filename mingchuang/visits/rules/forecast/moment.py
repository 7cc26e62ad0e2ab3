"""What is known when somebody joins a line, and what became of it. All times are minutes."""

import math
from dataclasses import dataclass

# What has not been seen yet; it stays apart from every number, and trees know where it goes.
UNSEEN = math.nan


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known of a line, today and until now, when somebody joins it.

    Whoever writes one down, a live hall or a recording, must have known all of it then: what is
    forecast from a moment cannot depend on what came later. `minute` counts from midnight.
    """

    hall: str
    line: str
    minute: float
    ahead: int  # who waits in this line already
    windows: int  # open now
    open_for: float  # since the first call of the day
    since_call: float  # since the last call, or since the doors opened
    calls: int  # places called in the last hour
    oldest: float  # how long the first in line has waited so far
    delay: float  # how long the last one called had waited
    usual: float  # mean of `log_wait` over the waits that ended last
    pace: float  # mean of `log_pace` over the same
    norm: float = 0.0  # minutes per person as the hall publishes them; only compared with


@dataclass(frozen=True, slots=True)
class Outcome:
    """How long somebody waited who joined at that moment; known at `minute`, not before."""

    moment: Moment
    wait: float

    @property
    def minute(self) -> float:
        """When it was known: when the wait ended."""
        return self.moment.minute + self.wait


def log_wait(wait: float) -> float:
    """Return a wait as it is reckoned with: errors count by their share, not by their minutes."""
    return math.log1p(wait)


def log_pace(wait: float, ahead: int) -> float:
    """Return how long each place took, oneself among them, as a logarithm."""
    return math.log1p(wait) - math.log1p(ahead)
