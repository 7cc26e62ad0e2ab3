"""Lines and rotas are set up and changed; what can be booked follows on the next line.

Slots are renewed here and not by the follower: who changes a line sees at once what it did to
the days to come, and if that fails nothing was changed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.locks import wait_for_turn
from mingchuang.hall.models import Site
from mingchuang.hall.models import Window as HallWindow
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.errors import LineStillNeeded, PrefixTaken, RotaOverlaps
from mingchuang.visits.models import Line, Rota
from mingchuang.visits.queries.kept import (
    kept_line,
    kept_site,
    kept_window,
    lines_served_by,
    still_needed_by,
    week_of,
)
from mingchuang.visits.rules.rota import Stretch, overlapping, told


@transaction.atomic
def set_up_line(
    site: str, prefix: str, given: Mapping[str, Any], *, by: Person, at: datetime
) -> Line:
    """Open a line at a site; it can be booked and takes numbers from now on."""
    place = kept_site(by, site)
    wait_for_turn(f"lines:{place.pk}")
    _refuse_taken(place, prefix)
    terms = {name: value for name, value in given.items() if name != "items"}
    line = Line.objects.create(site=place, prefix=prefix, **terms)
    line.items.set(given["items"])
    record("line.added", line.subject, at=at, by=by.badge, items=line.codes)
    _renew(line, at=at)
    return line


def _refuse_taken(site: Site, prefix: str) -> None:
    if Line.objects.filter(site=site, prefix=prefix).exists():
        raise PrefixTaken(prefix=prefix)


@transaction.atomic
def change_line(pk: int, given: Mapping[str, Any], *, by: Person, at: datetime) -> Line:
    """Change what a line is for, how long it takes, and how much of it is booked ahead."""
    line = kept_line(by, pk, lock=True)
    changed = [name for name, value in given.items() if _now(line, name) != _plain(value)]
    if not changed:
        return line
    for name in changed:
        if name == "items":
            line.items.set(given[name])
        else:
            setattr(line, name, given[name])
    line.save()
    codes = line.codes
    record("line.changed", line.subject, at=at, by=by.badge, fields=changed, items=codes)
    _renew(line, at=at)
    return line


def _now(line: Line, name: str) -> object:
    return _plain(line.items.all()) if name == "items" else getattr(line, name)


def _plain(value: object) -> object:
    """Compare service items by which they are, everything else as it is."""
    return (
        {one.pk for one in value}
        if hasattr(value, "__iter__") and not isinstance(value, str)
        else value
    )


@transaction.atomic
def close_line(pk: int, *, by: Person, at: datetime) -> Line:
    """Let a line end; not while anybody stands in it or is booked for it."""
    line = kept_line(by, pk, lock=True)
    if many := still_needed_by(line, localdate(at)):
        raise LineStillNeeded(many=many)
    if line.active:
        line.active = False
        line.save(update_fields=["active"])
        record("line.retired", line.subject, at=at, by=by.badge)
    return line


@transaction.atomic
def reopen_line(pk: int, *, by: Person, at: datetime) -> Line:
    """Let a line that ended be stood in and booked again."""
    line = kept_line(by, pk, lock=True)
    if not line.active:
        line.active = True
        line.save(update_fields=["active"])
        record("line.applied", line.subject, at=at, by=by.badge)
        _renew(line, at=at)
    return line


@transaction.atomic
def set_rota(pk: int, week: Sequence[Stretch], *, by: Person, at: datetime) -> HallWindow:
    """Say when a window is on duty in the ordinary week; none at all means with the doors."""
    window = kept_window(by, pk, lock=True)
    if overlapping(week):
        raise RotaOverlaps
    if sorted(week) == sorted(week_of(window)):
        return window
    window.rota.all().delete()
    Rota.objects.bulk_create(
        Rota(window=window, weekday=day, since=since, until=until) for day, since, until in week
    )
    record("rota.changed", window.subject, at=at, digest="", by=by.badge, week=told(week))
    for line in lines_served_by(window):
        _renew(line, at=at)
    return window


def _renew(line: Line, *, at: datetime) -> None:
    if line.active:
        renew_slots(line, localdate(at), many=line.days_ahead + 1, at=at)
