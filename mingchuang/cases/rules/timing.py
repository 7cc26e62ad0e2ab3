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
