"""Which windows serve which lines: those with anything they take in."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import F

from mingchuang.visits.models import Desk


class Sits(NamedTuple):
    """Somebody who sits at a window and calls a line of its site; away for a while, or not."""

    site: int
    window: int
    line: int
    away: bool


def sitting_at(sites: Collection[int]) -> list[Sits]:
    """Return which lines the windows call at which somebody sits: those with anything they take
    in, one for each window and line."""
    desks = Desk.objects.filter(
        until__isnull=True,
        window__site__in=sites,
        window__items__lines__active=True,
        window__items__lines__site=F("window__site"),
    )
    rows = desks.values_list("window__site", "window", "window__items__lines", "away_since")
    return [
        Sits(site, window, line, away is not None) for site, window, line, away in rows.distinct()
    ]


def serves_of(sitting: Iterable[Sits]) -> dict[int, set[int]]:
    """Return the lines of each window at which somebody sits. A pause is over soon and counts."""
    serves: dict[int, set[int]] = defaultdict(set)
    for one in sitting:
        serves[one.window].add(one.line)
    return dict(serves)
