"""How much time is left, in the words of people who only work on working days."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mingchuang.hall.rules.days import BEIJING, ONE_DAY, WorkCalendar
from mingchuang.hall.rules.limits import last_day

ONE_HOUR = timedelta(hours=1)
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class TimeLeft:
    """Time until a deadline or, when `late`, since it; rounded down to the minute.

    `days` are working days while there is time, and plain days once it is late: the resident
    waits through the weekend too.
    """

    late: bool
    days: int
    hours: int
    minutes: int


def remaining(now: datetime, due: datetime, calendar: WorkCalendar) -> TimeLeft:
    """Return what is left at `now`; a day on which nobody works uses up nothing.

    A deadline that falls on such a day was promised in hours, and is told in hours.
    """
    now, due = now.astimezone(BEIJING), due.astimezone(BEIJING)
    if now >= due:
        return _told(now - due, ONE_DAY, late=True)
    if not calendar.is_working_day(last_day(due)):
        return _told(due - now, timedelta.max, late=False)
    nights = calendar.working_days_between(now.date() - ONE_DAY, due.date() - ONE_DAY)
    worked = nights * ONE_DAY + _into(due, calendar) - _into(now, calendar)
    return _told(worked, ONE_DAY, late=False)


def _into(moment: datetime, calendar: WorkCalendar) -> timedelta:
    """Return how far a working day has run at `moment`; nothing on other days."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return (moment - midnight) if calendar.is_working_day(moment.date()) else timedelta()


def _told(length: timedelta, one_day: timedelta, *, late: bool) -> TimeLeft:
    days, rest = divmod(length, one_day)
    hours, rest = divmod(rest, ONE_HOUR)
    return TimeLeft(late, days, hours, rest // ONE_MINUTE)
