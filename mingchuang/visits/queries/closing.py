"""When the doors shut, for the day or at noon: what is told of a wait ends there."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.utils.timezone import localtime

from mingchuang.base.memory import remembered_of_each
from mingchuang.hall.models import Site
from mingchuang.hall.queries import open_on
from mingchuang.hall.rules.hours import OpenDay

A_MINUTE = 60.0


class Doors(NamedTuple):
    """For how many minutes they are still open, none while they are shut, and when they open
    again that day, if they do."""

    left: float
    again: time | None


def called_by(site: int, moment: datetime, at: datetime) -> datetime:
    """Return this moment, or, where the doors are shut then, when they open again today; where
    they do not, when they shut."""
    now = localtime(at)
    for _site, day in open_on(Site.objects.filter(pk=site), now.date()):
        ends = at + timedelta(minutes=doors.left) if (doors := _doors(day, at)) else moment
        if doors is None or moment <= ends or doors.again is None:
            return min(moment, ends)
        again = datetime.combine(now.date(), doors.again, now.tzinfo)
        last = datetime.combine(now.date(), max(until for _, until in day.shifts), now.tzinfo)
        return min(max(moment, again), last)
    return moment


@remembered_of_each(A_MINUTE)
def today_shown(sites: tuple[int, ...], at: datetime) -> Mapping[int, OpenDay]:
    """Return when the doors of these sites are open today, asked once in a minute; nothing of one
    whose hours nobody wrote down."""
    opened = open_on(Site.objects.filter(pk__in=sites), localtime(at).date())
    return {site.pk: day for site, day in opened if _is_known(site, day)}


def _is_known(site: Site, day: OpenDay) -> bool:
    """Say whether anybody wrote down when this site is open; its hours are at hand."""
    return bool(day.shifts or day.kind or site.hours.all())


def doors_of(site: int, at: datetime) -> Doors | None:
    """Return how the doors stand; None: shut for the day, or nobody knows."""
    day = today_shown((site,), at).get(site)
    return _doors(day, at) if day else None


def _doors(day: OpenDay, at: datetime) -> Doors | None:
    now = localtime(at)
    change = day.change_after(now.time())
    if change is None:
        return None
    is_open, until = change
    if not is_open:
        return Doors(0.0, until)
    left = (datetime.combine(now.date(), until, now.tzinfo) - at).total_seconds() / 60
    return Doors(left, min((since for since, _ in day.shifts if since >= until), default=None))


def shut_now(site: int, at: datetime) -> tuple[bool, time | None]:
    """Return whether the doors are shut at this moment, and when they open again today."""
    day = today_shown((site,), at).get(site)
    change = day.change_after(localtime(at).time()) if day else None
    is_open, until = change or (day is None, None)
    return not is_open, None if is_open else until


def is_shut(site: Site, day: OpenDay, now: time) -> bool:
    """Say the same of a site whose day and hours were asked for already."""
    change = day.change_after(now)
    return _is_known(site, day) and not (change and change[0])
