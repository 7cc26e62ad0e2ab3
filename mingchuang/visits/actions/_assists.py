"""The moves that assisting is made of: a step of the table, who may take it, one entry."""

from datetime import datetime

from mingchuang.base.errors import NotFound
from mingchuang.base.locks import wait_for_turn
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person
from mingchuang.visits.errors import NotYours, StillAccompanying, WrongAssistStep
from mingchuang.visits.models import Assist
from mingchuang.visits.queries.assists import is_with_somebody, leads
from mingchuang.visits.rules.assisting import ENDED, LIFE, State, may_step
from mingchuang.visits.words.assisting import ASSIST_STATES

CHANGING = [
    "state",
    "companion",
    "return_reason",
    "assigned_at",
    "accepted_at",
    "met_at",
    "ended_at",
]


def take_step(assist: Assist, verb: str) -> None:
    """Move the assistance along the life table, or refuse in words."""
    state = State(assist.state)
    if not may_step(state, verb):
        raise WrongAssistStep(state=dict(ASSIST_STATES)[state])
    assist.state = LIFE[verb][state]


def keep(assist: Assist, verb: str, *, at: datetime, **told: JSON) -> Assist:
    """Save where an assistance stands now and write down what happened."""
    if assist.state in ENDED:
        assist.ended_at = at
    assist.save(update_fields=CHANGING)
    record(verb, assist.subject, at=at, digest="", **told)
    return assist


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
