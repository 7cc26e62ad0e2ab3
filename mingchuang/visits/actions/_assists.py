"""The moves that assisting is made of: a step of the table, who may take it, one entry."""

from datetime import datetime

from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.base.locks import wait_for_turn
from mingchuang.base.templatetags.words import moment
from mingchuang.hall.models import Site
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person
from mingchuang.visits.errors import (
    AskedEnough,
    AskedForThen,
    DoorsShut,
    NotTimeToMeet,
    NotYours,
    StillAccompanying,
    TimeOver,
    TooEarlyToAsk,
    WrongAssistStep,
)
from mingchuang.visits.models import Assist, Visit
from mingchuang.visits.queries.assists import (
    asked_near,
    asked_under,
    is_open_at,
    is_with_somebody,
    leads,
    to_be_met,
)
from mingchuang.visits.rules.assisting import (
    ENDED,
    LENIENT,
    LIFE,
    MOST_DAYS_AHEAD,
    State,
    Wanted,
    is_time_to,
    may_step,
)
from mingchuang.visits.words.assisting import ASSIST_STATES

# Under one phone so many on one day, and so many for one visit: there and back.
MOST_A_DAY = 2
CHANGING = [
    "state",
    "companion",
    "return_reason",
    "assigned_at",
    "accepted_at",
    "met_at",
    "ended_at",
]


def must_be_possible(site: Site, wanted: Wanted, visit: Visit | None, *, at: datetime) -> None:
    """Refuse what nobody can keep, and what was asked for already."""
    if wanted.wanted_at < at - LENIENT:
        raise TimeOver
    if (localdate(wanted.wanted_at) - localdate(at)).days > MOST_DAYS_AHEAD:
        raise TooEarlyToAsk(days=MOST_DAYS_AHEAD)
    if not is_open_at(site, wanted.wanted_at):
        raise DoorsShut
    for turn in filter(None, [visit.code if visit else "", phone_index(wanted.phone)]):
        wait_for_turn(f"assist:{turn}")
    if asked_under(wanted.phone, localdate(wanted.wanted_at), visit) >= MOST_A_DAY:
        raise AskedEnough(most=MOST_A_DAY)
    if visit and (near := asked_near(visit, wanted.wanted_at)):
        raise AskedForThen(when=moment(near.wanted_at))


def take_step(assist: Assist, verb: str, *, at: datetime) -> None:
    """Move the assistance along the life table, or refuse in words."""
    state = State(assist.state)
    if not may_step(state, verb):
        raise WrongAssistStep(state=dict(ASSIST_STATES)[state])
    if not is_time_to(verb, assist.wanted_at, at):
        raise NotTimeToMeet(when=moment(assist.wanted_at))
    assist.state = LIFE[verb][state]


def keep(assist: Assist, verb: str, *, at: datetime, **told: JSON) -> Assist:
    """Save where an assistance stands now and write down what happened."""
    if assist.state in ENDED:
        assist.ended_at = at
    assist.save(update_fields=CHANGING)
    record(verb, assist.subject, at=at, digest="", **told)
    return assist


def cancel_of(visit: Visit, *, at: datetime, **told: JSON) -> None:
    """Send nobody to a visit that is cancelled; who was met already is accompanied. The ledger
    ties no assistance to a visit."""
    for assist in to_be_met(visit):
        take_step(assist, "assist.cancelled", at=at)
        keep(assist, "assist.cancelled", at=at, **told)


def must_be_theirs(assist: Assist, by: Person) -> Person:
    """Return who accompanies; refuse who neither does it nor sends others here."""
    companion = assist.companion
    if companion is None:
        raise NotFound
    if companion != by and not leads(by, assist.site):
        raise NotYours(badge=companion.badge)
    return companion


def must_be_free(person: Person) -> None:
    """Refuse to let somebody accompany two at once; asked and promised in turn."""
    wait_for_turn(f"companion:{person.pk}")
    if is_with_somebody(person):
        raise StillAccompanying(badge=person.badge)


def forget_places(assist: Assist, *, at: datetime, **why: JSON) -> None:
    """Forget where they met and where they went; that it was stays."""
    assist.from_place = assist.to_place = ""
    assist.save(update_fields=["from_place", "to_place"])
    record("assist.erased", assist.subject, at=at, digest="", part="places", **why)
