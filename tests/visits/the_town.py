"""A full day, somebody who stands by, and holidays released in the town that doors are tried in.

Each is made when it is first asked for, so that a town without them costs nothing.
"""

from datetime import date, timedelta

from django.utils.timezone import localdate, now

from mingchuang.ledger.actions import seal_entries
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.actions.releases import close_release, draw_release
from mingchuang.visits.models import Line, Release, SignUp, Standby
from tests.build import the_town
from tests.visits import places

A_DAY = timedelta(days=1)
# Read in English too, where no Chinese is looked for: a mask of a name is typed by nobody.
WHO = "Ann Lee"


def special_line(day: date) -> Line:
    """A line of the town itself, whose hall opens specially that day."""
    line = places.a_special_line(day)
    line.site.unit, line.site.name = the_town(), "城中政务服务中心"
    line.site.save()
    return line


def full_day() -> tuple[str, str, str]:
    """Where somebody stands by: site, prefix, day."""
    day = localdate() + A_DAY
    visit, *_ = places.a_full_day(day, at=now())
    return visit.site.code, visit.line.prefix, day.isoformat()


def standby() -> Standby:
    """Somebody for whom a place is held."""
    if found := Standby.objects.filter(slot__isnull=False).first():
        return found
    visit, *_ = places.a_full_day(localdate() + 5 * A_DAY, at=now())
    made = places.a_standby(visit.line, visit.day, name=WHO, at=now())
    cancel_visit(visit.code, at=now())
    return made


def release() -> Release:
    """A day one signs up for now."""
    if found := Release.objects.filter(until__gt=now()).first():
        return found
    day = localdate() + 9 * A_DAY
    opened = {"at": now(), "until": now() + A_DAY}
    return places.a_release(special_line(day), day, **opened)  # type: ignore[arg-type]


def sign_up() -> SignUp:
    found = SignUp.objects.filter(release=release()).first()
    return found or places.a_sign_up(release(), name=WHO, at=now())


def closed_release() -> Release:
    """A day whose window is over, two in the draw, and the list is sealed."""
    then, day = now() - A_DAY, localdate() + 8 * A_DAY
    until = now() - timedelta(hours=1)
    made = places.a_release(special_line(day), day, quota=1, at=then, until=until)
    for _ in range(2):
        places.a_sign_up(made, at=then)
    close_release(made.pk, at=now())
    seal_entries(at=now())
    return made


def drawn_release() -> Release:
    return draw_release(closed_release().pk, at=now())
