"""What is kept longer than the table of retention says, and what the table says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as Choice
from django.db.models import (
    DateTimeField,
    Exists,
    F,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.utils.timezone import localdate

from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.keeping import PrivacyPlea, Retention
from mingchuang.cases.models.steps import Note
from mingchuang.cases.models.submission import Attachment, Submission
from mingchuang.cases.rules.keeping import (
    CATEGORIES,
    CONTACT,
    PHOTOS,
    WORDS,
    Identity,
    ended_by,
    identity_in,
)
from mingchuang.cases.rules.life import OPEN, State
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Requester

Due = QuerySet[Any]
KEEPING, RAN = "retention:all", "retention.ran"


@dataclass(frozen=True)
class Overdue:
    """One line of the table with what it no longer keeps: how much, since when, of which cases."""

    term: Retention
    count: int
    oldest: datetime | None
    cases: CaseQuerySet


def ended_cases(before: datetime) -> CaseQuerySet:
    """Return the cases that ended by then and about which nobody asks anything any more.

    A merged case ends with its master. Who objects to a refusal has opened the case again.
    """
    told = Note.objects.filter(
        case=OuterRef("pk"), entry__verb__in=["case.declined", "case.referred"]
    ).order_by("-pk")
    left = Submission.objects.filter(case=OuterRef("pk"), withdrawn_at__isnull=False)
    ended = Choice(
        When(state=State.ARCHIVED, then=F("archived_at")),
        When(state=State.WITHDRAWN, then=_first(left.order_by("-withdrawn_at"), "withdrawn_at")),
        default=_first(told, "at"),
        output_field=DateTimeField(),
    )
    asked = PrivacyPlea.objects.open().filter(submission__case=OuterRef("pk"))
    return (
        Case.objects.exclude(state__in=[*OPEN, State.MERGED])
        .filter(~Exists(asked))
        .annotate(ended_at=ended)
        .filter(ended_at__lte=before)
    )


def _first(rows: "QuerySet[Any]", column: str) -> Subquery:
    return Subquery(rows.values(column)[:1])


def terms() -> list[Retention]:
    """Return the table, one line for each category: what nobody wrote down is kept for good."""
    written = {term.category: term for term in Retention.objects.all()}
    return [written.get(name) or Retention(category=name) for name in CATEGORIES]


def terms_in_force(now: datetime) -> list[Retention]:
    """Return the lines by which something is erased now."""
    begun = Q(since__isnull=True) | Q(since__lte=localdate(now))
    return list(Retention.objects.filter(begun, days__isnull=False))


def due_under(term: Retention, now: datetime) -> Due:
    """Return the rows that this line of the table no longer keeps: requesters, photos, cases."""
    if term.days is None:
        return Case.objects.none()
    ended = ended_cases(ended_by(now, term.days))
    if find := FINDS.get(term.category):
        return find(ended)
    return _requesters(ended, identity_in(term.category))


def _requesters(ended: CaseQuerySet, about: Identity | None = None) -> Due:
    """Return who asked for nothing that has not ended, of this kind if one is named."""
    inside = theirs = Submission.objects.filter(requester=OuterRef("pk"))
    if about is not None:
        inside = theirs.filter(case__kind=about.kind, confidential=about.confidential)
    over = ended.values("pk")
    return Requester.objects.exclude(salt=b"").filter(
        Exists(inside.filter(case__in=over)), ~Exists(theirs.exclude(case__in=over))
    )


def _numbers(ended: CaseQuerySet) -> Due:
    return _requesters(ended).exclude(phone_index="")


def _photos(ended: CaseQuerySet) -> Due:
    return Attachment.objects.exclude(salt=b"").filter(submission__case__in=ended.values("pk"))


def _words(ended: CaseQuerySet) -> Due:
    said = Submission.objects.filter(case=OuterRef("pk")).exclude(salt=b"")
    return ended.filter(Exists(said))


FINDS: Mapping[str, Callable[[CaseQuerySet], Due]] = {
    CONTACT: _numbers,
    PHOTOS: _photos,
    WORDS: _words,
}
# Which case a due row is about.
CASE_OF: Mapping[type[Model], str] = {
    Requester: "submissions__case",
    Attachment: "submission__case",
    Case: "pk",
}


def overdue(term: Retention, now: datetime) -> Overdue:
    """Return what this line no longer keeps at `now`, counted; two statements."""
    rows = due_under(term, now)
    ended = ended_cases(ended_by(now, term.days or 0))
    cases = ended.filter(pk__in=rows.values(CASE_OF[rows.model])).order_by("ended_at", "pk")
    oldest = cases.aggregate(oldest=Min("ended_at"))["oldest"] if term.days is not None else None
    return Overdue(term, rows.count() if term.days is not None else 0, oldest, cases)


def ran_today(now: datetime) -> bool:
    """Say whether what was due today has been erased, and an entry tells so."""
    newest = Entry.objects.filter(subject=KEEPING, verb=RAN).order_by("pk").last()
    return newest is not None and localdate(newest.at) >= localdate(now)
