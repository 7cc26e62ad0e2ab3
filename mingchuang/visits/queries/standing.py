"""Who is in a hall, as little as its screens need: a thousand of them are read for each call."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from mingchuang.hall.models import Site
from mingchuang.visits.models import Visit
from mingchuang.visits.queries.skills import gathered
from mingchuang.visits.rules.life import PRESENT


class Here(NamedTuple):
    """What is read of a visit."""

    pk: int
    code: str
    prefix: str
    number: int | None
    state: str
    line_id: int
    green: str
    stands_since: datetime | None
    here_at: datetime | None
    window_id: int | None
    for_window_id: int | None
    # What they come for, where they said so.
    items: frozenset[int]

    @property
    def shown(self) -> str:
        return f"{self.prefix}{self.number:03d}" if self.number else ""

    @property
    def subject(self) -> str:
        return f"visit:{self.pk:08d}"


def here_at(site: Site, day: date, *, changed: Collection[int] = ()) -> list[Here]:
    """Return who is in the hall that day, and of the visits that `changed` who is not."""
    here = Q(site=site, day=day, state__in=sorted(map(str, PRESENT)))
    told = here | Q(pk__in=changed, site=site) if changed else here
    rows = Visit.objects.filter(told).order_by("pk").values_list(*Here._fields)
    return [Here(*row) for row in gathered(rows)]
