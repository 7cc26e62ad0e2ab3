"""Whether a window is free for whoever stands first in a line."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from mingchuang.base.memory import remembered_of_each
from mingchuang.visits.models import Desk, Line, Visit
from mingchuang.visits.rules.life import AT_WINDOW
from mingchuang.visits.rules.turn import Turn, turn_of

SOME_SECONDS = 10.0
HELD = sorted(map(str, AT_WINDOW))


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


def turns_in(
    lines: Collection[Line], at: datetime, *, only: Collection[int] = ()
) -> dict[int, Turn]:
    """Return what the first in each of these lines comes to now, by its key; where not all windows
    of a line call them, of `only` these."""
    sites = tuple(sorted({line.site_id for line in lines}))
    here = Visit.objects.filter(site__in=sites, day=localdate(at))
    desks = Desk.objects.filter(window__site__in=sites, until__isnull=True, away_since__isnull=True)
    holds = Exists(here.filter(window=OuterRef("window"), state__in=HELD))
    on_duty = dict(desks.values_list("window", holds))
    served = lines_by_window(sites, at)
    calls = {window: served.get(window, ()) for window in on_duty}
    held = {window for window, busy in on_duty.items() if busy}
    waited = set(here.waiting().order_by().values_list("line", flat=True).distinct())
    return {
        line.pk: turn_of(line.pk, calls=calls, held=held, waited=waited, only=only)
        for line in lines
    }
