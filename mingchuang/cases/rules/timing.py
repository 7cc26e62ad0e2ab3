"""What a deadline is laid on: the working calendar, and when the office closes."""

from dataclasses import dataclass
from datetime import datetime

from mingchuang.hall.rules.days import WorkCalendar
from mingchuang.hall.rules.limits import deadline
from mingchuang.hall.rules.spans import Closing, Span


@dataclass(frozen=True)
class Timing:
    """The two, as they stand now; asked for once, however many deadlines are laid on them."""

    calendar: WorkCalendar
    closing: Closing | None = None

    def end(self, start: datetime, span: Span) -> datetime:
        """Return the end of a limit that nothing moves: first contact, return, call-back."""
        return deadline(start, span, calendar=self.calendar, closing=self.closing).at


def keeps_promise(promised: datetime | None, master: datetime | None) -> bool:
    """Say whether who was promised a day is answered by then when their case joins a master.

    None: no day was promised. A promised day may come sooner by joining, never later (P5).
    """
    return promised is None or (master is not None and master <= promised)
