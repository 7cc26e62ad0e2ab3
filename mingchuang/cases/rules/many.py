"""One deed on many cases: which there are, whose duty each is, and how many at once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from mingchuang.cases.rules.duties import Duty

# Our own guess: what one person can answer for at one press.
MOST = 500
# More than one page of the inbox is not all seen: it is confirmed by hand.
SEEN_AT_ONCE = 25
# A follower looks every second; after this long without a step nobody follows.
PATIENCE = timedelta(seconds=30)


class Outcome(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


DUTIES: Mapping[str, Duty] = {
    "dispatch": Duty.DISPATCH,
    "assign": Duty.ASSIGN,
    "remind": Duty.REMIND,
    "extend": Duty.HANDLE,
    "merge": Duty.DISPATCH,
}


def is_left_alone(tended_at: datetime, now: datetime) -> bool:
    """Say whether nothing has moved for so long that nobody seems to follow."""
    return now - tended_at > PATIENCE
