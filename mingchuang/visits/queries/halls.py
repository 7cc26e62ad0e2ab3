"""A hall as who stands at its door sees it: which lines give numbers now, and how many wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.timezone import localtime

from mingchuang.base.errors import NotFound
from mingchuang.base.memory import remembered_of_each
from mingchuang.hall.models import Site, Window
from mingchuang.hall.queries import NoSuchSite, days_of
from mingchuang.hall.rules.hours import OpenDay
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.visits.errors import NotOpenNow
from mingchuang.visits.models import Line
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.queries.forecasts import how_long_in
from mingchuang.visits.queries.lines import lines_held_by
from mingchuang.visits.rules.forecast.shown import Wait
from mingchuang.visits.rules.hours import next_opening, served_shifts
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.slots import on_duty

# So far ahead it is said when the doors open next: further than any holiday.
AHEAD = 15
# So long before its last window goes off duty a line says so.
SOON = timedelta(minutes=30)
FEW_SECONDS = 3.0


@dataclass(frozen=True)
class Offered:
    """A line as it is offered now; `waiting` counts who is in the hall or on the way."""

    line: Line
    waiting: int
    served: OpenDay
    now: datetime
    wait: Wait | None = None

    @cached_property
    def change(self) -> tuple[bool, time] | None:
        """Whether it gives numbers now, and until when; None: not any more today."""
        return self.served.change_after(self.now.time())

    @property
    def is_open(self) -> bool:
        return self.change is not None and self.change[0]

    @property
    def opens_later(self) -> time | None:
        return self.change[1] if self.change and not self.is_open else None

    @property
    def closes_soon(self) -> time | None:
        """When the last window goes off duty, if that is soon."""
        if self.change is None or not self.is_open:
            return None
        until = self.change[1]
        return until if _clock(until) - _clock(self.now.time()) <= SOON else None


@dataclass(frozen=True)
class Hall:
    """A site, its doors from today on, and its lines."""

    site: Site
    days: list[OpenDay]
    lines: list[Offered]
    now: datetime

    @property
    def is_open(self) -> bool:
        return any(offered.is_open for offered in self.lines)

    @property
    def opens_next(self) -> tuple[date, time] | None:
        return next_opening(self.days, self.now.time())

    @property
    def open_lines(self) -> list[Offered]:
        return [offered for offered in self.lines if offered.is_open]

    def line(self, prefix: str) -> Line:
        """Return the line that gives numbers now under this prefix, or refuse in words."""
        return self.offered(prefix).line

    def offered(self, prefix: str) -> Offered:
        """Return the same with how it stands now."""
        for offered in self.lines:
            if offered.line.prefix == prefix:
                if not offered.is_open:
                    raise NotOpenNow(line=offered.line.name)
                return offered
        raise NotFound


def hall_at(code: str, at: datetime) -> Hall:
    """Return the hall of this code as it is now: as many statements whatever number of lines."""
    site, now = Site.objects.select_related("unit").filter(code=code).first(), localtime(at)
    if site is None:
        raise NoSuchSite(code=code)
    days = days_of(site, now.date(), AHEAD)
    windows = list(site.windows.prefetch_related("rota", "items"))
    lines = _waiting_in(Line.objects.filter(site=site, active=True), now.date())
    given = list(lines.prefetch_related("items"))
    waits = how_long_in(given, at)
    offered = [_offered(line, windows, days[0], now, waits.get(line.pk)) for line in given]
    return Hall(site, days, offered, now)


@remembered_of_each(FEW_SECONDS)
def hall_lately(code: str, at: datetime) -> Hall:
    """Return the hall as it was a few seconds ago at most: doors and rota change less often than
    somebody takes a number."""
    return hall_at(code, at)


def _waiting_in(lines: QuerySet[Line], day: date) -> QuerySet[Line]:
    waits = Q(visits__state=State.WAITING, visits__day=day)
    return lines.select_related("site").annotate(waiting=Count("visits", filter=waits))


def several_done_in(lines: Iterable[Line]) -> Sequence[tuple[str, Any]]:
    """Return what is done where more than one thing is done, as one chooses: of each thing its
    code and name; under the name of its line, where there are several. They come with their
    items."""
    done = [(line.name, [(item.code, item.name) for item in line.items.all()]) for line in lines]
    several = [(name, items) for name, items in done if len(items) > 1]
    return several if len(done) > 1 else [pair for _line, items in several for pair in items]


def waiting_in(line: Line) -> int:
    """Return how many wait in a line that was asked for with that."""
    return int(vars(line)["waiting"])


def _offered(
    line: Line, windows: Iterable[Window], today: OpenDay, now: datetime, wait: Wait | None
) -> Offered:
    items = {item.pk for item in line.items.all()}
    taking = [one for one in windows if items & {item.pk for item in one.items.all()}]
    rotas = [[(r.weekday, r.since, r.until) for r in one.rota.all()] for one in taking]
    duty = on_duty(rotas, today.like, today.shifts)
    served = OpenDay(today.day, served_shifts(duty, today.shifts), today.kind, today.note)
    waiting = waiting_in(line)
    return Offered(line, waiting, served, now, wait and wait.behind(waiting))


def _clock(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


def sites_of(person: Person) -> QuerySet[Site]:
    """Return the sites at whose counter this person may stand, with their lines in use."""
    units = scope_of(person).units(*CLERKS)
    lines = Prefetch("lines", Line.objects.filter(active=True))
    return Site.objects.filter(unit__in=units).prefetch_related(lines).order_by("code")


def site_of(person: Person, code: str) -> Site:
    """Return the site of this code if this person may stand at its counter."""
    site = sites_of(person).filter(code=code).first()
    if site is None:
        raise NotFound
    return site


def line_of(person: Person, pk: int) -> Line:
    """Return a line in use at a counter this person may stand at."""
    line = lines_held_by(person, *CLERKS).filter(pk=pk).first()
    if line is None:
        raise NotFound
    return line


def waiting_at(person: Person, day: date) -> QuerySet[Line]:
    """Return the lines of their counters, each with how many wait (`waiting`)."""
    lines = Line.objects.filter(site__in=sites_of(person), active=True)
    return _waiting_in(lines, day).prefetch_related("items").order_by("site", "prefix")
