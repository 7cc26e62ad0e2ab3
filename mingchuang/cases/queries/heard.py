"""Which answers were written to whom: those given while one was there, and no earlier ones."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Merge
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.keeping import is_same_person
from mingchuang.cases.rules.told import ANSWERS
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of


@dataclass(frozen=True)
class Stay:
    """A case in which a submission is or was, from the first entry it was there for."""

    case: Case
    after: int

    @property
    def entries(self) -> "QuerySet[Entry]":
        """What happened while it was there, and that the case was answered before."""
        here = Q(pk__gt=self.after) | Q(verb__in=ANSWERS)
        return entries_of(self.case.subject).filter(here)

    @property
    def answers(self) -> "QuerySet[Entry, int]":
        """The answers that were given while it was there."""
        given = entries_of(self.case.subject).filter(verb__in=ANSWERS, pk__gt=self.after)
        return given.values_list("pk", flat=True)


def stays_of(submission: Submission) -> Iterator[Stay]:
    """Yield the case a submission began, and each master it was joined to, to where it is."""
    case = Case.objects.numbered(submission.number).first() or submission.case
    after = 0
    yield Stay(case, after)
    while case.master is not None:
        merges = entries_of(case.subject).filter(verb="case.merged")
        after = merges.order_by("-pk").values_list("pk", flat=True).first() or after
        case = case.master
        yield Stay(case, after)


def told_to_the_same(submission: Submission) -> set[int]:
    """Return the answers that the same person was given under another receipt of this case.

    Only where a person looked and joined it as a reminder, and where the names left agree: a
    phone may be a family's.
    """
    requester = submission.requester
    reminders = Merge.objects.filter(moved=submission, reminded=True, undone_at__isnull=True)
    if requester is None or not requester.phone_index or not reminders.exists():
        return set()
    others = Submission.objects.filter(
        case=submission.case_id,
        confidential=False,
        requester__phone_index=requester.phone_index,
    )
    theirs = [
        other
        for other in others.exclude(pk=submission.pk).select_related("case", "requester")
        if other.requester
        and is_same_person(requester.name, other.requester.name, confidential=False)
    ]
    return {answer for other in theirs for stay in stays_of(other) for answer in stay.answers}
