"""The areas of the town: its communities, and the areas of the dispatch catalogue in force."""

from datetime import date

from django.db.models import Q

from mingchuang.cases.models.tables import DispatchRule
from mingchuang.people.models import Unit


def known_areas(on: date) -> list[str]:
    """Return the name of every area there is `on` that day, in order: one statement."""
    in_force = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on)) & ~Q(area="")
    communities = Unit.objects.active().filter(kind="community").order_by().values_list("name")
    drawn = DispatchRule.objects.filter(in_force).order_by().values_list("area")
    return sorted(name for (name,) in communities.union(drawn))
