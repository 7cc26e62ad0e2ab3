"""The inbox: its views, what it is narrowed to, and what stands on top."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.waiting import open_pause, review_due, unchecked, unread, whether
from mingchuang.cases.rules.duties import CONFIDENTIAL, SEATS, Duty
from mingchuang.cases.rules.life import OPEN, RUNNING, State
from mingchuang.cases.rules.watch import PATIENCE, Watch
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.encryption import normal_phone

SOON = timedelta(days=2)
SHORTEST_PHONE = 7
# Too many to be counted each time, and nothing in them waits.
UNCOUNTED = {"done", "all"}
# What stands on top where it is not what presses most.
ORDERS: Mapping[str, tuple[str, ...]] = {
    "paused": ("review_on", "pk"),
    "review": ("review_on", "pk"),
    "callback": ("callback_due_at", "pk"),
    "done": ("-received_at", "-pk"),
    "all": ("-received_at", "-pk"),
}


@dataclass(frozen=True)
class Wanted:
    """What the inbox is narrowed to; empty means everything."""

    q: str = ""
    state: str = ""
    kind: str = ""
    unit: Unit | None = None
    time: str = ""

    @property
    def is_filtered(self) -> bool:
        return any((self.state, self.kind, self.unit, self.time))


def inbox(person: Person, *, view: str, wanted: Wanted, now: datetime) -> "QuerySet[Case]":
    """Return the cases this person may see, what presses most on top; a number finds its case
    whatever the view."""
    views = _views(person, localdate(now))
    held = views.get(view, views["due"])
    if wanted.q:
        found = Q(title__icontains=wanted.q) | Q(place__icontains=wanted.q)
        held = _called(person, wanted.q) | held & found
    cases = Case.objects.visible_to(scope_of(person)).filter(held)
    return (
        _told(_narrowed(cases, wanted, now=now))
        .select_related("responsible_unit", "intake_unit")
        .order_by(*ORDERS.get(view, _pressing()))
    )


def _called(person: Person, words: str) -> Q:
    """Find a case by its number, and, for those who may reveal who asked, by a whole phone."""
    numbered = Q(pk__in=Case.objects.numbered(words).values("pk"))
    index = phone_index(words) if len(normal_phone(words)) >= SHORTEST_PHONE else ""
    if not index:
        return numbered
    revealed = Case.objects.seated(scope_of(person), SEATS[Duty.REVEAL])
    intake = Case.objects.seated(scope_of(person), CONFIDENTIAL)
    theirs = Submission.objects.filter(requester__phone_index=index)
    return (
        numbered
        | Q(pk__in=theirs.filter(confidential=False, case__in=revealed).values("case"))
        | Q(pk__in=theirs.filter(confidential=True, case__in=intake).values("case"))
    )


def inbox_counts(person: Person, *, now: datetime) -> dict[str, int]:
    """Return how many cases each view of the inbox holds: one statement."""
    views = _views(person, localdate(now)).items()
    counts = {name: Count("pk", filter=held) for name, held in views if name not in UNCOUNTED}
    return Case.objects.visible_to(scope_of(person)).open().aggregate(**counts)


def _views(person: Person, today: date) -> dict[str, Q]:
    """Return what each view of the inbox holds."""
    redactable = Case.objects.seated(scope_of(person), SEATS[Duty.DISPATCH]).values("pk")
    return {
        "due": Q(state__in=RUNNING),
        "mine": Q(handler=person, state__in=OPEN),
        "new": Q(state__in=[State.RECEIVED, State.NEEDS_INFO]),
        "check": unchecked() & Q(pk__in=redactable),
        "dispatch": Q(state__in=[State.ACCEPTED, State.RETURNED]),
        "callback": Q(state=State.REPLIED),
        "paused": Q(state=State.PAUSED),
        "review": review_due(today),
        "done": ~Q(state__in=OPEN),
        "all": Q(),
    }


def _narrowed(cases: CaseQuerySet, wanted: Wanted, *, now: datetime) -> CaseQuerySet:
    exact = {"state": wanted.state, "kind": wanted.kind}
    cases = cases.filter(**{name: value for name, value in exact.items() if value})
    if wanted.unit:
        cases = cases.filter(responsible_unit__path__startswith=wanted.unit.path)
    if wanted.time == "late":
        cases = cases.running().filter(due_at__lte=now)
    if wanted.time == "soon":
        cases = cases.running().filter(due_at__gt=now, due_at__lte=now + SOON)
    return cases


def _told(cases: CaseQuerySet) -> CaseQuerySet:
    """Tell of each case what its line says beside its own columns."""
    untouched = Q(state__in=[State.RECEIVED, State.NEEDS_INFO])
    return cases.annotate(
        emergency=whether(untouched & Q(danger=True)),
        unread=whether(unread()),
        review_on=models.Subquery(open_pause().values("review_on")),
    )


def _pressing() -> tuple[models.OrderBy | str, ...]:
    """Danger and urgent words that nobody has taken on; what is supervised; then what is due,
    or has waited for a day to be taken on."""
    first = models.Case(
        When(emergency=True, then=Value(0)),
        When(~Q(urgency="normal"), state=State.RECEIVED, then=Value(0)),
        When(watch=Watch.SUPERVISED, state__in=RUNNING, then=Value(1)),
        default=Value(2),
    )
    unmet = models.Case(When(state=State.RECEIVED, then=F("received_at") + PATIENCE))
    presses_at = Coalesce("due_at", unmet, output_field=models.DateTimeField())
    return first.asc(), presses_at.asc(nulls_last=True), "received_at", "pk"
