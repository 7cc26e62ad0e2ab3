"""Plain builders of a hall in which people wait; they call the real actions."""

from datetime import datetime
from itertools import count
from typing import Any

from mingchuang.hall.models import Window
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.desks import sign_on
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.models import Line, Visit
from tests.build import MONDAY, a_person
from tests.hall.build import a_site, an_item

_serial = count(1)


def a_line(prefix: str = "A", *, windows: int = 1, **given: Any) -> Line:
    """A line at a new site, with so many windows that take in what it is for."""
    n = next(_serial)
    site = given.pop("site", None) or a_site(f"hall-{n}")
    item = an_item(f"item-{n}")
    line = Line.objects.create(site=site, prefix=prefix, name="社会保险", **given)
    line.items.add(item)
    for number in range(1, windows + 1):
        window = Window.objects.create(site=site, number=number, name="社会保险")
        window.items.add(item)
    return line


def a_clerk(line: Line, number: int = 1, *, at: datetime = MONDAY) -> Person:
    """Somebody on duty at this window of the line's site."""
    person = a_person(Role.RECEPTION, unit=line.site.unit)
    sign_on(line.site.windows.get(number=number).pk, by=person, at=at)
    return person


def a_visit(line: Line, *, at: datetime = MONDAY, green: str = "") -> Visit:
    return issue_visit(line, key=f"visit-{next(_serial)}", origin="kiosk", green=green, at=at)
