"""Working days: the plain week, corrected by the days the State Council names each year.

Days are counted by ordinal (day 1 is Monday, 1 January 0001), so the weekdays up to a day are
a formula and only the days that differ are kept, with running totals. Every answer, forwards or
backwards, is one or two bisections of that short list, and there is no horizon to fall off.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
WEEKDAYS = 5
ONE_DAY = timedelta(days=1)
# Notices have named days of the December before, back to the 29th (those of 2008 and 2019).
REACH = timedelta(days=3)


class DayKind(StrEnum):
    """How a day differs from the plain week: off on a weekday, or on duty at a weekend (调休)."""

    HOLIDAY = "holiday"
    MAKEUP = "makeup"


@dataclass(frozen=True)
class Mark:
    """One day the yearly notice names."""

    kind: DayKind
    name: str = ""


@dataclass(frozen=True)
class Loaded:
    """One year of the statutory calendar: which text it is, and who published it."""

    version: str
    source: str


@dataclass(frozen=True)
class WorkCalendar:
    """The statutory calendar (行政许可法 art. 82; the State Council's yearly notice).

    `years` are those whose notice is loaded; in any other year only weekends are off and every
    answer that touches it is provisional (暂定), because make-up days cannot be guessed.
    """

    marks: Mapping[date, Mark] = field(default_factory=dict)
    years: Mapping[int, Loaded] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        mark = self.marks.get(day)
        return day.weekday() < WEEKDAYS if mark is None else mark.kind == DayKind.MAKEUP

    def is_provisional(self, year: int) -> bool:
        return year not in self.years

    def after(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, which is itself not counted; n = 0 is `day`."""
        return self._nth(self._worked(day) + n) if n > 0 else day

    def working_days_between(self, a: date, b: date) -> int:
        """Count the working days d with a < d <= b; negative when b is before a."""
        return self._worked(b) - self._worked(a)

    def next_working(self, day: date) -> date:
        """Return `day` itself if people work on it, else the next day they do (Civil Code 203)."""
        return day if self.is_working_day(day) else self.after(day, 1)

    def _worked(self, day: date) -> int:
        """Count the working days from the beginning of time to `day`, inclusive."""
        ordinal = day.toordinal()
        return _weekdays(ordinal) + self._totals[bisect_right(self._ordinals, ordinal)]

    def _nth(self, n: int) -> date:
        """Return the n-th working day of all time: the inverse of `_worked`."""
        i = bisect_left(self._worked_at, n)
        found = _nth_weekday(n - self._totals[i])
        # A make-up day is no weekday, so the formula steps over it.
        return date.fromordinal(min([found, *self._ordinals[i : i + 1]]))

    @cached_property
    def _changes(self) -> list[tuple[int, int]]:
        """The days whose kind really differs from the plain week, in order, as +1 or -1."""
        differing = (d for d in self.marks if self.is_working_day(d) != (d.weekday() < WEEKDAYS))
        return [(d.toordinal(), 1 if self.is_working_day(d) else -1) for d in sorted(differing)]

    @cached_property
    def _ordinals(self) -> list[int]:
        return [ordinal for ordinal, _ in self._changes]

    @cached_property
    def _totals(self) -> list[int]:
        return list(accumulate((change for _, change in self._changes), initial=0))

    @cached_property
    def _worked_at(self) -> list[int]:
        return [_weekdays(o) + t for o, t in zip(self._ordinals, self._totals[1:], strict=True)]


def years_touched(since: date, until: date) -> range:
    """Return the years whose notices decide which of these days count."""
    return range(since.year, (until + REACH).year + 1)


def _weekdays(ordinal: int) -> int:
    weeks, days = divmod(ordinal, 7)
    return WEEKDAYS * weeks + min(days, WEEKDAYS)


def _nth_weekday(n: int) -> int:
    weeks, days = divmod(n - 1, WEEKDAYS)
    return 7 * weeks + days + 1
