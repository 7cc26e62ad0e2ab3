"""Plain builders of full days and of days whose places are drawn; they call the real actions."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils.timezone import localtime

from mingchuang.hall.models import SpecialHours
from mingchuang.ledger.actions import seal_entries
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.booking import book_visit
from mingchuang.visits.actions.releases import close_release, draw_release, open_release
from mingchuang.visits.actions.signing import sign_up
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.actions.standby import stand_by
from mingchuang.visits.models import Line, Release, SignUp, Slot, Standby, Visit
from tests.build import A_DAY, AN_HOUR, MONDAY, a_person
from tests.visits.hall import a_line

_serial = count(1)
TUESDAY = localtime(MONDAY).date() + A_DAY
CLOSED = MONDAY + A_DAY


def a_phone() -> str:
    return f"139{next(_serial):08d}"


def a_visit_in(slot: Slot, *, at: datetime = MONDAY, **given: Any) -> Visit:
    who = {"name": "王芳", "phone": a_phone(), "key": f"booked-{next(_serial)}", **given}
    return book_visit(slot.pk, at=at, **who)


def a_special_line(
    day: date = TUESDAY, *, opens: int = 9, closes: int = 11, kind: str = "holiday", **given: Any
) -> Line:
    """A line whose hall opens specially that day; each half hour holds two."""
    line = a_line(**{"share": 100, "minutes": 15, **given})
    SpecialHours.objects.create(
        site=line.site, day=day, kind=kind, opens=time(opens), closes=time(closes)
    )
    return line


def a_full_day(day: date = TUESDAY, *, at: datetime = MONDAY, **given: Any) -> list[Visit]:
    """A day of a line of which every place is booked, each by somebody else."""
    line = a_special_line(day, kind="extended", **given)
    renew_slots(line, day, many=1, at=at)
    slots = Slot.objects.filter(line=line, day=day).order_by("starts_at")
    return [a_visit_in(slot, at=at) for slot in slots for _ in range(slot.capacity)]


def a_standby(line: Line, day: date = TUESDAY, *, at: datetime = MONDAY, **given: Any) -> Standby:
    who = {"name": "李明", "phone": a_phone(), "key": f"standby-{next(_serial)}", **given}
    return stand_by(line, day, at=at, **who)


def a_releaser(line: Line) -> Person:
    return a_person(Role.DISPATCHER, unit=line.site.unit)


def a_release(
    line: Line | None = None,
    day: date = TUESDAY + A_DAY,
    *,
    quota: int = 4,
    at: datetime = MONDAY,
    until: datetime = CLOSED,
    **given: Any,
) -> Release:
    """A day whose places are drawn, open to sign up for from now on for a day."""
    line = line or a_special_line(day, **given)
    return open_release(
        line.pk, day, quota=quota, since=at, until=until, by=a_releaser(line), at=at
    )


def a_sign_up(release: Release, *, at: datetime = MONDAY + AN_HOUR, **given: Any) -> SignUp:
    who = {"name": "赵强", "phone": a_phone(), "key": f"sign-up-{next(_serial)}", **given}
    return sign_up(release.pk, at=at, **who)


def a_drawn_release(release: Release, *, at: datetime = CLOSED) -> Release:
    close_release(release.pk, at=at)
    seal_entries(at=at)
    return draw_release(release.pk, at=at + timedelta(minutes=1))
