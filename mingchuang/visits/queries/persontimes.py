"""How many were accompanied: counted by the database, in one statement."""

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth

from mingchuang.hall.models import Site
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role
from mingchuang.visits.models import Assist
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.rules.assisting import OPEN, State
from mingchuang.visits.rules.persontimes import Cell, PersonTimes

READERS = (*CLERKS, Role.CONVENOR, Role.AUDITOR)
STATES = {
    "done": Q(state=State.FINISHED),
    "cancelled": Q(state=State.CANCELLED),
    "missed": Q(state=State.MISSED),
    "lapsed": Q(state=State.LAPSED),
    "open": Q(state__in=sorted(map(str, OPEN))),
}
SUMS = {name: Sum("persons", filter=which, default=0) for name, which in STATES.items()}


def sites_counted_for(person: Person) -> "QuerySet[Site]":
    """Return the sites whose figures this person reads."""
    units = scope_of(person).units(*READERS)
    return Site.objects.filter(unit__in=units).select_related("unit")


def cells_of(sites: "QuerySet[Site]", year: int) -> list[Cell]:
    """Return the person-times of one year, by site, category, kind of need and month."""
    assists = Assist.objects.filter(site__in=sites, day__year=year).order_by()
    rows = assists.values("site", "category", "need", month=ExtractMonth("day")).annotate(**SUMS)
    return [
        Cell(
            site=row["site"],
            category=row["category"],
            need=row["need"],
            month=row["month"],
            times=PersonTimes(**{name: row[name] for name in SUMS}),
        )
        for row in rows
    ]


def person_times_at(site: Site, year: int) -> PersonTimes:
    """Return the person-times of one site in one year."""
    return PersonTimes(**Assist.objects.filter(site=site, day__year=year).aggregate(**SUMS))
