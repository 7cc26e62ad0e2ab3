"""When a running case is called to mind: a warning, a reminder, supervision."""

from datetime import datetime, timedelta
from enum import IntEnum

# How the ledger signs what nobody pressed.
SYSTEM = "system"
# A warning comes when this share of the running time is left.
LAST_SHARE = 0.25
# A word that nobody has taken on for so long presses like one that is due. Our own guess.
PATIENCE = timedelta(days=1)


class Watch(IntEnum):
    CALM = 0
    WARNED = 1
    REMINDED = 2
    SUPERVISED = 3


def warning_at(start: datetime, due_at: datetime, *, stood: timedelta) -> datetime:
    """Return when three quarters of the time are used; time that stood still is none of it."""
    running = max(due_at - start - stood, timedelta())
    return due_at - running * LAST_SHARE


def level_under(level: int, *, at: datetime, warn_at: datetime, due_at: datetime) -> int:
    """Return the level that still fits when the due time moves; supervision stays (督办)."""
    if level == Watch.SUPERVISED or at >= due_at:
        return level
    return min(level, Watch.WARNED if at >= warn_at else Watch.CALM)
