"""A hall to measure in: one site, its lines and windows, and a clerk for each. Nothing is real."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TypeAlias

from django.db import transaction

from mingchuang.hall.models import OpeningHours, ServiceItem, Site, Window
from mingchuang.outward.actions.demo import PASSWORD
from mingchuang.people.actions.posts import give_post
from mingchuang.people.actions.staff import add_person
from mingchuang.people.actions.units import add_unit
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits.models import Line

Doors: TypeAlias = tuple[time, time]
OFFICE_HOURS, ALL_DAY = (time(8), time(18)), (time.min, time(23, 59, 59))


@dataclass(frozen=True)
class Hall:
    """A line, its site, and who may sit at its windows, in the order of these."""

    line: Line
    windows: Sequence[Window]
    clerks: Sequence[Person]


@transaction.atomic(savepoint=False)
def build_hall(*, windows: int, clerks: int, at: datetime, doors: Doors = OFFICE_HOURS) -> Hall:
    """Put up a hall of so many windows that all take in the same."""
    unit = add_unit("SYN-HALL", "合成大厅", kind="hall", at=at)
    site = Site.objects.create(code="synthetic", name="合成大厅", unit=unit, address="合成路")
    OpeningHours.objects.bulk_create(
        OpeningHours(site=site, weekday=day, opens=doors[0], closes=doors[1]) for day in range(7)
    )
    item = ServiceItem.objects.create(
        code="synthetic", name="合成事项", unit=unit, item_kind="on_the_spot", audience="individual"
    )
    line = Line.objects.create(
        site=site, prefix="A", name="合成队列", minutes=10, share=100, days_ahead=60
    )
    line.items.add(item)
    places = [_window(site, item, number) for number in range(1, windows + 1)]
    return Hall(line, places, [_clerk(n, unit, at=at) for n in range(1, clerks + 1)])


def _window(site: Site, item: ServiceItem, number: int) -> Window:
    window = Window.objects.create(site=site, number=number, name="合成窗口")
    window.items.add(item)
    return window


def _clerk(n: int, unit: object, *, at: datetime) -> Person:
    clerk = add_person(f"bench{n}", "合成窗口员", badge=f"B-{n}", password=PASSWORD, at=at)
    give_post(clerk, unit, Role.RECEPTION, at=at)  # type: ignore[arg-type]
    return clerk
