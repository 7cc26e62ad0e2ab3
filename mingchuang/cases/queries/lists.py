"""Lists: the inbox, the call-back work list, the public answers, today's figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.steps import Plea, Reply
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.duties import SEATS, Duty
from mingchuang.cases.rules.life import OPEN, RUNNING, State
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of

SOON = timedelta(days=2)

# The views of the inbox: what each one holds.
VIEWS: Mapping[str, Q] = {
    "due": Q(state__in=RUNNING),
    "new": Q(state__in=[State.RECEIVED, State.NEEDS_INFO]),
    "dispatch": Q(state__in=[State.ACCEPTED, State.RETURNED]),
    "callback": Q(state=State.REPLIED),
    "paused": Q(state=State.PAUSED),
    "done": ~Q(state__in=OPEN),
    "all": Q(),
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
    """Return the cases this person may see, what will be late first on top."""
    cases = Case.objects.visible_to(scope_of(person))
    if view == "mine":
        cases = cases.open().filter(handler=person)
    else:
        cases = cases.filter(VIEWS.get(view, VIEWS["due"]))
    return (
        _narrowed(cases, wanted, now=now)
        .select_related("responsible_unit", "intake_unit")
        .order_by(F("due_at").asc(nulls_last=True), "received_at", "pk")
    )


def _narrowed(cases: CaseQuerySet, wanted: Wanted, *, now: datetime) -> CaseQuerySet:
    exact = {"state": wanted.state, "kind": wanted.kind}
    cases = cases.filter(**{name: value for name, value in exact.items() if value})
    if wanted.q:
        numbered = Case.objects.numbered(wanted.q).values("pk")
        found = Q(title__icontains=wanted.q) | Q(place__icontains=wanted.q) | Q(pk__in=numbered)
        cases = cases.filter(found)
    if wanted.unit:
        cases = cases.filter(responsible_unit__path__startswith=wanted.unit.path)
    if wanted.time == "late":
        cases = cases.running().filter(due_at__lte=now)
    if wanted.time == "soon":
        cases = cases.running().filter(due_at__gt=now, due_at__lte=now + SOON)
    return cases


def inbox_counts(person: Person) -> dict[str, int]:
    """Return how many cases each view of the inbox holds: one statement."""
    counts = {
        name: Count("pk", filter=held)
        for name, held in VIEWS.items()
        if name not in {"all", "done"}
    }
    mine = Count("pk", filter=Q(handler=person, state__in=OPEN))
    return Case.objects.visible_to(scope_of(person)).open().aggregate(mine=mine, **counts)


def open_pleas(person: Person) -> "QuerySet[Plea]":
    """Return what waits for this person's decision."""
    open_to = {
        duty: Case.objects.open().seated(scope_of(person), SEATS[duty]).values("pk")
        for duty in (Duty.DECIDE, Duty.DISPATCH)
    }
    deciding = Q(what="return", case__in=open_to[Duty.DISPATCH]) | (
        ~Q(what="return") & Q(case__in=open_to[Duty.DECIDE])
    )
    return (
        Plea.objects.filter(deciding, granted__isnull=True)
        .exclude(asked_by=person)
        .select_related("case", "asked_by")
        .order_by("asked_at")
    )


def callback_list(person: Person) -> "QuerySet[Submission]":
    """Return whom to call back, the longest waiting first."""
    cases = Case.objects.seated(scope_of(person), SEATS[Duty.CALL_BACK]).filter(state=State.REPLIED)
    this_round = Q(callbacks__case=F("case"), callbacks__round=F("case__round"))
    return (
        Submission.objects.callable()
        .filter(case__in=cases)
        .annotate(
            tries=Count("callbacks", filter=this_round),
            spoken=Count(
                "callbacks",
                filter=this_round & Q(callbacks__outcome__in=["reached", "would_not_say"]),
            ),
        )
        .filter(spoken=0)
        .select_related("case", "requester", "case__responsible_unit")
        .order_by("case__callback_due_at", "pk")
    )


def ready_to_archive(person: Person) -> "QuerySet[Case]":
    """Return answered cases on which nobody waits for a call (any more): the answer stands."""
    cases = Case.objects.seated(scope_of(person), SEATS[Duty.CALL_BACK]).filter(state=State.REPLIED)
    return cases.exclude(pk__in=callback_list(person).values("case")).order_by("replied_at")


def over_with(now: datetime) -> CaseQuerySet:
    """Return answered cases that left nobody to call and whose call-back time is over."""
    callable_ones = Submission.objects.callable().filter(case=OuterRef("pk"))
    return Case.objects.filter(
        ~Exists(callable_ones), state=State.REPLIED, callback_due_at__lte=now
    ).order_by("pk")


def public_answers() -> "QuerySet[Reply]":
    """Return the answers everybody may read, newest first."""
    return (
        Reply.objects.filter(published_at__isnull=False)
        .select_related("case", "unit")
        .order_by("-published_at", "-pk")
    )


def due_figures(now: datetime) -> dict[str, int]:
    """Return what is open, due today and late in the whole house: counts, no rates."""
    midnight = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    running = Q(state__in=RUNNING)
    return Case.objects.filter(state__in=OPEN).aggregate(
        open=Count("pk", filter=running),
        today=Count(
            "pk", filter=running & Q(due_at__gt=now, due_at__lte=midnight + timedelta(days=1))
        ),
        late=Count("pk", filter=running & Q(due_at__lte=now)),
    )
