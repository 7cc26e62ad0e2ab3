"""Who waits though nobody who sits at a window takes in what they came for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from mingchuang.hall.models import Site, Window
from mingchuang.visits.models import Visit
from mingchuang.visits.queries.skills import gathered, only_windows, skills_lately
from mingchuang.visits.rules.windows import stood_at

READ = ("pk", "line", "stands_since", "for_window", "prefix", "number", "items")


@dataclass(frozen=True)
class Untaken:
    """A number nobody calls now, and the windows that would if somebody sat there; without any,
    no window of the hall takes that in."""

    shown: str
    windows: list[int]


def untaken_at(
    site: Site, windows: Sequence[Window], *, seated: Collection[int], at: datetime
) -> list[Untaken]:
    """Return who waits at a site and is called by none of the windows at which somebody sits. A
    line at whose windows nobody sits is told by these."""
    waiting = Visit.objects.waiting().filter(site=site, day=localdate(at), items__isnull=False)
    rows = gathered(waiting.order_by("stands_since", "pk").values_list(*READ))
    if not rows:
        return []
    skills, found = skills_lately((site.pk,), at)[site.pk], []
    serves = {window: skills.lines_of(window) for window in seated}
    for pk, line, since, window, prefix, number, items in rows:
        only = only_windows(skills, line, items, window)
        if stood_at(line, "", since, pk, only).is_left(serves):
            others = [one.number for one in windows if one.pk in only]
            found.append(Untaken(f"{prefix}{number:03d}", others))
    return found
