"""What windows there are, who sits there, and who stands before them. Fetching is authorising."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Window
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role
from mingchuang.visits.errors import AtNoWindow, NobodySits
from mingchuang.visits.models import Desk, Visit
from mingchuang.visits.rules.life import AT_WINDOW, State

# Whose post lets them sit at a window of the unit that keeps the site.
CLERKS = (Role.RECEPTION, Role.HANDLER, Role.DISPATCHER, Role.SUPERVISOR)
# Who sees to it that a window is free where somebody left it without signing off.
WARDENS = (Role.DISPATCHER, Role.SUPERVISOR)


def windows_of(person: Person) -> QuerySet[Window]:
    """Return the windows this person may sit at: those of the sites of their units."""
    units = scope_of(person).units(*CLERKS)
    return Window.objects.filter(site__unit__in=units).select_related("site")


def window_for(person: Person, pk: int) -> Window:
    window = windows_of(person).filter(pk=pk).first()
    if window is None:
        raise NotFound
    return window


def keeps_windows(person: Person, unit: int) -> bool:
    """Say whether this person may free a window of the sites of this unit."""
    return unit in scope_of(person).units(*WARDENS)


def window_kept_by(person: Person, pk: int) -> Window:
    """Return a window this person may free."""
    units = scope_of(person).units(*WARDENS)
    window = Window.objects.filter(site__unit__in=units, pk=pk).select_related("site").first()
    if window is None:
        raise NotFound
    return window


def desk_at(window: Window) -> Desk:
    """Return the desk of who sits at this window now, locked."""
    desks = Desk.objects.filter(window=window, until__isnull=True)
    desk = desks.select_for_update(of=("self",)).select_related("person").first()
    if desk is None:
        raise NobodySits(window=window.number)
    return desk


def seated_at(window: int | None) -> Collection[int]:
    """Return this window, if somebody sits there."""
    there = Desk.objects.filter(window=window, until__isnull=True)
    return list(there.values_list("window", flat=True))


def left_behind(person: Person, *, on: date) -> list[Visit]:
    """Return who was put aside today at the window this person sits at, and is to come back."""
    parked = Visit.objects.filter(window=desk_of(person).window, state=State.PARKED, day=on)
    return list(parked.order_by("called_at"))


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
    return Visit.objects.filter(window=window, state__in=held).select_related("line").first()


def visit_near(desk: Desk, pk: int, *, on: date) -> Visit:
    """Return a visit of that day at the site of this desk, locked, and so read alone."""
    visits = Visit.objects.select_for_update()
    visit = visits.filter(site=desk.window.site_id, day=on, pk=pk).first()
    if visit is None:
        raise NotFound
    return visit
