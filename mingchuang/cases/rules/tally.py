"""How an import went: what became of the rows, and how many answers came in time."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Tally:
    """Rows of a workbook. Of the `due` answers, `kept` came in time (promises P7 and P15).

    Due are the answers that were given and those that are late by now; `waiting` are not due
    yet and count in neither.
    """

    at: datetime
    imported: int = 0
    already: int = 0
    faulty: int = 0
    replied: int = 0
    kept: int = 0
    due: int = 0
    waiting: int = 0

    @property
    def rows(self) -> int:
        return self.imported + self.already + self.faulty

    def add(
        self,
        *,
        is_new: bool,
        due_at: datetime | None,
        replied_at: datetime | None,
    ) -> None:
        """Count one letter that stands in the book, by the two times of its clock."""
        self.imported += is_new
        self.already += not is_new
        self.replied += replied_at is not None
        on_time = is_on_time(due_at=due_at, replied_at=replied_at, now=self.at)
        self.waiting += on_time is None
        self.due += on_time is not None
        self.kept += on_time is True


def is_on_time(
    *, due_at: datetime | None, replied_at: datetime | None, now: datetime
) -> bool | None:
    """Say whether the answer came before it was too late; None while it may still come."""
    if due_at is None:
        return None
    if replied_at is None and now < due_at:
        return None
    return replied_at is not None and replied_at < due_at
