"""Which answers were written to whom: those given while one was there, and no earlier ones."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Merge
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.telling import ERASED
from mingchuang.cases.rules.keeping import left_one_name
from mingchuang.cases.rules.told import ANSWERS
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of


@dataclass(frozen=True)
class Stay:
    """A case in which a submission is or was: `after` the entry that brought it there, `until`
    the one by which its requester left.

    `parted`: it was joined there and is not any more.
    """

    case: Case
    submission: Submission
    after: int = 0
    until: int | None = None
    parted: bool = False

    @property
    def entries(self) -> "QuerySet[Entry]":
        """What happened while they were there, and that the case was answered before; of where
        they left, what they did there themselves, and that the words were erased."""
        told = entries_of(self.case.subject)
        # The reminder that a joining counted is parted with it.
        own = Q(facts__submission=self.submission.number) & ~Q(facts__has_key="confirmed_by")
        if self.parted:
            return told.filter(own)
        if not self._was_there:
            return told.filter(own | Q(verb=ERASED))
        here = (Q(pk__gt=self.after) | Q(verb__in=ANSWERS)) & self._before_leaving
        return told.filter(here | own | Q(verb=ERASED, pk__gt=self.after))

    @property
    def answers(self) -> "QuerySet[Entry, int]":
        """The answers that were given while they were there."""
        given = entries_of(self.case.subject).filter(verb__in=ANSWERS, pk__gt=self.after)
        return given.filter(self._before_leaving).values_list("pk", flat=True)

    @property
    def _before_leaving(self) -> Q:
        return Q() if self.until is None else Q(pk__lt=self.until)

    @property
    def _was_there(self) -> bool:
        """Whether they had not taken it back before a case with their words was joined here."""
        return self.until is None or self.after < self.until


def begun_by(submission: Submission) -> Case:
    """Return the case these words began, wherever they are now."""
    if submission.number == submission.case.number:
        return submission.case
    return Case.objects.numbered(submission.number).first() or submission.case


def stays_of(submission: Submission) -> list[Stay]:
    """Return the case a submission began and every one it was joined to since; who took it back
    is there no longer."""
    stays = [Stay(begun_by(submission), submission), *_joined(submission)]
    if submission.withdrawn_at is None:
        return stays
    left = Entry.objects.filter(
        subject__in=[stay.case.subject for stay in stays],
        verb="submission.withdrawn",
        facts__submission=submission.number,
    ).values_list("pk", flat=True)
    return [stay if stay.parted else replace(stay, until=left.first()) for stay in stays]


def _joined(submission: Submission) -> Iterator[Stay]:
    """Yield a stay for each time the submission was joined to another case, the latest first."""
    merges = list(submission.merges.select_related("case", "master"))
    masters = {merge.master.number: merge.master for merge in merges}
    subjects = {merge.case.subject for merge in merges}
    told = Entry.objects.filter(subject__in=subjects, verb__in=("case.merged", "case.unmerged"))
    ends: dict[str, int] = {}
    for entry in told.order_by("-pk") if merges else ():
        if submission.number in entry.facts.get("submissions", ()):
            end = ends.get(entry.subject)
            master = masters[entry.facts["master"]]
            yield Stay(master, submission, entry.pk, end, parted=end is not None)
        ends[entry.subject] = entry.pk


def told_to_the_same(submission: Submission) -> set[int]:
    """Return the answers that the same person was given under another receipt of this case.

    Only where a person looked and joined it as a reminder, and where both left the same name: a
    phone may be a family's, and who left none is not known to be the one who asks.
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
        if other.requester and left_one_name(requester.name, other.requester.name)
    ]
    return {answer for other in theirs for stay in stays_of(other) for answer in stay.answers}
