"""A hall that is open whenever a test is run, for pages that read the clock."""

from datetime import datetime, time
from typing import Any

from django.utils.timezone import localdate, now

from mingchuang.hall.models import SpecialHours
from mingchuang.people.models import Unit
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.tickets import word_today
from tests.build import A_DAY, the_town
from tests.visits.hall import a_line

MIDNIGHT = time(23, 59, 59)


def an_open_line(prefix: str = "A", *, unit: Unit | None = None, **given: Any) -> Line:
    """A line of a hall whose doors are open today and tomorrow, holiday or not."""
    line = a_line(prefix, **given)
    line.site.unit, line.site.name = unit or the_town(), "城东政务服务中心"
    line.site.save(update_fields=["unit", "name"])
    for day in (localdate(), localdate() + A_DAY):
        SpecialHours.objects.create(
            site=line.site, day=day, kind="extended", opens=time.min, closes=MIDNIGHT
        )
    return line


def the_line() -> Line:
    """The open line of this test; the first who asks puts it up."""
    lines = Line.objects.filter(site__special_hours__kind="extended").select_related("site")
    return lines.order_by("pk").first() or an_open_line()


def the_visit(*, at: datetime | None = None) -> Visit:
    """Somebody who waits there today."""
    key = "the visit at the door"
    return issue_visit(the_line(), key=key, origin="kiosk", at=at or now())


def the_word() -> str:
    """What hangs in that hall today."""
    return word_today(the_line().site, localdate())
