"""What somebody wants to have done in one coming, and which lines do it."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db.models import Case, Min, QuerySet, When

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import ServiceItem
from mingchuang.visits.errors import NotBooked, NotDoneThere
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.rules.booking import places_for


class Wanted(NamedTuple):
    """What is to be done in one coming, and by how many; the first is what they came for."""

    items: Sequence[ServiceItem]
    persons: int

    @property
    def is_much(self) -> bool:
        """Whether it takes more than one place, so that not every slot can hold it."""
        return self.persons * len(self.items) > 1


def is_booked(item: ServiceItem) -> bool:
    """Say whether any line in use takes bookings for this."""
    return Line.objects.filter(active=True, items=item).exists()


def item_booked(code: str) -> ServiceItem:
    """Return a service item that some line in use takes in, with its guide."""
    item = item_sent(code)
    if not is_booked(item):
        raise NotBooked(item=item.name)
    return item


def item_sent(code: str) -> ServiceItem:
    """Return a service item, also one no line takes in any more."""
    item = ServiceItem.objects.filter(code=code).select_related("guide", "unit").first()
    if item is None:
        raise NotFound
    return item


def done_with(item: ServiceItem) -> QuerySet[ServiceItem]:
    """Return what else is done at the places where this is done."""
    sites = Line.objects.filter(active=True, items=item).values("site")
    others = ServiceItem.objects.filter(lines__active=True, lines__site__in=sites)
    return others.exclude(pk=item.pk).distinct()


def done_beside(line: Line) -> QuerySet[ServiceItem]:
    """Return what is done at the site of the line, what the line itself does first."""
    items = ServiceItem.objects.filter(lines__active=True, lines__site=line.site_id)
    here = Case(When(lines=line.pk, then=0), default=1)
    return items.annotate(order=Min(here)).order_by("order", "unit__path", "code")


def items_named(line: Line, codes: Collection[str]) -> list[ServiceItem]:
    """Return what these codes name of all that is done at the site of the line."""
    if not codes:
        return []
    items = [item for item in done_beside(line) if item.code in codes]
    if len(items) < len(set(codes)):
        raise NotDoneThere(site=line.site.name)
    return items


def lines_for(wanted: Wanted) -> list[Line]:
    """Return the lines in use that take in what they came for, at places that do all the rest."""
    first, *others = wanted.items
    lines = Line.objects.filter(active=True, items=first)
    for other in others:
        lines = lines.filter(site__in=Line.objects.filter(active=True, items=other).values("site"))
    return list(lines.select_related("site").prefetch_related("items").order_by("site__code", "pk"))


def lines_at(site: str, wanted: Wanted) -> list[Line]:
    """Return the lines of this place for what is wanted."""
    lines = [line for line in lines_for(wanted) if line.site.code == site]
    if not lines:
        raise NotFound
    return lines


def lines_to_move(visit: Visit, wanted: Wanted) -> list[Line]:
    """Return the lines of the same place that could have this booking instead."""
    if wanted.items:
        return lines_at(visit.site.code, wanted)
    lines = Line.objects.filter(active=True, pk=visit.line_id)
    return list(lines.select_related("site").prefetch_related("items"))


def needs_of(lines: Iterable[Line], wanted: Wanted) -> dict[int, int]:
    """Return how many places of its slots each line gives to this."""
    items = [item.pk for item in wanted.items]
    return {
        line.pk: places_for(wanted.persons, items, [item.pk for item in line.items.all()])
        for line in lines
    }
