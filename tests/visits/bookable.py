"""Plain builders of places that can be booked; they call the real actions."""

from datetime import time
from itertools import count
from typing import Any

from django.utils.timezone import localdate

from mingchuang.hall.models import OpeningHours, ServiceItem, Site, Window
from mingchuang.people.models import Unit
from mingchuang.visits.actions.booking import book_visit
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.models import Line, Slot, Visit
from tests.build import A_DAY, MONDAY
from tests.hall.build import a_guide, a_site, an_item
from tests.visits.hall import a_line

_serial = count(1)


def a_bookable_line(*, windows: int = 1, unit: Unit | None = None, **given: Any) -> Line:
    """A line that can be booked every day from nine to eleven, eight places of 15 minutes."""
    line = a_line(windows=windows, **{"share": 100, "minutes": 15, **given})
    if unit is not None:
        Site.objects.filter(pk=line.site_id).update(unit=unit)
    open_every_day(line.site)
    return line


def open_every_day(site: Site) -> None:
    for weekday in range(7):
        OpeningHours.objects.create(site=site, weekday=weekday, opens=time(9), closes=time(11))


def another_item(line: Line, name: str, *, own_line: str = "") -> ServiceItem:
    """One more thing done at the site of the line: in it, or in a line of its own."""
    item = an_item(f"other-{next(_serial)}", name=name)
    for window in line.site.windows.all()[: 1 if own_line else None]:
        window.items.add(item)
    if own_line:
        line = Line.objects.create(site=line.site, prefix=own_line, name=name, minutes=15)
    line.items.add(item)
    return item


def a_rare_item(line: Line, *windows: int) -> ServiceItem:
    """One more thing of the line that only some of its windows take in, the first if none is
    named."""
    item = an_item(f"rare-{next(_serial)}", name="补换证件")
    for window in line.site.windows.filter(number__in=windows or (1,)):
        window.items.add(item)
    line.items.add(item)
    return item


def another_place(line: Line, name: str, **given: Any) -> Line:
    """Another site where the same is done."""
    site = a_site(f"place-{next(_serial):04}", name=name, address="江滨路 8 号")
    window = Window.objects.create(site=site, number=1, name=name)
    window.items.set(line.items.all())
    other = Line.objects.create(site=site, prefix="A", name=name, minutes=15, share=100, **given)
    other.items.set(line.items.all())
    open_every_day(site)
    return other


def the_item(line: Line) -> ServiceItem:
    return line.items.order_by("pk")[0]


def with_guide(line: Line) -> ServiceItem:
    """What the line is for, with its guide."""
    return a_guide(item=the_item(line)).item


def with_slots(line: Line, *, many: int = 15, at: Any = MONDAY) -> list[Slot]:
    """The slots of so many days from the day after `at`, in order."""
    renew_slots(line, localdate(at) + A_DAY, many=many, at=at)
    return list(Slot.objects.filter(line=line).order_by("starts_at"))


def booked(slot: Slot, **given: Any) -> Visit:
    n = next(_serial)
    plain = {"key": f"booking-{n}", "name": "王小芳", "phone": f"1380000{n:04d}", "at": MONDAY}
    return book_visit(slot.pk, **{**plain, **given})
