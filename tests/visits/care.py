"""Plain builders of home visits and one-time notices; they call the real actions."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils.timezone import localdate

from mingchuang.hall.models import Site
from mingchuang.people.models import Person
from mingchuang.visits.actions.calling import call_next, start
from mingchuang.visits.actions.homes import Pair, arrange, ask_for_home_visit
from mingchuang.visits.actions.supplements import Missing, tell_at_once
from mingchuang.visits.models import HomeVisit, Supplement, Visit
from mingchuang.visits.queries.home_visits import items_done_by
from mingchuang.visits.rules.homes import Wanted, Window
from tests.build import MONDAY
from tests.hall.build import a_guide
from tests.visits.companions import a_companion, open_daily
from tests.visits.hall import a_clerk, a_line, a_visit

_serial = count(1)
DOOR = "百合新村 3 幢 201 室"
BEDRIDDEN = Wanted("elderly", "王秀英", "13800000008", DOOR)


def a_home(site: Site | None = None, *, at: datetime = MONDAY, **given: Any) -> HomeVisit:
    """A home visit somebody asked for at a site that does one thing."""
    site = site or a_line().site
    item = items_done_by(site)[0].code
    key = f"home-{next(_serial)}"
    return ask_for_home_visit(site, item, BEDRIDDEN._replace(**given), key=key, at=at)


def a_window(day: date, since: int = 9, until: int = 11) -> Window:
    return Window(day, time(since), time(until))


def an_arranged_home(
    site: Site | None = None, *, pair: tuple[Person, Person] | None = None, at: datetime = MONDAY
) -> HomeVisit:
    """A home visit agreed on for tomorrow morning."""
    made = a_home(site, at=at)
    first, second = pair or (a_companion(made.site), a_companion(made.site))
    window = a_window(localdate(at) + timedelta(days=1))
    return arrange(made.pk, Pair(first.pk, second.pk), window, by=first, at=at)


def a_visit_at_a_window(*, at: datetime = MONDAY, **given: Any) -> tuple[Visit, Person]:
    """Somebody at the window of a line whose item has a guide; and the clerk there."""
    line = a_line(**given)
    open_daily(line.site)
    a_guide(item=line.items.get())
    clerk = a_clerk(line, at=at)
    visit = a_visit(line, at=at)
    call_next(by=clerk, at=at)
    start(by=clerk, at=at)
    visit.refresh_from_db()
    return visit, clerk


def a_supplement(
    *, due_on: date | None = None, phone: str = "", at: datetime = MONDAY, **given: Any
) -> Supplement:
    """A one-time notice of the first and the third paper of the guide."""
    visit, clerk = a_visit_at_a_window(at=at, **given)
    missing = Missing(visit.line.items.get().code, [1, 3], due_on, phone)
    return tell_at_once(visit.pk, missing, key=f"notice-{next(_serial)}", by=clerk, at=at)
