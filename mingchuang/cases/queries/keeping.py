"""What is kept longer than the table of retention says, and what the table says."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
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

from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.keeping import PrivacyPlea, Retention
from mingchuang.cases.models.submission import Attachment, Submission
from mingchuang.cases.queries.audit import facts_in
from mingchuang.cases.rules.keeping import (
    CATEGORIES,
    CONTACT,
    PHOTOS,
    WITNESS,
    WORDS,
    Identity,
    ended_by,
    identity_in,
    identity_of,
)
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Requester

Due = QuerySet[Any]
KEEPING, RAN = "retention:all", "retention.ran"
# Erased in one transaction. On SQLite everybody else waits for it: for less than half a second.
SOME = 50


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


def due_under(term: Retention, now: datetime) -> Due:
    """Return the rows that this line of the table no longer keeps: requesters, photos, cases."""
    if term.days is None:
        return Case.objects.none()
    before = ended_by(now, term.days)
    if find := FINDS.get(term.category):
        return find(before)
    return _requesters(before, identity_in(term.category))


def some_due(term: Retention, now: datetime) -> list[int]:
    """Return a few of the rows this line no longer keeps: found before anybody has to wait."""
    return list(due_under(term, now).values_list("pk", flat=True)[:SOME])


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


def _requesters(before: datetime, about: Identity | None = None) -> Due:
    """Return who asked for nothing that is not over, of this kind if one is named."""
    inside = Submission.objects.filter(case__in=_ended(before))
    if about is not None:
        inside = inside.filter(case__kind=about.kind, confidential=about.confidential)
    outside = Submission.objects.filter(~_over(before, "case__"), requester=OuterRef("pk"))
    known = Requester.objects.exclude(salt=b"")
    return known.filter(~Exists(outside), pk__in=inside.values("requester"))


def _numbers(before: datetime) -> Due:
    return _requesters(before).exclude(phone_index="")


def _photos(before: datetime) -> Due:
    return Attachment.objects.exclude(salt=b"").filter(submission__case__in=_ended(before))


def _words(before: datetime) -> Due:
    said = Submission.objects.filter(case=OuterRef("pk")).exclude(salt=b"")
    return Case.objects.filter(_over(before), Exists(said))


FINDS: Mapping[str, Callable[[datetime], Due]] = {
    CONTACT: _numbers,
    PHOTOS: _photos,
    WORDS: _words,
}
# Which case a due row is about.
CASE_OF: Mapping[type[Model], str] = {
    Requester: "submissions__case__",
    Attachment: "submission__case__",
    Case: "",
}


def cases_of(term: Retention, now: datetime) -> CaseQuerySet:
    """Return the cases of what this line no longer keeps, the oldest first."""
    rows = due_under(term, now)
    cases = Case.objects.filter(pk__in=rows.values(f"{CASE_OF[rows.model]}id"))
    return cases.order_by("ended_at", "pk")


def overdue(lines: Iterable[Retention], now: datetime) -> list[Overdue]:
    """Return each line with what it no longer keeps at `now`, counted: at most four statements."""
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
    begun = Submission.objects.filter(case__in=_ended(max(untils.values())))
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


def ran_today(now: datetime) -> bool:
    """Say whether what was due today has been erased, and an entry tells so."""
    newest = _last_run()
    return newest is not None and localdate(newest.at) >= localdate(now)


def erased_since_last_run() -> Counter[str]:
    """Return how much of each category was erased since an entry told so; the ledger knows."""
    ran = _last_run()
    stones = Entry.objects.filter(pk__gt=ran.pk if ran else 0, verb__in=set(WITNESS.values()))
    told = stones.values_list("verb", "facts").iterator()
    found = ((verb, str(facts_in(facts).get("category"))) for verb, facts in told)
    return Counter(name for verb, name in found if WITNESS.get(name) == verb)


def _last_run() -> Entry | None:
    return Entry.objects.filter(subject=KEEPING, verb=RAN).order_by("pk").last()
