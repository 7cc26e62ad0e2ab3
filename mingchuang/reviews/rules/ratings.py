"""What a rating is, by the national scheme (国办发〔2019〕51号, GB/T 39734): five grades, once."""

from datetime import datetime, timedelta
from enum import StrEnum

BEST, WORST = 5, 1
# Grades 1 and 2 are 差评.
BAD = 2
# So long after being called one still remembers; the number of days is our own choice.
PATIENCE = timedelta(days=7)


class Origin(StrEnum):
    """Whose word a rating is; only that of a citizen counts as a voice (promise P7)."""

    CITIZEN = "citizen"
    # By the code that hangs at a window: anybody could have typed that number.
    WINDOW = "window"


def is_bad(grade: int) -> bool:
    return grade <= BAD


def may_be_rated(called_at: datetime, at: datetime) -> bool:
    """Say whether a visit called then may be rated now."""
    return called_at <= at <= called_at + PATIENCE
