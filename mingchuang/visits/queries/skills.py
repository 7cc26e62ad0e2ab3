"""What the windows of a hall take in, and who of those who wait may be called to which."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from mingchuang.base.memory import remembered_of_each
from mingchuang.hall.models import Window
from mingchuang.visits.models import Line, Standby, Visit
from mingchuang.visits.rules.skills import Skills
from mingchuang.visits.rules.windows import ANY, NOBODY

SOME_SECONDS = 10.0
# Those of whom it is known what they come for.
Who = type[Visit] | type[Standby]


def skills_at(sites: Collection[int]) -> Mapping[int, Skills[int]]:
    """Return what the lines in use and the windows of each of these sites are for; in one
    statement."""
    read = Line.objects.filter(site__in=sites, active=True, items__isnull=False).order_by()
    rows = read.values_list("pk", "site", "items", "items__windows", "items__windows__site")
    lines: dict[int, dict[int, set[int]]] = {site: defaultdict(set) for site in sites}
    windows: dict[int, dict[int, set[int]]] = {site: defaultdict(set) for site in sites}
    for line, site, item, window, stands in rows:
        lines[site][line].add(item)
        if stands == site:
            windows[site][window].add(item)
    return {site: Skills(_frozen(lines[site]), _frozen(windows[site])) for site in sites}


def _frozen(found: dict[int, set[int]]) -> dict[int, frozenset[int]]:
    return {key: frozenset(items) for key, items in found.items()}


@remembered_of_each(SOME_SECONDS)
def skills_lately(sites: tuple[int, ...], _at: datetime) -> Mapping[int, Skills[int]]:
    """Return the same, which seldom changes."""
    return skills_at(sites)


def only_windows(
    skills: Skills[int] | None, line: int, items: frozenset[int], window: int | None
) -> frozenset[int]:
    """Return the windows that call somebody, if not all of the line do: the one they were passed
    on to, or those that take in what they came for. Without any `items` no skills are needed."""
    if window is not None:
        return frozenset({window})
    found = skills.only(line, items) if skills and items else None
    return ANY if found is None else found or NOBODY


def gathered(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return rows, which begin with a key and end with an item or none, once for each key, with
    all of its items."""
    items: dict[int, set[int]] = defaultdict(set)
    found = {}
    for *row, item in rows:
        found[row[0]] = row
        items[row[0]] |= set() if item is None else {item}
    return [(*row, frozenset(items[key])) for key, row in found.items()]


def may_call(window: Window, lines: Iterable[int]) -> Q:
    """Return who of those who wait in these lines may be called to this window: whoever was passed
    on to it, and else as `Skills.only` says."""
    skills, found = skills_at([window.site_id])[window.site_id], Q()
    for line in lines:
        if lacking := skills.lacking(line, window.pk):
            whole = ~Q(line=line) | Q(for_window=window) | ~Q(_came_for(lacking))
            found &= whole | _split(skills, line, window.pk)
    return found


def _split(skills: Skills[int], line: int, window: int) -> Q:
    """Return who came for something this window takes in, and for more than any window does."""
    found = Q(_came_for(skills.doing(line, window)))
    for lacking in {skills.lacking(line, one) for one in skills.calling(line)}:
        found &= Q(_came_for(lacking))
    return found


def bound_to(skills: Skills[int], line: int, windows: Collection[int], who: Who = Visit) -> Q:
    """Return who is bound to these windows of a line, as `Skills.bound` says: those who booked, or
    those who stand by."""
    theirs = frozenset[int]().union(*(skills.doing(line, one) for one in windows))
    found = Q(_came_for(theirs, who))
    for lacking in {skills.lacking(line, one) for one in skills.calling(line).difference(windows)}:
        found &= Q(_came_for(lacking, who))
    return found


def _came_for(items: Collection[int], who: Who = Visit) -> Exists:
    named = who.items.through._default_manager.filter(serviceitem__in=items)
    return Exists(named.filter(**{who.__name__.lower(): OuterRef("pk")}))
