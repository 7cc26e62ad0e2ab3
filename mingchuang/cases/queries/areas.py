"""The areas of the town: its communities, and the areas of the dispatch catalogue in force."""

from datetime import date

from mingchuang.base.memory import remembered
from mingchuang.cases.models.tables import DispatchRule
from mingchuang.people.models import Unit


def known_areas(on: date) -> list[str]:
    """Return the name of every area there is `on` that day, in order."""
    drawn = {a for a, since, until in _drawn() if since <= on and (until is None or on <= until)}
    return sorted(drawn.union(_communities()))


@remembered(60)
def _communities() -> list[str]:
    communities = Unit.objects.active().filter(kind="community").order_by()
    return list(communities.values_list("name", flat=True))


@remembered(60)
def _drawn() -> list[tuple[str, date, date | None]]:
    return list(DispatchRule.objects.exclude(area="").values_list("area", "since", "until"))
