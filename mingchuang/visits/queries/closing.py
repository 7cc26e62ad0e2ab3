"""When the doors shut: what is told of a wait ends there."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.timezone import localtime

from mingchuang.base.memory import remembered_of_each
from mingchuang.hall.models import Site
from mingchuang.hall.queries import open_on

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
def closing_shown(sites: tuple[int, ...], at: datetime) -> Mapping[int, datetime]:
    """Return the same to show it, asked once in a minute."""
    return closing_of(sites, at)


def minutes_left(site: int, at: datetime) -> float | None:
    """Return for how long the doors are still open today; None: shut, or nobody knows."""
    closes = closing_shown((site,), at).get(site)
    return None if closes is None else (closes - at).total_seconds() / 60
