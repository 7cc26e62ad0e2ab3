"""Who acts at a window sits there: their desk is locked, with who stands before it."""

from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Final, Literal, Protocol, TypeVar

from mingchuang.people.models import Person
from mingchuang.visits.errors import NobodyWaits, OthersTurn
from mingchuang.visits.models import Desk, Visit
from mingchuang.visits.queries.desks import desk_of, visit_at

Done_co = TypeVar("Done_co", covariant=True)
ANYBODY: Final = "anybody"
Seen = int | Literal["anybody"] | None


@dataclass(frozen=True)
class AtWindow:
    """A desk, and the visit its window has, if any."""

    desk: Desk
    visit: Visit | None

    @property
    def held(self) -> Visit:
        """Return who stands at the window; somebody must."""
        if self.visit is None:
            raise NobodyWaits
        return self.visit


class Step(Protocol[Done_co]):
    """What a clerk does at the window. `seen` is the visit their page showed there, if it says:
    a page grown old, or a key pressed twice, never ends the visit of somebody else."""

    def __call__(self, *, by: Person, at: datetime, seen: Seen = ANYBODY) -> Done_co: ...


class _Begun(Protocol[Done_co]):
    def __call__(self, here: AtWindow, /, *, at: datetime) -> Done_co: ...


def at_window(deed: _Begun[Done_co]) -> Step[Done_co]:
    """Let a deed begin with the desk of who acts, and with who stands at it as they saw."""

    @wraps(deed)
    def done(*, by: Person, at: datetime, seen: Seen = ANYBODY) -> Done_co:
        here = window_of(by)
        if seen not in (ANYBODY, here.visit.pk if here.visit else None):
            raise OthersTurn
        return deed(here, at=at)

    return done


def window_of(person: Person) -> AtWindow:
    """Return the window somebody sits at, locked."""
    desk = desk_of(person, lock=True)
    return AtWindow(desk, visit_at(desk.window))
