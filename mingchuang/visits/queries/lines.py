"""The lines of a site, and when somebody is there for them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time

from django.db.models import Count, F, Q, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.base.memory import remembered_of_each
from mingchuang.hall.models import Site, Window
from mingchuang.hall.queries import days_of
from mingchuang.hall.rules.hours import OpenDay
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role
from mingchuang.visits.errors import NoSuchLine
from mingchuang.visits.models import Desk, Line, Rota
from mingchuang.visits.queries.skills import SOME_SECONDS
from mingchuang.visits.rules.slots import Shared

SHIFT = ("rota__weekday", "rota__since", "rota__until")


def line_at(site: str, prefix: str) -> Line:
    """Return the line of this prefix at the site of this code."""
    lines = Line.objects.select_related("site").filter(active=True)
    line = lines.filter(site__code=site, prefix=prefix).first()
    if line is None:
        raise NoSuchLine
    return line


def open_days(line: Line, since: date, many: int) -> list[OpenDay]:
    """Return when the doors of the line's site are open on so many days, as it is written now."""
    return days_of(Site.objects.get(pk=line.site_id), since, many)


def windows_shared(line: Line) -> list[Shared]:
    """Return for each window of the line when it is on duty in the ordinary week, and how many
    lines in use it serves; in one statement."""
    in_use = Q(items__lines__active=True, items__lines__site=F("site"))
    serve = Window.objects.annotate(serves=Count("items__lines", filter=in_use, distinct=True))
    theirs = serve.filter(pk__in=Window.objects.filter(items__lines=line).values("pk"))
    rows = theirs.filter(site=line.site_id).order_by("pk").values_list("pk", "serves", *SHIFT)
    weeks: dict[tuple[int, int], list[tuple[int, time, time]]] = defaultdict(list)
    for pk, serves, *shift in rows:
        week = weeks[pk, max(1, serves)]
        week += [(shift[0], shift[1], shift[2])] if shift[1] is not None else []
    return [Shared(week, serves) for (_pk, serves), week in weeks.items()]


@remembered_of_each(SOME_SECONDS)
def weeks_lately(
    sites: tuple[int, ...], _at: datetime
) -> Mapping[int, list[tuple[int, time, time]]]:
    """Return when the windows of these sites are on duty in the ordinary week, which seldom
    changes; a window without a rota is left out."""
    weeks: dict[int, list[tuple[int, time, time]]] = defaultdict(list)
    rows = Rota.objects.filter(window__site__in=sites)
    read = rows.values_list("window", "weekday", "since", "until")
    for window, weekday, since, until in read:
        weeks[window].append((weekday, since, until))
    return dict(weeks)


def done_at(site: int) -> dict[int, set[int]]:
    """Return for each line in use at the site which service items it takes in."""
    done: dict[int, set[int]] = defaultdict(set)
    lines = Line.objects.filter(site=site, active=True, items__isnull=False)
    for line, item in lines.values_list("pk", "items"):
        done[line].add(item)
    return done


def lines_held_by(person: Person, *roles: Role) -> QuerySet[Line]:
    """Return the lines in use at the sites of the units in which this person holds such a post."""
    lines = Line.objects.filter(active=True, site__unit__in=scope_of(person).units(*roles))
    return lines.select_related("site").order_by("site__code", "prefix")


def line_near(desk: Desk, pk: int) -> Line:
    """Return a line in use at the site of this desk."""
    line = Line.objects.filter(site=desk.window.site_id, active=True, pk=pk).first()
    if line is None:
        raise NoSuchLine
    return line


def window_near(desk: Desk, pk: int) -> Window:
    """Return a window of the site of this desk."""
    window = Window.objects.filter(site=desk.window.site_id, pk=pk).first()
    if window is None:
        raise NotFound
    return window


def lines_for(item: str, site: str = "") -> list[Line]:
    """Return the lines in use that are for this service item, with their sites; of one site if
    one is named."""
    lines = Line.objects.filter(active=True, items__code=item).select_related("site")
    lines = lines.filter(site__code=site) if site else lines
    return list(lines.order_by("site__code", "prefix"))
