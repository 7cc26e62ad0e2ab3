"""When a commitment is looked at, and what is found (promise P11). Pure."""

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

# Ten years of months: nobody promises for longer, and nobody looks more often.
MOST = 120
# A promise is looked at for ten years, one more day is set within a year: until then a topic waits.
PROMISED_FOR, LOOKED_AGAIN_WITHIN = timedelta(days=3653), timedelta(days=366)


class Rhythm(StrEnum):
    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


MONTHS: Mapping[Rhythm, int] = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.YEARLY: 12}


class Result(StrEnum):
    """What became of a day on which somebody was to look."""

    DUE = "due"
    PASSED = "passed"
    FAILED = "failed"
    MISSED = "missed"


# Each of these opens a case by itself.
BROKEN = frozenset({Result.FAILED, Result.MISSED})
LOOKED = frozenset({Result.PASSED, Result.FAILED})


class Kept(NamedTuple):
    """How a commitment was kept so far: a rate is never shown without what it is made of."""

    passed: int
    failed: int
    missed: int
    due: int

    @property
    def over(self) -> int:
        return self.passed + self.failed + self.missed


class Standing(NamedTuple):
    """How one commitment stands: what was found last, if anybody looked or should have, and on how
    many days somebody still looks."""

    number: int
    newest: str | None
    due: int

    @property
    def is_broken(self) -> bool:
        return self.newest in BROKEN

    @property
    def is_given_up(self) -> bool:
        """Whether it is broken, and nobody will look again."""
        return self.is_broken and not self.due


def schedule(first: date, rhythm: Rhythm, last: date) -> list[date]:
    """Return the days on which somebody looks, from the first to the last, in order.

    A month that has no such day is looked at on its last one. At most 120 days.
    """
    return list(_days(first, rhythm, last))


def is_cut_short(first: date, rhythm: Rhythm, last: date) -> bool:
    """Say whether the last day would never be reached, somebody looking so often."""
    return rhythm != Rhythm.ONCE and _nth(first, rhythm, MOST) <= last


def _days(first: date, rhythm: Rhythm, last: date) -> Iterator[date]:
    for n in range(1 if rhythm == Rhythm.ONCE else MOST):
        if (day := _nth(first, rhythm, n)) > last:
            return
        yield day


def _nth(first: date, rhythm: Rhythm, n: int) -> date:
    """Return the n-th day, counted from the first one, so that a short month shifts no later."""
    if rhythm not in MONTHS:
        return first + timedelta(weeks=n)
    months = first.month - 1 + n * MONTHS[rhythm]
    year, month = first.year + months // 12, months % 12 + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def kept_of(results: Mapping[Result, int]) -> Kept:
    """Count what was found."""
    each = (Result.PASSED, Result.FAILED, Result.MISSED, Result.DUE)
    return Kept(*(results.get(one, 0) for one in each))
