"""Inspections of a hall of the town: one that waits for the reception clerk, one that is over."""

from typing import TYPE_CHECKING

from django.utils.timezone import now

from mingchuang.cases.rules.photo import Photo
from mingchuang.people.models import Person, Unit
from mingchuang.reviews.models import Checklist, Clause, Inspection, Shot
from tests.hall.build import a_site
from tests.reviews.inspections import a_checklist, finished, handed_over, planned

if TYPE_CHECKING:
    from tests.town import Town


def the_inspections(unit: Unit, *, inspector: Person, photo: Photo) -> None:
    site = a_site("inspected", name="甬江火车站服务点", unit=unit)
    lists = a_checklist(at=now())
    for _ in range(2):
        planned(site=site, checklist=lists, inspector=inspector, at=now())
    over = finished(first(), photos=(photo,), at=now())
    handed_over(over, at=now())


def first() -> Inspection:
    return Inspection.objects.order_by("pk")[0]


def over() -> Inspection:
    return Inspection.objects.get(state="finished")


def waiting() -> Inspection:
    return Inspection.objects.get(state="planned")


def a_clause() -> Clause:
    return Clause.objects.in_force()[0]


def the_list() -> Checklist:
    return Checklist.objects.get()


def the_shot() -> Shot:
    return Shot.objects.get()


def the_case(town: "Town") -> tuple[object, ...]:
    said = over().marks.get(answer="broken").rectification
    return (said.number if said else "",)
