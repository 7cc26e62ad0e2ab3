"""What people ask about what is held of them, and how far their asking reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.keeping import PrivacyPlea, Retention
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.desk import carries, lock_rows, may_reveal, submission_in
from mingchuang.cases.rules.duties import SEATS, Duty
from mingchuang.cases.rules.keeping import identity_of, is_same_person
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of


@dataclass(frozen=True)
class Reach:
    """The submissions an application is about; how many more are another unit's to open, and
    how many were left under the same phone by another name."""

    submissions: Sequence[Submission]
    elsewhere: int = 0
    others: int = 0


def privacy_list(person: Person) -> "QuerySet[PrivacyPlea]":
    """Return what waits for an answer where this person may give it, the first due on top."""
    cases = Case.objects.seated(scope_of(person), SEATS[Duty.PRIVACY])
    return (
        PrivacyPlea.objects.open()
        .filter(submission__case__in=cases)
        .select_related("submission__case")
        .order_by("due_at", "pk")
    )


def private_submission(person: Person, number: str, *, lock: bool = False) -> Submission:
    """Return a submission about whose personal data this person may decide; else it is not there.

    Of a confidential one it is nobody who also sits where it is handled.
    """
    submission = submission_in(person, number, duty=Duty.PRIVACY, lock=lock)
    if not may_reveal(scope_of(person), submission):
        raise NotFound
    return submission


def privacy_plea_for(person: Person, pk: int, *, lock: bool = False) -> PrivacyPlea:
    """Return an application this person may decide; lock its case if it will be changed."""
    found = PrivacyPlea.objects.select_related("submission", "asked_by", "entry").filter(pk=pk)
    plea = found.first()
    if plea is None:
        raise NotFound
    plea.submission = private_submission(person, plea.submission.number, lock=lock)
    plea.refresh_from_db(fields=["granted", "decided_at", "decided_by"])
    return plea


def reach_of(plea: PrivacyPlea, person: Person) -> Reach:
    """Return what this person may open of what the application is about."""
    own = plea.submission
    if plea.reach == "this" or own.requester is None or not own.requester.phone_index:
        return Reach([own])
    rows = Submission.objects.filter(requester__phone_index=own.requester.phone_index)
    named = [(own.requester.name, said) for said in _with_all(rows.exclude(pk=own.pk))]
    same = [said for name, said in named if _is_theirs(name, said)]
    scope = scope_of(person)
    seats = SEATS[Duty.PRIVACY]
    open_ = [said for said in same if carries(scope, said.case, seats) and may_reveal(scope, said)]
    return Reach([own, *open_], len(same) - len(open_), len(named) - len(same))


def locked_as_they_are(submissions: Sequence[Submission]) -> Sequence[Submission]:
    """Return the submissions as they are now, their cases ours alone.

    While we waited one may have come into another case, or its case have been opened again.
    """
    rows = Submission.objects.select_related("case", "requester", "entry")
    cases = {said.case_id for said in submissions}
    while True:
        lock_rows(Case.objects.filter(pk__in=cases))
        now = {said.pk: said for said in rows.filter(pk__in=[said.pk for said in submissions])}
        found = {said.case_id for said in now.values()}
        if found <= cases:
            return [now[said.pk] for said in submissions]
        cases = found


def _with_all(rows: "QuerySet[Submission]") -> "QuerySet[Submission]":
    return rows.select_related("case", "requester", "entry").order_by("at", "pk")


def _is_theirs(name: str, said: Submission) -> bool:
    left = said.requester.name if said.requester else ""
    return is_same_person(name, left, confidential=said.confidential)


def is_forgotten(said: Submission) -> bool:
    """Whether nothing is held any more of who said this and in which words."""
    known = said.requester
    return said.is_erased and (known is None or known.is_erased)


def asked_about(submission: Submission) -> "QuerySet[PrivacyPlea]":
    """Return what was asked with this receipt about what is held, the newest first."""
    return submission.privacy_pleas.order_by("-pk")


def kept_for(submission: Submission) -> Retention:
    """Return how long it stays known who said this."""
    category = identity_of(submission.case.kind, confidential=submission.confidential)
    found = Retention.objects.filter(category=category).first()
    return found or Retention(category=category)
