"""The table of retention over every room: who finds what a line no longer keeps, who erases it."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import NamedTuple

from mingchuang.cases.actions.found_keeping import forget_things
from mingchuang.cases.actions.keeping import erase_due
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.found_keeping import some_things_due, things_overdue
from mingchuang.cases.queries.keeping import Overdue, overdue, some_due
from mingchuang.cases.rules.keeping import FOUND, LOST, VISITORS
from mingchuang.visits.actions.keeping import forget_visitors
from mingchuang.visits.queries.keeping import some_visitors_due, visitors_overdue


class Keeper(NamedTuple):
    """How a room finds some of what is due under a line, and erases a handful of it."""

    find: Callable[[Retention, datetime], list[list[int]]]
    erase: Callable[..., int]


CASES = Keeper(some_due, erase_due)
THINGS = Keeper(some_things_due, forget_things)
KEEPERS = {VISITORS: Keeper(some_visitors_due, forget_visitors), LOST: THINGS, FOUND: THINGS}
COUNTS = {VISITORS: visitors_overdue, LOST: things_overdue, FOUND: things_overdue}


def some_due_anywhere(term: Retention, now: datetime) -> list[list[int]]:
    """Return some of what this line no longer keeps, in handfuls."""
    return KEEPERS.get(term.category, CASES).find(term, now)


def erase(term: Retention, some: Collection[int], *, at: datetime, by: str) -> int:
    """Erase one handful; return how much it was."""
    return KEEPERS.get(term.category, CASES).erase(term, some, at=at, by=by)


def overdue_anywhere(terms: list[Retention], now: datetime) -> list[Overdue]:
    """Return each line with what it no longer keeps, counted."""
    counted = overdue(terms, now)
    return [
        count(line.term, now) if (count := COUNTS.get(line.term.category)) else line
        for line in counted
    ]
