"""What may be seen of visits. Fetching is authorising; the row you lock is the row you get."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Site, Window
from mingchuang.hall.queries import days_of
from mingchuang.hall.rules.hours import OpenDay
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role
from mingchuang.visits.errors import AtNoWindow, NoSuchLine, NoSuchSlot
from mingchuang.visits.models import Call, Desk, Line, Slot, Visit
from mingchuang.visits.rules.life import AT_WINDOW, State
from mingchuang.visits.rules.line import GREEN_CHANNEL, Head
from mingchuang.visits.rules.slots import Rota

# Whose post lets them sit at a window of the unit that keeps the site.
CLERKS = (Role.RECEPTION, Role.HANDLER, Role.DISPATCHER, Role.SUPERVISOR)


def line_at(site: str, prefix: str) -> Line:
    """Return the line of this prefix at the site of this code."""
    lines = Line.objects.select_related("site").filter(active=True)
    line = lines.filter(site__code=site, prefix=prefix).first()
    if line is None:
        raise NoSuchLine
    return line


def windows_of(person: Person) -> QuerySet[Window]:
    """Return the windows this person may sit at: those of the sites of their units."""
    units = scope_of(person).units(*CLERKS)
    return Window.objects.filter(site__unit__in=units).select_related("site")


def window_for(person: Person, pk: int) -> Window:
    window = windows_of(person).filter(pk=pk).first()
    if window is None:
        raise NotFound
    return window


def desk_of(person: Person, *, lock: bool = False) -> Desk:
    """Return the desk this person sits at now; lock it if something happens there."""
    desks = Desk.objects.filter(person=person, until__isnull=True)
    if lock:
        desks = desks.select_for_update(of=("self",))
    desk = desks.select_related("window__site", "person").first()
    if desk is None:
        raise AtNoWindow
    return desk


def visit_at(window: Window) -> Visit | None:
    """Return the visit this window has."""
    held = sorted(map(str, AT_WINDOW))
    return Visit.objects.filter(window=window, state__in=held).first()


def lines_of(window: Window) -> Sequence[Line]:
    """Return the lines a window calls: those with anything it takes in."""
    lines = Line.objects.filter(site=window.site_id, active=True)
    return list(lines.filter(items__windows=window).distinct().order_by("pk"))


def heads_of(lines: Sequence[Line], on: date) -> list[Visit | None]:
    """Return who stands first of the green channel, and of everybody else, in these lines that
    day: whoever was left standing the day before is called no more."""
    waiting = Visit.objects.waiting().filter(line__in=lines, day=on)
    waiting = waiting.order_by("stands_since", "pk")
    return [waiting.exclude(green="").first(), waiting.filter(green="").first()]


def head_told(visit: Visit | None, *, since: datetime) -> Head | None:
    """Return a head as the rule reads it: minutes since `since`, and the row that breaks a tie."""
    if visit is None or visit.stands_since is None:
        return None
    return (visit.stands_since - since).total_seconds() / 60, visit.pk


def still_waiting(visit: Visit) -> Visit | None:
    """Return a visit, locked, if it still waits: its holder may just have taken it back."""
    return Visit.objects.waiting().select_for_update().filter(pk=visit.pk).first()


def favoured_in_a_row(lines: Sequence[Line], on: date) -> int:
    """Return how many of the newest calls of these lines that day went to the green channel,
    since an ordinary visitor was called; no further than matters."""
    newest = Call.objects.filter(visit__line__in=lines, visit__day=on).order_by("-pk")
    kinds = newest.values_list("visit__green", flat=True)[: int(GREEN_CHANNEL.in_a_row)]
    row = 0
    for green in kinds:
        if not green:
            break
        row += 1
    return row


def visit_near(desk: Desk, pk: int, *, on: date) -> Visit:
    """Return a visit of that day at the site of this desk, locked."""
    visits = Visit.objects.select_for_update(of=("self",)).select_related("line")
    visit = visits.filter(site=desk.window.site_id, day=on, pk=pk).first()
    if visit is None:
        raise NotFound
    return visit


def open_days(line: Line, since: date, many: int) -> list[OpenDay]:
    """Return when the doors of the line's site are open on so many days, as it is written now."""
    return days_of(Site.objects.get(pk=line.site_id), since, many)


def rotas_of(line: Line) -> list[Rota]:
    """Return for each window of the line when it is on duty in the ordinary week."""
    windows = Window.objects.filter(items__lines=line, site=line.site_id).distinct()
    return [
        [(one.weekday, one.since, one.until) for one in window.rota.all()]
        for window in windows.prefetch_related("rota")
    ]


def slot_for(pk: int) -> Slot:
    """Return a slot of a line in use."""
    slot = Slot.objects.filter(pk=pk, line__active=True).select_related("line__site").first()
    if slot is None:
        raise NoSuchSlot
    return slot


def visit_of(code: str, *, lock: bool = False) -> Visit:
    """Return the visit whose holder knows its code; lock it if it changes."""
    visits = Visit.objects.filter(code=code)
    if lock:
        visits = visits.select_for_update(of=("self",))
    visit = visits.select_related("line__site", "slot").first()
    if visit is None:
        raise NotFound
    return visit


def booked_by(phone: str, day: date) -> int:
    """Return how many visits on that day are booked under this phone."""
    index = phone_index(phone)
    booked = Visit.objects.filter(state=State.BOOKED, day=day, requester__phone_index=index)
    return booked.count() if index else 0
