"""The inbox: its views, what it is narrowed to, and what stands on top."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from mingchuang.base.typing import Rows
from mingchuang.cases.models.case import Case, CaseQuerySet, among, seat, seat_by_index
from mingchuang.cases.models.desk import SavedView
from mingchuang.cases.queries.finding import Found
from mingchuang.cases.queries.knowledge import to_review
from mingchuang.cases.queries.lists import open_pleas
from mingchuang.cases.queries.waiting import open_pause, review_due, unchecked, unread, whether
from mingchuang.cases.rules.duties import SEATS, Duty
from mingchuang.cases.rules.life import OPEN, RUNNING, State
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Scope

SOON = timedelta(days=2)
# Whoever has more than that before them need not know how many more.
MANY = 100
PRESSING = ("press", "presses_at", "pk")
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
class InboxFilter:
    """What the inbox is narrowed to; empty means everything."""

    q: str = ""
    state: str = ""
    kind: str = ""
    unit: Unit | None = None
    time: str = ""

    @property
    def is_filtered(self) -> bool:
        return any((self.state, self.kind, self.unit, self.time))


@dataclass(frozen=True)
class Listed:
    """Cases in an order, read a part at a time: `listed[25:51]`. First which they are, for which
    an index is enough; then what is told of these few."""

    cases: CaseQuerySet
    order: Sequence[str]

    def __getitem__(self, part: slice) -> CaseQuerySet:
        which = _told(self.cases).order_by(*self.order).values("pk")[part]
        return _told(Case.objects.filter(pk__in=which)).order_by(*self.order)


def inbox(person: Person, *, view: str, wanted: InboxFilter, now: datetime) -> "Rows[Case]":
    """Return the cases this person may see, what presses most on top, or, where words are looked
    for, the newest first; a number finds its case whatever the view."""
    held = VIEWS.get(view, VIEWS["due"])(person, localdate(now))
    cases = _narrowed(Case.objects.visible_to(scope_of(person)), wanted, now=now)
    if wanted.q:
        return Found(person, wanted.q, cases=_told(cases), held=held)
    return Listed(cases.filter(held), ORDERS.get(view, PRESSING))


def inbox_counts(person: Person, *, now: datetime) -> dict[str, int]:
    """Return how many cases each view of the inbox holds, and how much of what the person wrote
    is to be looked over; no further than `MANY`: one statement."""
    names, asked, values = _counting(person, scope_of(person), localdate(now))
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        return dict(zip(names, cursor.fetchone(), strict=True))


@lru_cache(maxsize=1000)
def _counting(person: Person, scope: Scope, today: date) -> tuple[Sequence[str], str, list[Any]]:
    """Return the statement that counts, and what is counted by it: to write down so many
    questions takes longer than to answer them, and with the same posts they stay the same."""
    visible = Case.objects.filter(seat_by_index(scope, SEATS[Duty.READ]))
    views = {n: held(person, today) for n, held in VIEWS.items() if n not in UNCOUNTED}
    counted: dict[str, QuerySet[Any]] = {n: visible.filter(held) for n, held in views.items()}
    counted |= to_review(person, today=today)
    some = [_first_of(rows) for rows in counted.values()]
    asked = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS held)" for sql, _params in some)  # noqa: S608
    return list(counted), f"SELECT {asked}", [value for _sql, params in some for value in params]


def _first_of(rows: QuerySet[Any]) -> tuple[str, Sequence[Any]]:
    """Return the question for the first rows, and its values; there may be nothing to ask."""
    try:
        return rows.order_by().values("pk")[:MANY].query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 1 WHERE 1 = 0", ()


def saved_views(person: Person) -> "QuerySet[SavedView]":
    """Return the lists this person keeps."""
    return SavedView.objects.filter(person=person)


def _waits_for_check(person: Person, _today: date) -> Q:
    return unchecked() & seat(scope_of(person), SEATS[Duty.DISPATCH])


# What each view of the inbox holds, for whom, and today.
VIEWS: Mapping[str, Callable[[Person, date], Q]] = {
    "due": lambda *_: among(RUNNING),
    "decide": lambda person, _: Q(pk__in=open_pleas(person).values("case")),
    "mine": lambda person, _: Q(handler=person) & among(OPEN),
    "new": lambda *_: Q(state__in=[State.RECEIVED, State.NEEDS_INFO]),
    "check": _waits_for_check,
    "dispatch": lambda *_: Q(state__in=[State.ACCEPTED, State.RETURNED]),
    "callback": lambda *_: Q(state=State.REPLIED),
    "paused": lambda *_: Q(state=State.PAUSED),
    "review": lambda _, today: review_due(today),
    "done": lambda *_: ~among(OPEN),
    "all": lambda *_: Q(),
}


def _narrowed(cases: CaseQuerySet, wanted: InboxFilter, *, now: datetime) -> CaseQuerySet:
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
    ).select_related("responsible_unit", "intake_unit")
