"""Which windows serve which lines: those with anything they take in."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import F

from mingchuang.hall.models import Site, Window
from mingchuang.visits.models import Desk, Line


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
    for one in sorted(sitting):
        serves[one.window].add(one.line)
    return dict(serves)


class HallWindow(NamedTuple):
    """A window of a hall, and the lines in use it serves."""

    pk: int
    number: int
    name: str
    lines: frozenset[int]


def windows_in(site: Site, lines: Iterable[Line]) -> list[HallWindow]:
    """Return the windows of a hall, whether somebody sits there or not, by their numbers."""
    served: dict[tuple[int, int, str], set[int | None]] = defaultdict(set)
    windows = Window.objects.filter(site=site).order_by("number")
    for pk, number, name, line in windows.values_list("pk", "number", "name", "items__lines"):
        served[pk, number, name].add(line)
    here = {line.pk for line in lines}
    return [HallWindow(*window, frozenset(here & some)) for window, some in served.items()]
