"""What a clerk's page asks for: done only if the page still shows who stands at the window."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from mingchuang.people.models import Person
from mingchuang.visits.actions.calling import skip
from mingchuang.visits.actions.passing import miss
from mingchuang.visits.errors import OthersTurn
from mingchuang.visits.models import Visit
from mingchuang.visits.queries.desks import desk_of, visit_at

Done = TypeVar("Done")


@transaction.atomic
def as_seen(deed: Callable[..., Done], seen: int | None, *, by: Person, at: datetime) -> Done:
    """Do something at the window if the visit that stands there is the one the clerk saw.

    A page grown old, or a key pressed twice, never ends the visit of somebody else.
    """
    held = visit_at(desk_of(by, lock=True).window)
    if (held.pk if held else None) != seen:
        raise OthersTurn
    return deed(by=by, at=at)


@transaction.atomic
def give_up(*, by: Person, at: datetime) -> Visit:
    """Say that who was called is not here; they are passed over and called no more."""
    return miss(skip(by=by, at=at).pk, by=by, at=at)
