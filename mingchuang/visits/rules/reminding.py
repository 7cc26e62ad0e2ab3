"""When somebody is reminded of a booking, and when it is tried again. Pure."""

from datetime import datetime, time, timedelta, tzinfo

from mingchuang.hall.rules.days import BEIJING

ONE_DAY = timedelta(days=1)
AFTERNOON, EVENING = time(15), time(19)
# So many times at most, and this long after each time that failed.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (2, 10, 30, 90))
MOST = len(PAUSES) + 1


def evening_before(starts: datetime, *, zone: tzinfo = BEIJING) -> datetime:
    """Return seven in the evening of the day before."""
    return _day_before(starts, EVENING, zone)


def reminder_due(starts: datetime, *, zone: tzinfo = BEIJING) -> datetime:
    """Return three in the afternoon of the day before, when one may still ask at the hall."""
    return _day_before(starts, AFTERNOON, zone)


def next_try(tries: int, at: datetime) -> datetime | None:
    """Return when to try again after so many tries; none after the last."""
    return at + PAUSES[tries - 1] if tries < MOST else None


def _day_before(starts: datetime, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(starts.astimezone(zone).date() - ONE_DAY, clock, tzinfo=zone)
