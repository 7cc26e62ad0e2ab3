"""Home visits (上门服务): asked for, arranged for two, done."""

import secrets
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.hall.models import Site
from mingchuang.hall.queries import work_calendar
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.models import Person
from mingchuang.visits.actions._steps import CODE, named
from mingchuang.visits.errors import NotThenAtHome, NotTwo, WrongHomeStep
from mingchuang.visits.models import HomeVisit
from mingchuang.visits.queries.assists import colleague_for
from mingchuang.visits.queries.home_visits import (
    goes_there,
    home_visit_for,
    home_visit_led_by,
    home_visit_of,
    item_done_by,
    may_call,
)
from mingchuang.visits.rules.homes import (
    AGREED_WITHIN,
    ENDED,
    LIFE,
    LONGEST,
    State,
    Wanted,
    Window,
    are_two,
    may_step,
)
from mingchuang.visits.words.homes import HOME_STATES

AN_HOUR = 3600


class Pair(NamedTuple):
    """The keys of the two who go."""

    first: int
    second: int


class Told(NamedTuple):
    """What one look shows; no address to who only calls."""

    name: str
    phone: str
    address: str = ""


@sent_twice_taken_once
@transaction.atomic
def ask_for_home_visit(
    site: Site, item: str, wanted: Wanted, *, key: str, at: datetime, by: Person | None = None
) -> HomeVisit:
    """Ask that somebody comes, for a resident or by staff for them: it is agreed on within three
    working days. Asked twice with one key, it is one home visit."""
    if earlier := HomeVisit.objects.filter(key=key).select_related("site").first():
        return earlier
    who = add_requester(name=wanted.name, phone=wanted.phone, address=wanted.address, at=at)
    visit = HomeVisit.objects.create(
        code=secrets.token_hex(CODE),
        key=key,
        site=site,
        item=item_done_by(site, item),
        requester=who,
        category=wanted.category,
        state=State.ASKED,
        agree_by=work_calendar().after(localdate(at), AGREED_WITHIN),
        at=at,
    )
    told: dict[str, JSON] = {"site": site.code, "item": item, "due": str(visit.agree_by)}
    record("home.asked_for", visit.subject, at=at, digest="", **told, **named(by))
    return visit


@transaction.atomic
def arrange(visit: int, pair: Pair, window: Window, *, by: Person, at: datetime) -> HomeVisit:
    """Agree on who goes and when: two colleagues, between two hours of one day."""
    found = home_visit_led_by(by, visit)
    _step(found, "home.arranged")
    if not are_two(*pair):
        raise NotTwo
    if not window.is_possible(localdate(at)):
        raise NotThenAtHome(hours=int(LONGEST.total_seconds()) // AN_HOUR)
    found.first, found.second = (colleague_for(found.site, pk) for pk in pair)
    found.day, found.since, found.until = window
    found.arranged_at = at
    told = {"companion": found.first.badge, "second": found.second.badge, "by": by.badge}
    return _keep(found, "home.arranged", at=at, day=str(window.day), **told)


@transaction.atomic
def reveal_home(visit: int, *, by: Person, at: datetime) -> Told:
    """Show name, phone and door to one of the two who go, name and phone to who agrees on a time;
    that they looked is in the ledger."""
    found = home_visit_for(by, visit, lock=True)
    goes = goes_there(by, found)
    if not goes and not may_call(by, found):
        raise NotFound
    reason, who = "visit_site" if goes else "call_requester", found.requester
    told = {"requester": str(who.handle), "reason": reason, "by": by.badge}
    record("requester.revealed", found.subject, at=at, digest="", **told)
    return Told(who.name, who.phone, who.address if goes else "")


@transaction.atomic
def finish_home_visit(visit: int, *, by: Person, at: datetime) -> HomeVisit:
    """Say that it is done; from now on nobody reads any more where they live."""
    found = home_visit_for(by, visit, lock=True)
    _step(found, "home.finished")
    if by.pk not in {found.first_id, found.second_id}:
        raise NotFound
    return _keep(found, "home.finished", at=at, by=by.badge)


@transaction.atomic
def cancel_home_visit(code: str, *, at: datetime) -> HomeVisit:
    """Let whoever asked take it back: nobody comes."""
    found = home_visit_of(code, lock=True)
    _step(found, "home.cancelled")
    return _keep(found, "home.cancelled", at=at)


@transaction.atomic
def cancel_home_visit_for(visit: int, *, by: Person, at: datetime) -> HomeVisit:
    """Take it back for somebody who calls to say so."""
    found = home_visit_led_by(by, visit)
    _step(found, "home.cancelled")
    return _keep(found, "home.cancelled", at=at, by=by.badge)


def _step(visit: HomeVisit, verb: str) -> None:
    """Move a home visit along the life table, or refuse in words."""
    state = State(visit.state)
    if not may_step(state, verb):
        raise WrongHomeStep(state=dict(HOME_STATES)[state])
    visit.state = LIFE[verb][state]


def _keep(visit: HomeVisit, verb: str, *, at: datetime, **told: JSON) -> HomeVisit:
    """Save where a home visit stands now and write down what happened."""
    if visit.state in ENDED:
        visit.ended_at = at
    visit.save()
    record(verb, visit.subject, at=at, digest="", **told)
    return visit
