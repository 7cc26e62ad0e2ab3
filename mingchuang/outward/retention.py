"""The table of retention over every room: who finds what a line no longer keeps, who erases it."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import NamedTuple

from mingchuang.cases.actions.found_keeping import forget_things
from mingchuang.cases.actions.keeping import erase_due
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.found_keeping import some_things_due, things_overdue
from mingchuang.cases.queries.keeping import Overdue, overdue, some_due
from mingchuang.cases.rules.keeping import FOUND, INSPECTIONS, LOST, RATERS, THANKS, VISITORS
from mingchuang.council.actions.keeping import forget_people
from mingchuang.council.queries.keeping import KEPT, council_overdue, some_council_due
from mingchuang.reviews.actions.inspections_keeping import forget_inspections
from mingchuang.reviews.actions.keeping import forget_raters
from mingchuang.reviews.actions.settling_thanks import forget_thanks
from mingchuang.reviews.queries.inspections_keeping import (
    inspections_overdue,
    some_inspections_due,
)
from mingchuang.reviews.queries.keeping import raters_overdue, some_raters_due
from mingchuang.reviews.queries.thanks_keeping import some_thanks_due, thanks_overdue
from mingchuang.visits.actions.keeping import forget_visitors
from mingchuang.visits.queries.keeping import some_visitors_due, visitors_overdue


class Keeper(NamedTuple):
    """How a room finds some of what is due under a line, counts it where that is not done with all
    others, and erases a handful of it."""

    find: Callable[[Retention, datetime], list[list[int]]]
    overdue: Callable[[Retention, datetime], Overdue] | None
    erase: Callable[..., int]


CASES = Keeper(some_due, None, erase_due)
OF_COUNCIL = Keeper(some_council_due, council_overdue, forget_people)
OF_THINGS = Keeper(some_things_due, things_overdue, forget_things)
KEEPERS = {
    VISITORS: Keeper(some_visitors_due, visitors_overdue, forget_visitors),
    THANKS: Keeper(some_thanks_due, thanks_overdue, forget_thanks),
    LOST: OF_THINGS,
    FOUND: OF_THINGS,
    RATERS: Keeper(some_raters_due, raters_overdue, forget_raters),
    **dict.fromkeys(KEPT, OF_COUNCIL),
    INSPECTIONS: Keeper(some_inspections_due, inspections_overdue, forget_inspections),
}


def some_due_anywhere(term: Retention, now: datetime) -> list[list[int]]:
    """Return some of what this line no longer keeps, in handfuls."""
    return KEEPERS.get(term.category, CASES).find(term, now)


def erase(term: Retention, some: Collection[int], *, at: datetime, by: str) -> int:
    """Erase one handful; return how much it was."""
    return KEEPERS.get(term.category, CASES).erase(term, some, at=at, by=by)


def overdue_anywhere(terms: list[Retention], now: datetime) -> list[Overdue]:
    """Return each line with what it no longer keeps, counted."""
    counted = overdue(terms, now)
    return [_counted(line, now) for line in counted]


def _counted(line: Overdue, now: datetime) -> Overdue:
    overdue_of = KEEPERS.get(line.term.category, CASES).overdue
    return overdue_of(line.term, now) if overdue_of else line
