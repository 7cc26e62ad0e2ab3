"""Which windows call which lines."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from mingchuang.base.memory import remembered_of_each
from mingchuang.visits.models import Line

SOME_SECONDS = 10.0


@remembered_of_each(SOME_SECONDS)
def lines_by_window(sites: tuple[int, ...], _at: datetime) -> Mapping[int, Collection[int]]:
    """Return which lines each window of these sites calls; this seldom changes."""
    lines = Line.objects.filter(site__in=sites, active=True, items__windows__isnull=False)
    pairs = lines.values_list("pk", "site", "items__windows", "items__windows__site").order_by()
    found: dict[int, set[int]] = defaultdict(set)
    for line, site, window, stands in pairs.distinct():
        if stands == site:
            found[window].add(line)
    return found
