"""Whose name and phone are kept longer than the table of retention says."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, time
from typing import Any, NamedTuple

from django.db.models import Exists, Min, Model, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, make_aware

from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.keeping import FOUND, SOME, Overdue
from mingchuang.cases.rules.keeping import ended_by
from mingchuang.people.models import Requester
from mingchuang.visits.models import Assist, HomeVisit, SignUp, Standby, Supplement, Visit
from mingchuang.visits.models.supplements import WAITED_FOR


def _ended(before: datetime) -> Q:
    return Q(ended_at__lte=before)


def _day_over(day: str) -> Callable[[datetime], Q]:
    return lambda before: Q(**{f"{day}__lt": localdate(before)})


class Trace(NamedTuple):
    """One way of being known to a hall: which rows lead to whom, and which are over by when."""

    model: type[Model]
    requester: str
    over: Callable[[datetime], Q]


# Whoever is known in another way, too, is one line more. In the order in which they are locked.
TRACES = (
    Trace(Visit, "requester", _ended),
    Trace(Assist, "requester", _ended),
    Trace(Assist, "visit__requester", _ended),
    Trace(HomeVisit, "requester", _ended),
    Trace(Standby, "requester", _day_over("day")),
    Trace(SignUp, "requester", _day_over("release__day")),
)
# When the oldest of it was over, as seen from whom it is about: a moment or a day.
ENDS = (
    "visits__ended_at",
    "assists__ended_at",
    "home_visits__ended_at",
    "standbys__day",
    "sign_ups__release__day",
)


def traces_of(some: Collection[int]) -> Iterator[QuerySet[Any]]:
    """Return all that is known of these people, one question for each way."""
    for trace in TRACES:
        yield trace.model._default_manager.filter(**{f"{trace.requester}__in": some})


def visitors_due(
    term: Retention, now: datetime, *, among: Collection[int] | None = None
) -> QuerySet[Requester]:
    """Return who came, stood by, signed up or was accompanied, and for whom nothing of it is not
    over so long, and who has nothing to bring any more; `among` narrows to these keys."""
    if term.days is None:
        return Requester.objects.none()
    before = ended_by(now, term.days)
    first, *others = (_known(trace, trace.over(before), among) for trace in TRACES)
    known = Requester.objects.exclude(salt=b"").filter(submissions__isnull=True)
    for trace in TRACES:
        rows = trace.model._default_manager.filter(**{trace.requester: OuterRef("pk")})
        known = known.filter(~Exists(rows.exclude(trace.over(before))))
    waited_for = Supplement.objects.filter(WAITED_FOR, due_on__gte=localdate(now))
    awaited = waited_for.filter(visit__requester=OuterRef("pk"))
    return known.filter(~Exists(awaited), pk__in=first.union(*others))


def _known(trace: Trace, over: Q, among: Collection[int] | None) -> QuerySet[Any]:
    rows = trace.model._default_manager.filter(over, **{f"{trace.requester}__isnull": False})
    rows = rows if among is None else rows.filter(**{f"{trace.requester}__in": among})
    return rows.order_by().values(trace.requester)


def some_visitors_due(term: Retention, now: datetime) -> list[list[int]]:
    """Return some of them in handfuls to be erased one by one: found before anybody waits."""
    found = list(visitors_due(term, now).values_list("pk", flat=True)[:FOUND])
    return [found[start : start + SOME] for start in range(0, len(found), SOME)]


def visitors_overdue(term: Retention, now: datetime) -> Overdue:
    """Return how many they are, and when what the oldest came for was over."""
    due = visitors_due(term, now)
    ends = due.aggregate(**{end: Min(end) for end in ENDS}).values()
    moments = [_moment(end) for end in ends if end is not None]
    return Overdue(term, count=due.count(), oldest=min(moments, default=None))


def _moment(end: Any) -> datetime:
    return end if isinstance(end, datetime) else make_aware(datetime.combine(end, time.max))
