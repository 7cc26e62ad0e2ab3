"""When the doors shut: what is told of a wait ends there."""

from collections.abc import Collection, Mapping
from datetime import datetime, time

from django.utils.timezone import localtime

from mingchuang.base.memory import remembered_of_each
from mingchuang.hall.models import Site
from mingchuang.hall.queries import open_on
from mingchuang.hall.rules.hours import OpenDay

A_MINUTE = 60.0


def closing_of(sites: Collection[int], at: datetime) -> Mapping[int, datetime]:
    """Return when each of these sites shuts for the day; nothing of one that is shut already, or
    whose hours nobody wrote down."""
    now = localtime(at)
    ends = {
        site.pk: datetime.combine(day.day, max(until for _since, until in day.shifts), now.tzinfo)
        for site, day in open_on(Site.objects.filter(pk__in=sites), now.date())
        if day.shifts
    }
    return {site: end for site, end in ends.items() if end > at}


@remembered_of_each(A_MINUTE)
def today_shown(sites: tuple[int, ...], at: datetime) -> Mapping[int, OpenDay]:
    """Return when the doors of these sites are open today, asked once in a minute; nothing of one
    whose hours nobody wrote down."""
    opened = open_on(Site.objects.filter(pk__in=sites), localtime(at).date())
    return {site.pk: day for site, day in opened if _is_known(site, day)}


def _is_known(site: Site, day: OpenDay) -> bool:
    """Say whether anybody wrote down when this site is open; its hours are at hand."""
    return bool(day.shifts or day.kind or site.hours.all())


def minutes_left(site: int, at: datetime) -> float | None:
    """Return for how long the doors are still open today; None: shut, or nobody knows."""
    now, day = localtime(at), today_shown((site,), at).get(site)
    shifts = day.shifts if day else ()
    ends = [datetime.combine(now.date(), until, now.tzinfo) for _since, until in shifts]
    left = (max(ends) - at).total_seconds() / 60 if ends else 0
    return left if left > 0 else None


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
