"""When somebody is reminded of a booking, and when it is tried again. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from mingchuang.hall.rules.days import BEIJING, ONE_DAY

AFTERNOON, EVENING = time(15), time(19)
# The calendar of a phone reminds so long before.
SOON = timedelta(hours=2)
# It is tried again so long after each time that failed.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (2, 10, 30, 90))
MOST = len(PAUSES) + 1


def evening_before(starts: datetime, *, zone: tzinfo = BEIJING) -> datetime:
    """Return seven in the evening of the day before."""
    return _day_before(starts.astimezone(zone).date(), EVENING, zone)


def reminds_of(
    starts: datetime, at: datetime, *, texts: bool, zone: tzinfo = BEIJING
) -> Literal["before", "soon", ""]:
    """Return what still reminds of a booking: something on the day before, only the calendar two
    hours before, or nothing any more."""
    day = starts.astimezone(zone).date()
    if at < _day_before(day, AFTERNOON if texts else EVENING, zone):
        return "before"
    return "soon" if at < starts - SOON else ""


def days_due(at: datetime, *, zone: tzinfo = BEIJING) -> Iterator[tuple[date, datetime]]:
    """Yield the days whose bookings are to be reminded of by now, each with since when: three in
    the afternoon of the day before, when one may still ask at the hall."""
    today = at.astimezone(zone).date()
    for day in (today, today + ONE_DAY):
        since = _day_before(day, AFTERNOON, zone)
        if since <= at:
            yield day, since


def next_try(tries: int, at: datetime) -> datetime | None:
    """Return when to try again after so many tries; none after the last."""
    return at + PAUSES[tries - 1] if tries < MOST else None


def _day_before(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day - ONE_DAY, clock, tzinfo=zone)
