"""Bulks for tests: asked for, and done as the follower does them."""

from datetime import datetime
from typing import Any

from mingchuang.cases.actions.many import ask_bulk, do_next_item
from mingchuang.cases.models import Bulk, Case
from mingchuang.people.models import Person
from tests.build import MONDAY


def a_bulk(
    deed: str,
    *cases: Case,
    by: Person,
    at: datetime = MONDAY,
    **given: Any,
) -> Bulk:
    numbers = [case.number for case in cases]
    return ask_bulk(deed, numbers, given, by=by, at=at)


def follow(*, at: datetime = MONDAY) -> int:
    """Do all that waits, as the follower does; return how many cases that were."""
    done = 0
    while do_next_item(at=at):
        done += 1
    return done


def outcomes(bulk: Bulk) -> list[tuple[str, str]]:
    """What became of each case of the bulk, in order, and with which code."""
    return list(bulk.items.order_by("pk").values_list("outcome", "code"))
