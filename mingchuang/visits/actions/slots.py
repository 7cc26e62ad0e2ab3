"""Slots follow what is planned: the doors, the windows on duty, the minutes of a visit."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localtime, make_aware

from mingchuang.base.locks import wait_for_turn
from mingchuang.hall.rules.hours import OpenDay
from mingchuang.ledger.actions import record
from mingchuang.visits.models import Line, Slot
from mingchuang.visits.queries.lines import open_days, windows_shared
from mingchuang.visits.queries.overbooking import who_came
from mingchuang.visits.queries.releases import quotas_of
from mingchuang.visits.rules.overbooking import Past, shows_of, with_extra
from mingchuang.visits.rules.slots import (
    Changes,
    Planned,
    Quota,
    Shared,
    Standing,
    changes,
    held_to,
    parts_on_duty,
    planned_slots,
)


@transaction.atomic
def renew_slots(line: Line, since: date, *, many: int, at: datetime) -> int:
    """Let the slots of so many days follow what is planned; say how many were made or resized.

    Where nothing has changed nothing is written. Nobody loses a place (see `rules.slots`).
    """
    wait_for_turn(f"slots:{line.pk}")
    days, windows = open_days(line, since, many), windows_shared(line)
    quotas, past = quotas_of(line, since), _past(line, at)
    standing = _standing(line, days)
    made: list[Slot] = []
    resized: list[Slot] = []
    crowded = 0
    for day in days:
        rows = {_clock(row): row for row in standing[day.day]}
        planned = _planned(line, day, windows, quota=quotas.get(day.day))
        if past is not None and day.day not in quotas:
            ahead = (day.day - localtime(at).date()).days
            planned = with_extra(planned, shows_of(past, line.pk, max(0, ahead)))
        found = changes(planned, {clock: _standing_of(row) for clock, row in rows.items()})
        made += _made(line, day.day, found)
        resized += _resized(rows, found)
        crowded += sum(found.crowded.values())
    Slot.objects.bulk_create(made)
    Slot.objects.bulk_update(resized, ["capacity", "extra"])
    changed = len(made) + len(resized)
    if changed:
        told = {"days": many, "changed": changed, "crowded": crowded}
        record("line.renewed", line.subject, at=at, digest="", since=since.isoformat(), **told)
    return changed


def _standing(line: Line, days: Sequence[OpenDay]) -> dict[date, list[Slot]]:
    """Return the slots there are on these days, locked."""
    standing: dict[date, list[Slot]] = defaultdict(list)
    rows = Slot.objects.select_for_update().filter(line=line, day__in=[day.day for day in days])
    for row in rows.order_by("pk"):
        standing[row.day].append(row)
    return standing


def _past(line: Line, at: datetime) -> Past | None:
    """Return who came of those who booked, for a line that takes more because some never do."""
    return who_came(line.site_id, before=localtime(at).date()) if line.overbooks else None


def _planned(
    line: Line, day: OpenDay, windows: Sequence[Shared], *, quota: Quota | None
) -> list[Planned]:
    parts = parts_on_duty(windows, day.like, day.shifts)
    planned = planned_slots(day.shifts, parts, line.terms)
    return planned if quota is None else held_to(planned, *quota)


def _standing_of(row: Slot) -> Standing:
    return Standing(row.capacity, row.taken, row.extra)


def _made(line: Line, day: date, found: Changes) -> Iterator[Slot]:
    for slot in found.made:
        begins, ends = (make_aware(datetime.combine(day, end)) for end in (slot.start, slot.end))
        sizes = {"capacity": slot.capacity, "extra": slot.extra}
        yield Slot(line=line, day=day, starts_at=begins, ends_at=ends, **sizes)


def _resized(rows: dict[time, Slot], found: Changes) -> Iterator[Slot]:
    for start, size in found.resized.items():
        rows[start].capacity, rows[start].extra = size.capacity, size.extra
        yield rows[start]


def _clock(slot: Slot) -> time:
    return localtime(slot.starts_at).time()
