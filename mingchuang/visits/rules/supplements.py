"""What is missing, told at once (一次性告知), and by when it is brought (容缺受理, 补正). Pure."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from mingchuang.hall.rules.days import BEIJING
from mingchuang.visits.rules.reminding import AFTERNOON

# Nobody is waited for longer; our own number.
MOST_DAYS = 60
ONE_DAY = timedelta(days=1)


class Why(StrEnum):
    """Why something is not waited for any longer that nobody brought."""

    WITHDRAWN = "withdrawn"
    UNREACHED = "unreached"
    ELSEWHERE = "elsewhere"
    MISTAKEN = "mistaken"


def missing_of(materials: Sequence[str], ticked: Collection[int]) -> list[str]:
    """Return what was ticked, counted from 1, in the order of the guide: nothing is asked for
    that does not stand there."""
    return [text for n, text in enumerate(materials, 1) if n in ticked]


def remind_at(due_on: date, at: datetime, *, zone: tzinfo = BEIJING) -> datetime:
    """Return when somebody is reminded of the day: three in the afternoon of the day before, or
    now where that is over."""
    return max(at, datetime.combine(due_on - ONE_DAY, AFTERNOON, tzinfo=zone))


def is_possible(due_on: date, today: date) -> bool:
    """Say whether something may be waited for until that day."""
    return today <= due_on <= today + MOST_DAYS * ONE_DAY
