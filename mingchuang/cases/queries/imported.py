"""What of a workbook is here already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Reply
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.life import ANSWERED, State


@dataclass(frozen=True)
class Landed:
    """A letter that became a submission, its case as it stands, and the first answer."""

    submission: Submission
    case: Case
    reply: str = ""

    @property
    def answered_at(self) -> datetime | None:
        """When the answer that stands was given; None while the case is handled, or again."""
        return self.case.replied_at if self.case.state in ANSWERED else None

    @property
    def waits_for_answer(self) -> bool:
        """Whether nobody has touched the case since it was sent to the unit."""
        is_own = not self.case._state.adding and self.case.number == self.submission.number
        return is_own and self.case.state == State.DISPATCHED


def landed(keys: Collection[str]) -> dict[str, Landed]:
    """Return the submissions with these keys: two statements for all of them."""
    first = Reply.objects.filter(round=1, case__submissions__key__in=keys)
    replies = dict(first.values_list("case_id", "text"))
    rows = Submission.objects.filter(key__in=keys).select_related("case")
    return {row.key: Landed(row, row.case, replies.get(row.case_id, "")) for row in rows}
