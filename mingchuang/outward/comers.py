"""Who comes to a hall of the demo town on one day: planned beforehand, then it happens."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from django.db.models import F
from django.utils.timezone import localtime

from mingchuang.base.errors import Refused
from mingchuang.outward.playing import BUSY, KINDS, PlayedHall
from mingchuang.people.models import Person
from mingchuang.visits.actions import assisting
from mingchuang.visits.actions.booking import book_visit, cancel_visit, check_in
from mingchuang.visits.models import Assist, Line, Slot, Visit
from mingchuang.visits.rules.assisting import Wanted

Doors = Sequence[tuple[datetime, datetime]]
# How much more, or less, than on average people come at this hour.
RUSH = {8: 1.1, 9: 1.3, 10: 1.3, 11: 0.7, 13: 1.1, 14: 1.2, 15: 1.0, 16: 0.7, 17: 0.2}
# So many of those who come have booked; of these one in seven does not come.
BOOKED, NOT_COME = 0.2, 1 / 7
# Who has booked comes up to so many minutes before the time, or after it.
BEFORE, AFTER = 25.0, 8.0
# One in ten goes home when it takes longer than this.
GOES, PATIENCE = 1 / 10, timedelta(minutes=30)
# So long after a number is taken somebody says that they come along, meets them, is done.
STEPS = (timedelta(minutes=2), timedelta(minutes=6), timedelta(minutes=45))
THE_DAY_BEFORE = timedelta(hours=18)


def plan_walk_ins(hall: PlayedHall, line: Line, doors: Doors, busy: float) -> None:
    """Let people take numbers while the doors are open, more of them in the morning."""
    between = line.minutes * 60 / (BUSY * hall.windows_for(line) * (1 - BOOKED) * busy)
    for opens, closes in doors:
        at = opens
        while (at := hall.later(at, between / RUSH.get(localtime(at).hour, 1.0))) < closes:
            hall.plan(at, partial(_walk_in, hall, line))


def _walk_in(hall: PlayedHall, line: Line, now: datetime) -> str:
    visit = hall.walk_in(line, now)
    if hall.dice.random() < GOES:
        hall.plan(now + PATIENCE, partial(_go_home, visit.code))
    return f"visit.issued {visit}"


def _go_home(code: str, now: datetime) -> str:
    """Let somebody go who still waits; who was called meanwhile stays."""
    with suppress(Refused):
        return f"visit.cancelled {cancel_visit(code, at=now)}"
    return ""


def plan_bookings(hall: PlayedHall, line: Line, doors: Doors, phones: Iterator[int]) -> None:
    """Let people book the day before, and most of them come."""
    hours = sum((closes - opens).total_seconds() for opens, closes in doors)
    many = round(BOOKED * BUSY * hall.windows_for(line) * hours / (line.minutes * 60))
    opens = doors[0][0]
    slots = Slot.objects.filter(line=line, day=localtime(opens).date(), taken__lt=F("capacity"))
    chosen = hall.dice.sample(found := list(slots.order_by("starts_at")), min(many, len(found)))
    items = list(line.items.order_by("code"))
    for slot in chosen:
        visit = book_visit(
            slot.pk,
            key=hall.a_key(),
            name=f"{hall.dice.choice('赵钱孙李周吴郑王')}演示",
            phone=f"1380000{next(phones):04}",
            items=[hall.dice.choice(items)],
            at=opens - THE_DAY_BEFORE,
        )
        if hall.dice.random() >= NOT_COME:
            at = slot.starts_at + timedelta(minutes=hall.dice.uniform(-BEFORE, AFTER))
            hall.plan(_once_open(at, doors), partial(_check_in, hall, visit))


def _once_open(at: datetime, doors: Doors) -> datetime:
    """Whoever comes before the doors open waits before them."""
    return next((max(at, opens) for opens, closes in doors if at < closes), at)


def _check_in(hall: PlayedHall, visit: Visit, now: datetime) -> str:
    here = check_in(visit.code, at=now)
    hall.has_come(visit.line, now)
    return f"visit.checked_in {here}"


def plan_companion(hall: PlayedHall, companion: Person, at: datetime) -> None:
    """Let somebody come who is accompanied from the machine to the window and home."""
    hall.plan(at, partial(_ask_for_companion, hall, companion))


def _ask_for_companion(hall: PlayedHall, companion: Person, now: datetime) -> str:
    line, category = hall.dice.choice(hall.lines), hall.dice.choice(KINDS[:4])
    visit = hall.walk_in(line, now)
    need = hall.dice.choice(("whole", "guide", "wheelchair", "forms"))
    wanted = Wanted(category, need, now, "大门口取号机旁", "窗口", "kiosk")
    assist = assisting.ask_for_companion(line.site, wanted, key=hall.a_key(), at=now, visit=visit)
    for after, step in zip(
        STEPS, (assisting.accept, assisting.meet, assisting.finish), strict=True
    ):
        hall.plan(now + after, partial(_step, step, assist.pk, companion))
    return f"assist.asked_for {assist.subject}"


def _step(step: Callable[..., Assist], assist: int, companion: Person, now: datetime) -> str:
    return f"{step.__name__} {step(assist, by=companion, at=now).subject}"
