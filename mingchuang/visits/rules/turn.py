"""What whoever stands first in a line comes to: a free window, a busy one, or none. Pure."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import NamedTuple


class Turn(StrEnum):
    SHUT = "shut"
    NEXT = "next"
    FREE = "free"


def turn_of(
    line: int,
    *,
    calls: Mapping[int, Collection[int]],
    held: Collection[int | None],
    waited: Collection[int],
    only: Collection[int] = (),
) -> Turn:
    """Return what the first in this line comes to: `calls` are the windows on duty and not away
    with the lines of each, `held` those of them with somebody, `waited` the lines somebody waits
    in. A window with a choice between two lines is free for neither; where not every
    window of the line calls them, these `only` do."""
    mine = [one for one in calls if line in calls[one] and (not only or one in only)]
    if not mine:
        return Turn.SHUT
    others = set(waited) - {line}
    free = any(one not in held and others.isdisjoint(calls[one]) for one in mine)
    return Turn.FREE if free else Turn.NEXT


class Desks(NamedTuple):
    """The windows of a hall now, as `turn_of` takes them."""

    calls: Mapping[int, Collection[int]] = {}
    held: Collection[int | None] = ()
    waited: Collection[int] = ()

    def turn(self, line: int, *, only: Collection[int] = ()) -> Turn:
        return turn_of(line, **self._asdict(), only=only)
