"""What a rating is, by the national scheme (国办发〔2019〕51号, GB/T 39734): five grades, once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

BEST, WORST = 5, 1
GRADES = range(WORST, BEST + 1)
# Grades 1 and 2 are 差评.
BAD = 2
# A rating, and one more after what was wrong was put right (追评).
FIRST, FOLLOW_UP = 1, 2
# So long one still remembers: a call to a window, the end of a case, what was put right. The
# numbers of days are our own choice.
PATIENCE = timedelta(days=7)
PATIENCE_CASE = timedelta(days=30)
PATIENCE_FOLLOW_UP = timedelta(days=30)


class Origin(StrEnum):
    """Whose word a rating is; only that of a citizen counts as a voice (promise P7)."""

    CITIZEN = "citizen"
    # By the code that hangs at a window: anybody could have typed that number.
    WINDOW = "window"
    # From a sheet of paper; a member of staff typed it.
    STAFF = "staff"


class Channel(StrEnum):
    """How a rating came."""

    TICKET = "ticket"
    RECEIPT = "receipt"
    KIOSK = "kiosk"
    WINDOW = "window"
    PAPER = "paper"


ORIGINS: Mapping[Channel, Origin] = {
    Channel.TICKET: Origin.CITIZEN,
    Channel.RECEIPT: Origin.CITIZEN,
    Channel.KIOSK: Origin.CITIZEN,
    Channel.WINDOW: Origin.WINDOW,
    Channel.PAPER: Origin.STAFF,
}


def is_bad(grade: int) -> bool:
    return grade <= BAD


def agrees(grade: int, words: str, *, may_show: bool) -> bool:
    """Say whether who rated lets everybody read their words: only good ones are asked for that,
    what is bad has its review."""
    return may_show and not is_bad(grade) and bool(words.strip())


def may_be_rated(since: datetime, at: datetime, *, patience: timedelta = PATIENCE) -> bool:
    """Say whether what happened then may be rated now."""
    return since <= at <= since + patience
