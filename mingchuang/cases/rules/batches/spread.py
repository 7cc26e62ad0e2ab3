"""Spreading a batch over the idle minutes of a hall's coming days. Pure.

A batch is served beside the people in the hall, never before them: only minutes that the hall's
own load leaves idle are used. What does not fit is said in minutes, so that somebody may offer to
stay longer; nobody is put down for overtime who has not agreed to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

# How many of the coming days are planned.
AHEAD = 60


@dataclass(frozen=True)
class Spread:
    """On which day each matter has its turn, in their order; and how many minutes are missing."""

    days: tuple[date, ...]
    short: int = 0

    @property
    def promised_on(self) -> date | None:
        """The day by which all of it is done; None while something has no day yet."""
        return self.days[-1] if self.days and not self.short else None


def spread(matters: int, minutes: int, idle: Mapping[date, int]) -> Spread:
    """Give each of so many matters, of so many minutes each, the first day with room for it."""
    days: list[date] = []
    for day in sorted(idle):
        fits = min(max(idle[day], 0) // minutes, matters - len(days))
        days += [day] * fits
    return Spread(tuple(days), short=(matters - len(days)) * minutes)


def promise_by(ends_on: date | None, due_on: date | None) -> date | None:
    """Return the day that may be promised: none beyond the day on which an answer is due."""
    return ends_on if ends_on and (due_on is None or ends_on <= due_on) else None


def with_overtime(
    idle: Mapping[date, int], agreed: Sequence[tuple[date, int]], planned: Mapping[date, int]
) -> dict[date, int]:
    """Return the minutes there are: idle, less what other batches have of them, and overtime that
    somebody agreed to."""
    left = {day: max(0, minutes - planned.get(day, 0)) for day, minutes in idle.items()}
    for day, minutes in agreed:
        left[day] = left.get(day, 0) + minutes
    return left
