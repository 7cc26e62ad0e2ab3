"""Plain builders of people who are accompanied; they call the real actions."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any

from mingchuang.hall.models import OpeningHours, Site
from mingchuang.people.actions.units import add_unit
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions import assisting
from mingchuang.visits.models import Assist
from mingchuang.visits.rules.assisting import EARLY, State, Wanted
from tests.build import LONG_AGO, MONDAY, a_person
from tests.hall.build import a_site

_serial = count(1)
IN_AN_HOUR = MONDAY + timedelta(hours=1)


def a_hall(*, opens: time = time(8, 30), closes: time = time(17), **given: Any) -> Site:
    """A site that is open on every day of the week."""
    return open_daily(a_site(f"door-{next(_serial)}", **given), opens=opens, closes=closes)


def open_daily(site: Site, *, opens: time = time(0), closes: time = time(23, 59, 59)) -> Site:
    """Open the doors of a site every day, and all day unless told."""
    for weekday in range(7):
        OpeningHours.objects.create(site=site, weekday=weekday, opens=opens, closes=closes)
    return site


def a_companion(site: Site) -> Person:
    return a_person(Role.RECEPTION, unit=site.unit)


def a_volunteer(site: Site) -> Person:
    """Somebody of a team of volunteers, which is a part of the unit that keeps the site."""
    n = next(_serial)
    team = add_unit(f"T{n}", "志愿队", kind="community", parent=site.unit, at=LONG_AGO)
    return a_person(Role.HANDLER, unit=team)


def what_is_wanted(**given: Any) -> Wanted:
    plain = {"category": "elderly", "need": "guide", "wanted_at": IN_AN_HOUR, "origin": "online"}
    return Wanted(**{**plain, "from_place": "东门", "to_place": "3 号窗口", **given})


def an_assist(
    site: Site,
    state: str = State.ASKED,
    *,
    companion: Person | None = None,
    at: datetime = MONDAY,
    **given: Any,
) -> Assist:
    """An assistance brought to `state` through the real doors, wanted soon after `at`."""
    wanted = what_is_wanted(**{"wanted_at": at + EARLY, **given})
    key = f"assist-{next(_serial)}"
    assist = assisting.ask_for_companion(site, wanted, key=key, at=at)
    by = companion or a_companion(site)
    for step in WAYS[State(state)]:
        step(assist, by, at)
    return Assist.objects.get(pk=assist.pk)


def _assign(assist: Assist, by: Person, at: datetime) -> None:
    assisting.assign(assist.pk, by.pk, by=a_companion(assist.site), at=at)


def _accept(assist: Assist, by: Person, at: datetime) -> None:
    assisting.accept(assist.pk, by=by, at=at)


def _meet(assist: Assist, by: Person, at: datetime) -> None:
    assisting.meet(assist.pk, by=by, at=_in_time(assist, at))


def _finish(assist: Assist, by: Person, at: datetime) -> None:
    assisting.finish(assist.pk, by=by, at=_in_time(assist, at))


def _miss(assist: Assist, by: Person, at: datetime) -> None:
    assisting.not_met(assist.pk, by=by, at=_in_time(assist, at))


def _in_time(assist: Assist, at: datetime) -> datetime:
    """The first moment from `at` on at which both can have met."""
    return max(at, assist.wanted_at - EARLY)


def _cancel(assist: Assist, by: Person, at: datetime) -> None:
    assisting.cancel(assist.code, at=at)


def _end(assist: Assist, by: Person, at: datetime) -> None:
    assisting.end_old_assists(at=at + timedelta(days=1))


WAYS: Mapping[State, tuple[Callable[[Assist, Person, datetime], None], ...]] = {
    State.ASKED: (),
    State.ASSIGNED: (_assign,),
    State.ACCEPTED: (_accept,),
    State.MET: (_accept, _meet),
    State.FINISHED: (_accept, _meet, _finish),
    State.MISSED: (_accept, _miss),
    State.LAPSED: (_end,),
    State.CANCELLED: (_cancel,),
}
