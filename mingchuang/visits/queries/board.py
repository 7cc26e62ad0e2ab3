"""The hall as its staff see it now: windows, lines, and what the day came to so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from statistics import median
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Site, Window
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.visits.models import Desk, Line, Visit
from mingchuang.visits.queries.closing import shut_now
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.queries.untaken import Untaken, untaken_at
from mingchuang.visits.rules.life import AT_WINDOW, State

A_MINUTE = 60
GONE = [State.MISSED, State.CANCELLED]
# Since when somebody waits: since they may be called and are in the hall, whichever is later.
WAITS_SINCE = Greatest("here_at", "stands_since")


@dataclass(frozen=True)
class Seat:
    """One window: who serves it, and whom."""

    window: Window
    desk: Desk | None
    visit: Visit | None


@dataclass(frozen=True)
class LineNow:
    """One line: who waits, since when the longest, who is on the way, who is booked for later."""

    line: Line
    waiting: int = 0
    longest: datetime | None = None
    coming: int = 0
    booked: int = 0


@dataclass(frozen=True)
class Totals:
    """The day so far: who came, was served, went away unserved; half waited no longer (minutes)."""

    came: int
    served: int
    gone: int
    wait: int | None


@dataclass(frozen=True)
class Board:
    """One site at one moment."""

    site: Site
    at: datetime

    @property
    def is_shut(self) -> bool:
        """Whether the doors are shut: then no window is free, though somebody sits there."""
        return shut_now(self.site.pk, self.at)[0]

    @property
    def _today(self) -> QuerySet[Visit]:
        return Visit.objects.filter(site=self.site, day=localdate(self.at))

    @cached_property
    def _of_windows(self) -> Sequence[Visit]:
        """Who stands at a window, or was put aside there and is to come back."""
        states = sorted(map(str, AT_WINDOW | {State.PARKED}))
        return list(self._today.filter(state__in=states).order_by("called_at"))

    @cached_property
    def seats(self) -> Sequence[Seat]:
        windows = list(self.site.windows.order_by("number"))
        open_desks = Desk.objects.filter(window__site=self.site, until__isnull=True)
        desks = {desk.window_id: desk for desk in open_desks.select_related("person")}
        visits = {one.window_id: one for one in self._of_windows if one.state in AT_WINDOW}
        return [Seat(one, desks.get(one.pk), visits.get(one.pk)) for one in windows]

    @cached_property
    def _counted(self) -> dict[int, dict[str, Any]]:
        """What the visits of the day come to, by line: one statement for the whole board."""
        here = Q(state=State.WAITING, here_at__isnull=False)
        rows = (
            self._today.order_by()
            .values("line")
            .annotate(
                waiting=Count("pk", filter=here),
                longest=Min(WAITS_SINCE, filter=here),
                coming=Count("pk", filter=Q(state=State.WAITING, here_at__isnull=True)),
                booked=Count("pk", filter=Q(state=State.BOOKED)),
                came=Count("pk", filter=Q(number__isnull=False)),
                served=Count("pk", filter=Q(state=State.FINISHED)),
                gone=Count("pk", filter=Q(state__in=GONE, number__isnull=False)),
            )
        )
        return {row.pop("line"): row for row in rows}

    @cached_property
    def lines(self) -> Sequence[LineNow]:
        lines = Line.objects.filter(site=self.site, active=True).order_by("prefix")
        return [_line_now(line, self._counted.get(line.pk, {})) for line in lines]

    @property
    def left(self) -> Sequence[tuple[Visit, Window]]:
        """Who was put aside at a window at which nobody sits any more, and which it was."""
        empty = {seat.window.pk: seat.window for seat in self.seats if not seat.desk}
        parked = [one for one in self._of_windows if one.state == State.PARKED]
        return [(one, empty[one.window_id]) for one in parked if one.window_id in empty]

    @cached_property
    def untaken(self) -> Sequence[Untaken]:
        windows = [seat.window for seat in self.seats]
        seated = [seat.window.pk for seat in self.seats if seat.desk]
        return untaken_at(self.site, windows, seated=seated, at=self.at)

    @cached_property
    def totals(self) -> Totals:
        rows = self._counted.values()
        came, served, gone = (sum(row[n] for row in rows) for n in ("came", "served", "gone"))
        return Totals(came, served, gone, wait=self._wait())

    def _wait(self) -> int | None:
        called = self._today.filter(called_at__isnull=False, here_at__isnull=False)
        waits = called.values_list(F("called_at"), WAITS_SINCE)
        seconds = [max(0.0, (until - since).total_seconds()) for until, since in waits]
        return round(median(seconds) / A_MINUTE) if seconds else None


def _line_now(line: Line, counted: Mapping[str, Any]) -> LineNow:
    names = ("waiting", "longest", "coming", "booked")
    return LineNow(line, **{name: counted[name] for name in names if name in counted})


def sites_of(person: Person) -> list[Site]:
    """Return the sites whose windows this person may sit at."""
    units = scope_of(person).units(*CLERKS)
    return list(Site.objects.filter(unit__in=units))


def site_shown(sites: Sequence[Site], code: str) -> Site | None:
    """Return the site asked for, or the first; what one may not see is not there."""
    if not code:
        return sites[0] if sites else None
    for site in sites:
        if site.code == code:
            return site
    raise NotFound
