"""What is kept longer than the table of retention says, and what the table says."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Case as Choice
from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.timezone import localdate

from mingchuang.cases.models.batch_items import BatchItem
from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.keeping import PrivacyPlea, Retention
from mingchuang.cases.models.submission import Attachment, Submission
from mingchuang.cases.rules.keeping import (
    BATCHES,
    CATEGORIES,
    CONTACT,
    ELSEWHERE,
    PHOTOS,
    WORDS,
    Identity,
    ended_by,
    identity_in,
    identity_of,
)
from mingchuang.people.models import Requester

Due = QuerySet[Any]
Some = Collection[int] | None
# Erased in one transaction. On SQLite everybody else waits for it: for less than half a second.
SOME = 50
# Found in one reading, which walks through all that ended and disturbs nobody.
FOUND = 10 * SOME


@dataclass(frozen=True)
class Overdue:
    """One line of the table with what it no longer keeps: how much, and of when the oldest is."""

    term: Retention
    count: int = 0
    oldest: datetime | None = None


def terms() -> list[Retention]:
    """Return the table, one line for each category: what nobody wrote down is kept for good."""
    written = {term.category: term for term in Retention.objects.all()}
    return [written.get(name) or Retention(category=name) for name in CATEGORIES]


def terms_in_force(now: datetime) -> list[Retention]:
    """Return the lines by which something is erased now."""
    begun = Q(since__isnull=True) | Q(since__lte=localdate(now))
    return list(Retention.objects.filter(begun, days__isnull=False))


def due_under(term: Retention, now: datetime, *, among: Some = None) -> Due:
    """Return the rows that this line of the table no longer keeps: requesters, photos, cases.

    `among` narrows to these keys; then nothing is read but what they are about.
    """
    if term.days is None:
        return Case.objects.none()
    before = ended_by(now, term.days)
    if find := FINDS.get(term.category):
        return find(before, among)
    return _requesters(before, among, identity_in(term.category))


def some_due(term: Retention, now: datetime) -> list[list[int]]:
    """Return some of the rows this line no longer keeps, in handfuls to be erased one by one:
    found before anybody has to wait."""
    found = list(due_under(term, now).values_list("pk", flat=True)[:FOUND])
    return [found[start : start + SOME] for start in range(0, len(found), SOME)]


def _over(before: datetime | F, case: str = "") -> Q:
    """What ended by then and about which nobody asks anything any more.

    A merged case ends with its master. Who objects to a refusal has opened the case again.
    """
    pleas = PrivacyPlea.objects.open().values("submission")
    asked = Submission.objects.filter(pk__in=pleas).values("case")
    return Q(**{f"{case}ended_at__lte": before}) & ~Q(**{f"{case}id__in": asked})


def _ended(before: datetime) -> "QuerySet[Any, Any]":
    """Return the cases that are over, to be asked within another question: no database then
    walks through what has not ended."""
    return Case.objects.filter(_over(before)).values("pk")


def _requesters(before: datetime, among: Some, about: Identity | None = None) -> Due:
    """Return who asked for nothing that is not over, of this kind if one is named."""
    said = Submission.objects.filter(_over(before, "case__"), requester__in=among or ())
    inside = _said_in_ended(before) if among is None else said
    if about is not None:
        inside = inside.filter(case__kind=about.kind, confidential=about.confidential)
    outside = Submission.objects.filter(~_over(before, "case__"), requester=OuterRef("pk"))
    known = Requester.objects.exclude(salt=b"")
    return known.filter(~Exists(outside), pk__in=inside.values("requester"))


def _said_in_ended(before: datetime) -> "QuerySet[Submission]":
    return Submission.objects.filter(case__in=_ended(before))


def _numbers(before: datetime, among: Some) -> Due:
    return _requesters(before, among).exclude(phone_index="")


def _whole(kind: type[Attachment] | type[BatchItem], before: datetime, among: Some) -> Due:
    rows, case = kind.objects.exclude(salt=b""), CASE_OF[kind]
    if among is None:
        return rows.filter(**{f"{case}in": _ended(before)})
    return rows.filter(_over(before, case), pk__in=among)


def _words(before: datetime, among: Some) -> Due:
    said = Submission.objects.filter(case=OuterRef("pk")).exclude(salt=b"")
    cases = Case.objects.filter(_over(before), Exists(said))
    return cases if among is None else cases.filter(pk__in=among)


FINDS: Mapping[str, Callable[[datetime, Some], Due]] = {
    CONTACT: _numbers,
    PHOTOS: partial(_whole, Attachment),
    WORDS: _words,
    BATCHES: partial(_whole, BatchItem),
    # What these lines keep is no case: it is due, and erased, by keepers of its own.
    **dict.fromkeys(ELSEWHERE, lambda _before, _among: Requester.objects.none()),
}
# Which case a due row is about.
CASE_OF: Mapping[type[Model], str] = {
    Requester: "submissions__case__",
    Attachment: "submission__case__",
    BatchItem: "batch__case__",
    Case: "",
}


def cases_of(term: Retention, now: datetime) -> CaseQuerySet:
    """Return the cases of what this line no longer keeps, the oldest first."""
    rows = due_under(term, now)
    cases = Case.objects.filter(pk__in=rows.values(f"{CASE_OF[rows.model]}id"))
    return cases.order_by("ended_at", "pk")


def overdue(lines: Iterable[Retention], now: datetime) -> list[Overdue]:
    """Return each line with what it no longer keeps at `now`, counted: at most five statements."""
    lines = list(lines)
    who = _who_is_due(lines, now)
    return [who.get(line.category) or _counted(line, now) for line in lines]


def _counted(term: Retention, now: datetime) -> Overdue:
    if term.days is None or identity_in(term.category):
        return Overdue(term)
    rows = due_under(term, now)
    oldest = Min(f"{CASE_OF[rows.model]}ended_at")
    return Overdue(term, **rows.aggregate(count=Count("pk", distinct=True), oldest=oldest))


def _who_is_due(lines: Iterable[Retention], now: datetime) -> dict[str, Overdue]:
    """Count who asked, of every kind together, each by the days of its own line."""
    known = {line.category: line for line in lines if line.days and identity_in(line.category)}
    untils = {name: ended_by(now, line.days or 0) for name, line in known.items()}
    if not known:
        return {}
    begun = _said_in_ended(max(untils.values()))
    said = begun.annotate(until=Choice(*_whens(untils), output_field=DateTimeField()))
    outside = Submission.objects.filter(
        ~_over(OuterRef("until"), "case__"), requester=OuterRef("requester")
    )
    due = said.filter(_over(F("until"), "case__"), ~Exists(outside), requester__isnull=False)
    counted = due.exclude(requester__salt=b"").values_list("case__kind", "confidential")
    found = counted.annotate(Count("requester", distinct=True), Min("case__ended_at"))
    told = {identity_of(kind, confidential=secret): rest for kind, secret, *rest in found}
    return {name: Overdue(known[name], *rest) for name, rest in told.items()}


def _whens(untils: Mapping[str, datetime]) -> Iterable[When]:
    for name, until in untils.items():
        if about := identity_in(name):
            yield When(case__kind=about.kind, confidential=about.confidential, then=Value(until))
