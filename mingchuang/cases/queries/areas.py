"""The areas of the town: its communities, and the areas of the dispatch catalogue in force."""

from datetime import date

from django.db.models import DateField, Value
from django.db.models.functions import Cast

from mingchuang.base.memory import remembered
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.tables import DispatchRule
from mingchuang.cases.rules.figures import NO_AREA
from mingchuang.people.models import Unit

NO_DAY = Cast(Value(None), DateField())


def known_areas(on: date) -> list[str]:
    """Return the name of every area there is `on` that day, in order; a name that is a minute
    old is soon enough for a label that a clerk may correct."""
    known = _areas()
    return sorted(
        {
            name
            for name, since, until in known
            if (since is None or since <= on) and (until is None or on <= until)
        }
    )


def areas_shown(on: date, *, asked: str) -> list[str]:
    """Return the areas there are `on` that day, and the one asked for where it was one before:
    what was counted under it can be opened for good."""
    known = known_areas(on)
    if asked in {"", NO_AREA, *known}:
        return known
    was_one = any(asked == name for name, *_days in _areas()) or asked in _written()
    return sorted([*known, asked]) if was_one else known


# Read from all the cases there are: not as often as somebody asks for what never was.
@remembered(10)
def _written() -> set[str]:
    """Return the areas that cases stand under, those put right by hand too."""
    return set(Case.objects.order_by().values_list("area", flat=True).distinct())


@remembered(60)
def _areas() -> list[tuple[str, date | None, date | None]]:
    communities = Unit.objects.active().filter(kind="community").order_by()
    always = communities.annotate(since=NO_DAY, until=NO_DAY).values_list("name", "since", "until")
    drawn = DispatchRule.objects.exclude(area="").order_by()
    return list(always.union(drawn.values_list("area", "since", "until"), all=True))
