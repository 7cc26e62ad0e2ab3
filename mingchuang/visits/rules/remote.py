"""Numbers taken on the phone: by when to be in the hall, and since when one stands. Pure."""

from datetime import datetime, timedelta
from math import sqrt
from statistics import NormalDist

# Nobody is asked to be here sooner; it takes that long to put on a coat.
LEAST = timedelta(minutes=10)
# One in ten waits no longer than what is told: who keeps to it rarely misses their call.
CAREFUL = NormalDist().inv_cdf(0.1)
# Who comes late stands as if they had come so much earlier, as who booked does: a missed bus
# costs some places and not the whole wait, and it is less than the head start of 绿色通道.
GRACE = timedelta(minutes=10)


def soonest_wait(ahead: int, *, minutes: float, windows: int) -> timedelta:
    """Return how long one waits at least behind so many people, wrong once in ten times.

    Each visit takes so many minutes at each of so many windows. The call behind `ahead` others is
    the sum of `ahead + 1` such steps, a gamma variable; its P10 by Wilson & Hilferty (1931).
    """
    steps = ahead + 1
    share = max(0.0, 1 - 1 / (9 * steps) + CAREFUL / (3 * sqrt(steps))) ** 3
    return timedelta(minutes=steps * minutes / max(1, windows) * share)


def back_by(now: datetime, wait: timedelta) -> datetime:
    """Return by when to be in the hall so as not to be called before: a full minute."""
    told = now + max(LEAST, wait)
    begun = told.replace(second=0, microsecond=0)
    return begun if told == begun else begun + timedelta(minutes=1)


def late_since(stood: datetime, here: datetime) -> datetime:
    """Return since when somebody stands who stood since then, was not there, and is here now."""
    return max(stood, here - GRACE)


def stands_since(taken: datetime, come_by: datetime, here: datetime) -> datetime:
    """Return since when somebody stands who took a number then and is here now.

    In time they stand as if they had been here from the start; late they are returned to the line.
    """
    return taken if here <= come_by else late_since(taken, here)
