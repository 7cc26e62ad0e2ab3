"""Who stands in the lines of a hall now, for the staff who see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Site
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.queries.waiting import favoured_from
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.order import as_called


@dataclass(frozen=True)
class InLine:
    """One site at one moment: who waits in each line, as it is called, and behind them who is on
    the way; `wanted` is the number somebody looks for."""

    site: Site
    at: datetime
    wanted: str = ""

    @cached_property
    def lines(self) -> list[tuple[Line, int, Sequence[Visit]]]:
        """Each line, how many stand in it, and those of them that are looked for."""
        lines = list(Line.objects.filter(site=self.site, active=True).order_by("prefix"))
        rows = favoured_from({line.pk: [line.pk] for line in lines}, localdate(self.at))
        stand = [(line, self._of(line, rows.get(line.pk, 0))) for line in lines]
        return [(line, len(visits), self._found(visits)) for line, visits in stand]

    @cached_property
    def _standing(self) -> list[Visit]:
        waiting = Visit.objects.filter(site=self.site, day=localdate(self.at))
        return list(waiting.filter(state=State.WAITING).order_by("stands_since", "pk"))

    def _of(self, line: Line, row: int) -> list[Visit]:
        standing = {one.pk: one for one in self._standing if one.line_id == line.pk}
        here = [one for one in standing.values() if one.here_at]
        order = as_called([(one.green, one.stands_since, one.pk) for one in here], self.at, row=row)
        coming = [one for one in standing.values() if not one.here_at]
        return [*(standing[pk] for pk in order), *coming]

    def _found(self, visits: Sequence[Visit]) -> list[Visit]:
        return [one for one in visits if self.wanted.upper() in one.shown]


def visit_in_hall(person: Person, pk: int, *, on: date) -> Visit:
    """Return a visit of that day at a site whose counter this person may stand at."""
    units = scope_of(person).units(*CLERKS)
    visits = Visit.objects.filter(site__unit__in=units, day=on, pk=pk)
    visit = visits.select_related("site", "line").first()
    if visit is None:
        raise NotFound
    return visit
