"""Slots follow what is planned: the doors, the windows on duty, the minutes of a visit."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localtime, make_aware

from mingchuang.base.locks import wait_for_turn
from mingchuang.hall.rules.hours import OpenDay, Shift
from mingchuang.ledger.actions import record
from mingchuang.visits.models import Line, Slot
from mingchuang.visits.queries.lines import open_days, rotas_of
from mingchuang.visits.rules.slots import Changes, Standing, changes, on_duty, planned_slots


@transaction.atomic
def renew_slots(line: Line, since: date, *, many: int, at: datetime) -> int:
    """Let the slots of so many days follow what is planned; say how many were made or resized.

    Where nothing has changed nothing is written. Nobody loses a place (see `rules.slots`).
    """
    wait_for_turn(f"slots:{line.pk}")
    changed = crowded = 0
    rotas = rotas_of(line)
    for day in open_days(line, since, many):
        found = _changes(line, day, on_duty(rotas, day.day.weekday(), day.shifts))
        changed += _follow(line, day.day, found)
        crowded += sum(found.crowded.values())
    if changed:
        told = {"days": many, "changed": changed, "crowded": crowded}
        record("line.renewed", line.subject, at=at, digest="", since=since.isoformat(), **told)
    return changed


def _changes(line: Line, day: OpenDay, windows: Sequence[Shift]) -> Changes:
    planned = planned_slots(day.shifts, windows, line.terms)
    rows = Slot.objects.select_for_update().filter(line=line, day=day.day).order_by("pk")
    standing = {_clock(row): Standing(row.capacity, row.taken) for row in rows}
    return changes(planned, standing)


def _follow(line: Line, day: date, found: Changes) -> int:
    Slot.objects.bulk_create(
        Slot(
            line=line,
            day=day,
            starts_at=_moment(day, slot.start),
            ends_at=_moment(day, slot.end),
            capacity=slot.capacity,
        )
        for slot in found.made
    )
    for start, capacity in found.resized.items():
        Slot.objects.filter(line=line, starts_at=_moment(day, start)).update(capacity=capacity)
    return len(found.made) + len(found.resized)


def _moment(day: date, clock: time) -> datetime:
    return make_aware(datetime.combine(day, clock))


def _clock(slot: Slot) -> time:
    return localtime(slot.starts_at).time()
