"""Booking: sixty-four people who want one slot at the same moment, half of them by the staff's
door; bookings a second in a few slots that many want, beside `libres` (PyPI) on the same server,
each with processes of its own; and the slots of a month at a hall of fifty windows."""

import json
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter

from django.db import connection
from django.utils.timezone import localdate

from mingchuang.base.errors import Refused
from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.halls import Hall, build_hall
from mingchuang.outward.measuring.peers import ask_peer, peer_versions, peers
from mingchuang.outward.measuring.results import Row, ours_at_least, ours_at_most, ratio_at_least
from mingchuang.outward.measuring.statements import counted
from mingchuang.outward.measuring.times import p95, timed
from mingchuang.outward.measuring.together import in_processes
from mingchuang.outward.measuring.towns import address_of_town, scratch
from mingchuang.people.models import Person
from mingchuang.visits.actions.booking import book_visit
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.models import Slot, Visit
from mingchuang.visits.queries.free import free_days
from mingchuang.visits.queries.wanted import Wanted, lines_at

PEER = "libres"
SCRIPT = Path(__file__).parent.parent / "measuring" / "peer" / "reservations.py"
PEOPLE, PLACES = 64, 40
PROCESSES, SLOTS, MANY = 8, 64, 400
MONTH, WINDOWS, LOOKS = 31, 50, 50
FIFTY = ours_at_most(50)


def measure(asked: Asked) -> Found:
    with scratch("booking"):
        hall = build_hall(windows=WINDOWS, clerks=1, at=asked.at)
        asked.tell("64 people, one slot …")
        rows = [*one_slot(hall, at=asked.at), *a_month(hall, at=asked.at)]
        asked.tell("mingchuang …")
        rate = _rate(hall, asked)
    theirs = _peer(asked) if connection.vendor == "postgresql" else None
    return Found(
        [*rows, _beside(rate, theirs["rate"] if theirs else None)],
        peer_versions(PEER) if theirs else {},
        _notes(theirs),
    )


def _slot(hall: Hall, *, at: datetime, n: int, capacity: int) -> Slot:
    starts = at + timedelta(days=1, minutes=n)
    return Slot.objects.create(
        line=hall.line,
        day=localdate(starts),
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        capacity=capacity,
    )


def one_slot(hall: Hall, *, at: datetime) -> list[Row]:
    slot = _slot(hall, at=at, n=0, capacity=PLACES)
    doors = [None, hall.clerks[0]]
    deeds = [partial(_books, slot.pk, f"one-{n}", n, doors[n % 2], at) for n in range(PEOPLE)]
    taken = sum(in_processes(deeds))
    slot.refresh_from_db()
    what = f"of {PEOPLE} who want one slot of {PLACES} places at once, so many get it"
    beyond = abs(slot.taken - PLACES) + abs(Visit.objects.count() - PLACES)
    return [
        Row(what, taken, "", goal=ours_at_least(PLACES)),
        Row(
            "places too many or too few, by the slot and by its visits",
            beyond,
            "",
            goal=ours_at_most(0),
        ),
    ]


def _books(slot: int, key: str, n: int, by: Person | None, at: datetime) -> bool:
    """Book as anybody does, each under a phone of their own; say whether there was a place."""
    phone = f"13{n:09d}"
    try:
        book_visit(slot, key=key, name="合成来访人", phone=phone, by=by, at=at)
    except Refused:
        return False
    return True


def _rate(hall: Hall, asked: Asked) -> float:
    slots = [_slot(hall, at=asked.at, n=n, capacity=MANY).pk for n in range(1, SLOTS + 1)]
    deeds = [
        partial(_person, slots, who, seconds=asked.seconds, at=asked.at) for who in range(PROCESSES)
    ]
    return sum(in_processes(deeds)) / asked.seconds


def _person(slots: list[int], who: int, *, seconds: float, at: datetime) -> int:
    dice, kept = Random(who), 0
    until = perf_counter() + seconds
    while perf_counter() < until:
        n = (who + 1) * 1_000_000 + kept
        kept += _books(dice.choice(slots), f"many-{n}", n, None, at)
    return kept


def a_month(hall: Hall, *, at: datetime) -> list[Row]:
    since = localdate(at) + timedelta(days=1)
    made = partial(renew_slots, hall.line, since, many=MONTH, at=at)
    first, again = timed(made), min(timed(made) for _ in range(5))
    wanted = Wanted([hall.line.items.get()], 1)
    look = partial(free_days, lines_at(hall.line.site.code, wanted), wanted, now=at)
    look()
    with counted() as said:
        look()
    slowest = p95([timed(look) for _ in range(LOOKS)])
    return [
        Row(f"what is free in a month at {WINDOWS} windows, p95", slowest, "ms", goal=FIFTY),
        Row("statements of that", len(said), "", goal=ours_at_most(4)),
        Row("slots of that month, made", first * 1000, "ms"),
        Row("the same, nothing having changed", again * 1000, "ms"),
    ]


def _peer(asked: Asked) -> dict[str, float]:
    peers()
    asked.tell(f"{PEER} …")
    with scratch("libres", tables=False):
        words = {"database": address_of_town(), "processes": PROCESSES, "slots": SLOTS}
        words |= {"capacity": MANY, "seconds": asked.seconds}
        return ask_peer(SCRIPT, json.dumps(words))


def _beside(rate: float, theirs: float | None) -> Row:
    what = f"bookings in {SLOTS} slots that {PROCESSES} processes want"
    if theirs is None:
        return Row(what, rate, "/s")
    ratio = rate / max(theirs, 1e-9)
    return Row(what, rate, "/s", peer=theirs, peer_name=PEER, ratio=ratio, goal=ratio_at_least(10))


def _notes(theirs: dict[str, float] | None) -> list[str]:
    if theirs is None:
        return [f"{PEER} works on PostgreSQL only."]
    return [
        f"{PEER} works in serializable transactions: {theirs['lost']:.0f} of its tries were lost to"
        f" others and tried again, {theirs['refused']:.0f} refused. Each of ours is a form's whole"
        " deed: the name and phone encrypted, the entry in the ledger, the limit of each phone."
    ]
