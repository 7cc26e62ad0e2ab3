"""Lines and rotas for who keeps them: administrators and supervisors of the site's unit."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import ceil

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import ServiceItem, Site
from mingchuang.hall.models import Window as HallWindow
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.rules.life import AT_WINDOW, State
from mingchuang.visits.rules.rota import Stretch

KEEPERS = (Role.ADMINISTRATOR, Role.SUPERVISOR)
# So far back a line's minutes are measured.
MEASURED = timedelta(days=30)
A_MINUTE = 60


def kept_sites(person: Person) -> QuerySet[Site]:
    """Return the sites whose lines this person keeps, with their windows, lines and rotas."""
    units = scope_of(person).units(*KEEPERS)
    sites = Site.objects.filter(unit__in=units)
    return sites.prefetch_related("lines__items", "windows__rota")


def kept_site(person: Person, code: str) -> Site:
    site = Site.objects.filter(unit__in=scope_of(person).units(*KEEPERS), code=code).first()
    if site is None:
        raise NotFound
    return site


def kept_line(person: Person, pk: int, *, lock: bool = False) -> Line:
    """Return a line this person keeps; lock it if it changes."""
    lines = Line.objects.filter(site__unit__in=scope_of(person).units(*KEEPERS), pk=pk)
    if lock:
        # Whoever is booked meanwhile holds on to the line, and to a slot that will be wanted.
        lines = lines.select_for_update(of=("self",), no_key=True)
    line = lines.select_related("site").first()
    if line is None:
        raise NotFound
    return line


def kept_window(person: Person, pk: int, *, lock: bool = False) -> HallWindow:
    """Return a window whose rota this person keeps; lock it if that changes."""
    units = scope_of(person).units(*KEEPERS)
    windows = HallWindow.objects.filter(site__unit__in=units, pk=pk)
    if lock:
        windows = windows.select_for_update(of=("self",), no_key=True)
    window = windows.select_related("site").first()
    if window is None:
        raise NotFound
    return window


def items_at(site: Site) -> QuerySet[ServiceItem]:
    """Return what any window of the site takes in."""
    return ServiceItem.objects.filter(windows__site=site).distinct().order_by("code")


def done_at_few(line: Line) -> list[tuple[ServiceItem, int, int]]:
    """Return what fewer windows than the line has take in: how many do, and how many it has."""
    many = HallWindow.objects.filter(site=line.site_id, items__lines=line).distinct().count()
    taking = Count("windows", filter=Q(windows__site=line.site_id), distinct=True)
    items = line.items.annotate(taking=taking).filter(taking__lt=many)
    return [(item, item.taking, many) for item in items.order_by("code")]


def week_of(window: HallWindow) -> list[Stretch]:
    return [(one.weekday, one.since, one.until) for one in window.rota.all()]


def lines_served_by(window: HallWindow) -> Sequence[Line]:
    """Return the lines in use whose slots follow the rota of this window."""
    lines = Line.objects.filter(site=window.site_id, active=True, items__windows=window)
    return list(lines.select_related("site").distinct().order_by("pk"))


def still_needed_by(line: Line, on: date) -> int:
    """Return how many are in this line today or booked for a day to come, after whoever is just
    getting a place or a number: none gets one now."""
    list(Line.objects.select_for_update().filter(pk=line.pk))
    standing = [State.WAITING, State.SKIPPED, State.PARKED, State.BOOKED, *AT_WINDOW]
    visits = Visit.objects.filter(line=line, day__gte=on, state__in=sorted(map(str, standing)))
    return visits.count()


def minutes_measured(lines: Sequence[Line], at: datetime) -> dict[int, int]:
    """Return how many minutes half of the visits of each line took at most, over thirty days.

    The middle row of each line is found by the database: no visit is fetched but that one.
    """
    served = Visit.objects.filter(line__in=lines, state=State.FINISHED, started_at__isnull=False)
    served = served.filter(ended_at__gt=at - MEASURED).order_by()
    row = Window(RowNumber(), partition_by="line", order_by="took")
    many = Window(Count("pk"), partition_by="line")
    ranked = served.annotate(took=F("ended_at") - F("started_at")).annotate(row=row, many=many)
    middle = ranked.filter(row=(F("many") + 1) / 2).values_list("line", "took")
    return {line: ceil(took.total_seconds() / A_MINUTE) for line, took in middle}
