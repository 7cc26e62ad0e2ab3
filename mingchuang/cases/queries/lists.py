"""Lists: what waits for a decision, whom to call back, the public answers, today's figures."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.timezone import localtime

from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.steps import Plea, Reply
from mingchuang.cases.models.submission import Remark, Submission
from mingchuang.cases.queries.waiting import unread, whether
from mingchuang.cases.rules.closing import ATTEMPTS, ON_DAYS, SPOKEN
from mingchuang.cases.rules.duties import SEATS, Duty
from mingchuang.cases.rules.escalation import DISPUTE, RETURN
from mingchuang.cases.rules.life import OPEN, RUNNING, State
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of

R = TypeVar("R", bound=Model)


def first(rows: "QuerySet[R]", most: int) -> tuple[list[R], int]:
    """Return the first rows, and how many more there are."""
    shown = list(rows[:most])
    return shown, rows.count() - most if len(shown) == most else 0


def open_pleas(person: Person) -> "QuerySet[Plea]":
    """Return what waits for this person's decision."""
    scope, its_case = scope_of(person), Case.objects.filter(pk=OuterRef("case"))
    decided, dispatched, coordinated = (
        Exists(its_case.open().seated(scope, SEATS[duty]))
        for duty in (Duty.DECIDE, Duty.DISPATCH, Duty.COORDINATE)
    )
    # A figure may be put right when the case is long over.
    counted = Exists(its_case.seated(scope, SEATS[Duty.EXCLUDE]))
    deciding = (
        Q(dispatched, what=RETURN)
        | Q(coordinated, what=DISPUTE)
        | Q(counted, what="exclude")
        | ~Q(what__in=[RETURN, DISPUTE, "exclude"]) & Q(decided)
    )
    return Plea.objects.open().filter(deciding).exclude(asked_by=person)


def callback_list(person: Person) -> "QuerySet[Submission]":
    """Return whom to call back, the longest waiting first: who was not spoken to since the
    newest answer, nor tried so often that nothing more is owed (`is_called_back`)."""
    cases = Case.objects.seated(scope_of(person), SEATS[Duty.CALL_BACK]).filter(state=State.REPLIED)
    since = Remark.objects.filter(submission=OuterRef("pk"), at__gt=OuterRef("case__replied_at"))
    this_round = Q(callbacks__case=F("case"), callbacks__round=F("case__round"))
    return (
        Submission.objects.callable()
        .filter(case__in=cases)
        .annotate(
            tries=Count("callbacks", filter=this_round),
            days=Count(TruncDate("callbacks__at"), filter=this_round, distinct=True),
            spoken=Count("callbacks", filter=this_round & Q(callbacks__outcome__in=list(SPOKEN))),
            unread=Exists(since),
        )
        .filter(spoken=0)
        .exclude(tries__gte=ATTEMPTS, days__gte=ON_DAYS)
        .select_related("case", "requester", "case__responsible_unit")
        .order_by("case__callback_due_at", "pk")
    )


def ready_to_archive(person: Person) -> "QuerySet[Case]":
    """Return answered cases on which nobody waits for a call (any more): the answer stands."""
    cases = Case.objects.seated(scope_of(person), SEATS[Duty.CALL_BACK]).filter(state=State.REPLIED)
    waiting = callback_list(person).values("case")
    return cases.exclude(pk__in=waiting).annotate(unread=whether(unread())).order_by("replied_at")


def over_with(now: datetime) -> CaseQuerySet:
    """Return answered cases that left nobody to call and whose call-back time is over.

    Where somebody has added words since the answer, a person looks first.
    """
    callable_ones = Submission.objects.callable().filter(case=OuterRef("pk"))
    over = Q(state=State.REPLIED, callback_due_at__lte=now) & ~Q(Exists(callable_ones))
    return Case.objects.filter(over, ~unread()).order_by("pk")


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
