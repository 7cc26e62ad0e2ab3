"""The nouns of a time limit: what is promised, when it stands still, when the day closes."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class Measure(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"


class StartRule(StrEnum):
    """Whether counting begins on the day after (the law's rule) or on the day itself (urgent)."""

    NEXT_DAY = "next_day"
    SAME_DAY = "same_day"


@dataclass(frozen=True)
class Span:
    """An amount of time as people promise it: 5 working days, 24 hours, the same day."""

    amount: int
    measure: Measure
    start: StartRule = StartRule.NEXT_DAY


@dataclass(frozen=True)
class Pause:
    """A stretch in which the clock stands still; `until` is None while it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Closing:
    """Closing time of each weekday, Monday first; None where the doors stay shut.

    A working day the week does not name (a make-up Saturday) closes as late as any other.
    """

    week: tuple[time | None, ...]

    def on(self, day: date) -> time | None:
        return self.week[day.weekday()] or max((t for t in self.week if t), default=None)


@dataclass(frozen=True)
class Deadline:
    """`at` is the first moment that is too late, `day` the last day there is.

    `provisional` (暂定): the statutory calendar of a year that decides it is not loaded yet.
    """

    at: datetime
    day: date
    provisional: bool
