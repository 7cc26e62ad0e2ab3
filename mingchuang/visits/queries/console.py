"""What a clerk has before them: who stands at the window, who is next, who was put aside."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import ServiceItem, Window
from mingchuang.people.models import Person
from mingchuang.visits.models import Desk, Line, Visit
from mingchuang.visits.queries.desks import visit_at, windows_of
from mingchuang.visits.queries.turns import lines_by_window
from mingchuang.visits.queries.waiting import (
    favoured_in_a_row,
    lines_of,
    waiting_for,
)
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.order import as_called

SHOWN, ALL = 10, "all"


@dataclass(frozen=True)
class Console:
    """One window as its clerk sees it at one moment; `passed` is the number they look for among
    those passed over, or `all`."""

    desk: Desk
    at: datetime
    passed: str = ""

    @cached_property
    def visit(self) -> Visit | None:
        return visit_at(self.desk.window)

    @cached_property
    def state(self) -> State | None:
        return State(self.visit.state) if self.visit else None

    @cached_property
    def items(self) -> Sequence[ServiceItem]:
        """What they came for, each with whether it is done in this line, `taken` in here or at a
        window that called them before."""
        if self.visit is None:
            return []
        own = Line.objects.filter(pk=self.visit.line_id, items=OuterRef("pk"))
        seen = Q(pk=self.desk.window_id) | Q(calls__visit=self.visit)
        taken = Window.objects.filter(seen, items=OuterRef("pk"))
        return list(self.visit.items.annotate(own=Exists(own), taken=Exists(taken)))

    @cached_property
    def lines(self) -> Sequence[Line]:
        return lines_of(self.desk.window)

    @cached_property
    def waiting(self) -> list[Visit]:
        """Everybody this window may call, in the order the rule calls them."""
        today = localdate(self.at)
        standing = {one.pk: one for one in waiting_for(self.desk.window, self.lines, today)}
        told = [(one.green, one.stands_since, one.pk) for one in standing.values()]
        row = favoured_in_a_row(self.lines, today)
        return [standing[pk] for pk in as_called(told, self.at, row=row)]

    @property
    def first(self) -> list[Visit]:
        return self.waiting[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.waiting) - len(self.first)

    @property
    def counts(self) -> list[tuple[Line, int]]:
        """How many wait in each line of this window."""
        many = Counter(visit.line_id for visit in self.waiting)
        return [(line, many[line.pk]) for line in self.lines]

    @cached_property
    def aside(self) -> Sequence[Visit]:
        """Who was put aside or passed over today, in the lines of this window."""
        states = [State.PARKED, State.SKIPPED]
        near = Q(window=self.desk.window) | Q(line__in=self.lines)
        visits = Visit.objects.filter(near, site=self.desk.window.site_id)
        return list(visits.filter(day=localdate(self.at), state__in=states).order_by("called_at"))

    @property
    def parked(self) -> list[Visit]:
        return [visit for visit in self.aside if visit.state == State.PARKED]

    @cached_property
    def skipped(self) -> list[Visit]:
        """Who was passed over, the last one first: who just missed their call comes soon."""
        return [visit for visit in reversed(self.aside) if visit.state == State.SKIPPED]

    @property
    def skipped_shown(self) -> list[Visit]:
        if self.passed and self.passed != ALL:
            wanted = self.passed.upper()
            return [visit for visit in self.skipped if wanted in visit.shown]
        return self.skipped if self.passed else self.skipped[:SHOWN]

    @property
    def skipped_more(self) -> int:
        return len(self.skipped) - len(self.skipped_shown)

    @cached_property
    def further(self) -> Sequence[Line]:
        """Lines with what they came for and no window that has called them takes in."""
        if not self.items or self.visit is None:
            return []
        seen = ServiceItem.objects.filter(windows__calls__visit=self.visit)
        rest = self.visit.items.exclude(pk__in=seen)
        lines = Line.objects.filter(site=self.visit.site_id, active=True)
        lines = lines.exclude(pk=self.visit.line_id)
        return list(lines.filter(items__in=rest).distinct())

    @cached_property
    def untaken(self) -> Sequence[ServiceItem]:
        """What is done in this line and was taken in nowhere yet: where no window does all of it,
        one that does a part calls them and passes them on."""
        return [item for item in self.items if vars(item)["own"] and not vars(item)["taken"]]

    @cached_property
    def elsewhere(self) -> Sequence[Window]:
        """Windows of the same line that take that in, where somebody sits."""
        if not self.untaken or self.visit is None:
            return []
        takes = windows_at(self.desk).filter(items__in=self.untaken)
        return list(takes.filter(items__lines=self.visit.line_id).distinct().order_by("number"))


def lines_from(visit: Visit) -> list[Line]:
    """Return where a visit may go on: other lines first, then its own, for another window; of
    each is known whether they came for anything of it."""
    lines = Line.objects.filter(site=visit.site_id, active=True)
    lines = lines.annotate(wanted=Exists(visit.items.filter(lines=OuterRef("pk"))))
    return sorted(lines, key=lambda line: line.pk == visit.line_id)


def windows_from(
    desk: Desk, visit: Visit, lines: Sequence[Line], at: datetime
) -> list[tuple[Window, Line]]:
    """Return the windows of the site at which somebody sits, each with the line in which somebody
    sent there waits: their own where that is served, else one they came for, else any."""
    served = lines_by_window((visit.site_id,), at)
    near = sorted(lines, key=lambda one: (one.pk != visit.line_id, not vars(one)["wanted"]))
    found: list[tuple[Window, Line]] = []
    for window in windows_at(desk).order_by("number"):
        found += [(window, line) for line in near if line.pk in served.get(window.pk, ())][:1]
    return found


def visit_seen(desk: Desk, pk: int, *, on: date) -> Visit:
    """Return a visit of that day at the site of this desk, to show it."""
    visit = Visit.objects.filter(site=desk.window.site_id, day=on, pk=pk).first()
    if visit is None:
        raise NotFound
    return visit


def windows_at(desk: Desk) -> QuerySet[Window]:
    """Return the windows of the site of this desk at which somebody sits."""
    sat_at = Desk.objects.filter(until__isnull=True).values("window")
    return Window.objects.filter(site=desk.window.site_id, pk__in=sat_at)


def seats_of(person: Person) -> list[tuple[Window, Desk | None]]:
    """Return the windows this person may sit at, each with who sits there now."""
    windows = list(windows_of(person).order_by("site", "number"))
    desks = Desk.objects.filter(window__in=windows, until__isnull=True).select_related("person")
    held = {desk.window_id: desk for desk in desks}
    return [(window, held.get(window.pk)) for window in windows]


def last_desk_of(person: Person) -> Desk | None:
    """Return where this person sat last: most sit there again."""
    return Desk.objects.filter(person=person).first()
