"""A demo day that moves: the hall of the demo town lives as long as somebody lets it."""

from datetime import datetime
from functools import partial
from random import Random

from mingchuang.outward.playing import BUSY, PlayedHall, opened_hall
from mingchuang.visits.models import Line

# The last window stays free for whoever wants to try it.
SITE, CLERKS = "civic-centre", ("chuang1", "chuang2", "chuang3")


def living_hall(*, speed: float, seed: int, now: datetime) -> PlayedHall:
    """Return the hall of the demo town with a clerk at each window; refused in any other town."""
    dice = Random(seed)  # noqa: S311  a play
    hall = opened_hall(SITE, CLERKS, dice=dice, speed=speed, now=now)
    for line in hall.lines:
        hall.plan(now, partial(_somebody_comes, hall, line))
    return hall


def _somebody_comes(hall: PlayedHall, line: Line, now: datetime) -> str:
    """Let somebody come, and plan when the next one does: as many as the windows can serve."""
    between = line.minutes * 60 / (BUSY * hall.windows_for(line))
    hall.plan(hall.later(now, between), partial(_somebody_comes, hall, line))
    return f"visit.issued {hall.walk_in(line, now)}"
