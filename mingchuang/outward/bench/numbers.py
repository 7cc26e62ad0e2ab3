"""Numbers and calls: sixteen kiosks give out five thousand numbers while eight windows call them,
each in a process of its own: none twice, none called twice, all in the order of the rule as the
ledger tells it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from time import monotonic, sleep
from typing import TypeAlias

from django.db import OperationalError
from django.utils.timezone import localtime

from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.halls import Hall, build_hall
from mingchuang.outward.measuring.results import Row, ours_at_least, ours_at_most
from mingchuang.outward.measuring.together import in_processes
from mingchuang.outward.measuring.towns import scratch
from mingchuang.people.models import Person
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.actions.desks import sign_on
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.errors import NobodyWaits
from mingchuang.visits.models import Call, Line, Visit
from mingchuang.visits.queries.replayed import called_out_of_turn

KIOSKS, WINDOWS, NUMBERS = 16, 8, 5000
# Of so many people one goes by the green channel.
GREEN_EACH = 7
A_MOMENT, A_WHILE = 0.02, 0.2
# A hall holds so many; whoever comes then waits before its door.
CROWD = 400
Clock: TypeAlias = Callable[[], datetime]


def measure(asked: Asked) -> Found:
    numbers = min(NUMBERS, asked.many)
    with scratch("numbers"):
        hall = build_hall(windows=WINDOWS, clerks=WINDOWS, at=asked.at)
        rows = all_at_once(hall, numbers, asked)
    return Found(rows)


def all_at_once(hall: Hall, numbers: int, asked: Asked) -> list[Row]:
    morning = localtime(asked.at).replace(hour=9, minute=0, second=0, microsecond=0)
    for window, clerk in zip(hall.windows, hall.clerks, strict=True):
        sign_on(window.pk, by=clerk, at=morning)
    each, began = -(-numbers // KIOSKS), monotonic()
    clock = partial(_clock, morning, began)
    deeds = [partial(_gives, hall.line, kiosk, each, clock) for kiosk in range(KIOSKS)]
    deeds += [partial(_calls, clerk, each * KIOSKS, clock) for clerk in hall.clerks]
    asked.tell(f"{KIOSKS} kiosks, {WINDOWS} windows, {each * KIOSKS:,} numbers …")
    in_processes(deeds)
    rate = each * KIOSKS / (monotonic() - began)
    return [*_order(hall, each * KIOSKS), Row("numbers given, called and served", rate, "/s")]


def _clock(morning: datetime, began: float) -> datetime:
    """Return the hour in the hall, where a minute passes in each second."""
    return morning + timedelta(minutes=monotonic() - began)


def _order(hall: Hall, numbers: int) -> list[Row]:
    given = list(Visit.objects.values_list("number", flat=True))
    called = list(Call.objects.values_list("visit", flat=True))
    day = Visit.objects.values_list("day", flat=True)[:1].get()
    wrong = called_out_of_turn(hall.line.site, day)
    return [
        Row("different numbers given", len(set(given)), "", goal=ours_at_least(numbers)),
        Row("numbers given twice", len(given) - len(set(given)), "", goal=ours_at_most(0)),
        Row("people called twice", len(called) - len(set(called)), "", goal=ours_at_most(0)),
        Row("people called", len(set(called)), "", goal=ours_at_least(numbers)),
        Row("calls out of turn, by the ledger", len(wrong), "", goal=ours_at_most(0)),
    ]


def _gives(line: Line, kiosk: int, many: int, clock: Clock) -> None:
    for n in range(many):
        while Visit.objects.waiting().count() > CROWD:
            sleep(A_WHILE)
        green = "elderly" if n % GREEN_EACH == kiosk % GREEN_EACH else ""
        key = f"{kiosk}-{n}"
        _pressed(partial(issue_visit, line, key=key, origin="kiosk", green=green, at=clock()))


def _calls(clerk: Person, many: int, clock: Clock) -> None:
    """Call and serve until everybody has been called."""
    while Call.objects.count() < many:
        try:
            _pressed(lambda: call_next(by=clerk, at=clock()))
        except NobodyWaits:
            sleep(A_MOMENT)
            continue
        _pressed(lambda: finish(by=clerk, at=clock()))


def _pressed(deed: Callable[[], object]) -> None:
    """Do it, and again as long as so many write at once that it is refused."""
    while True:
        try:
            deed()
        except OperationalError:
            continue
        return
