"""Where figures are counted: which rows of which table, by which day, in whose sight."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, TypeAlias

from django.db.models import Count, DateTimeField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import make_aware

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.counted import Dispatch
from mingchuang.cases.models.steps import Callback, Reply
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.closing import Outcome
from mingchuang.cases.rules.duties import SEATS, Duty
from mingchuang.cases.rules.figures import NO_AREA, Basis, Name, Period
from mingchuang.cases.rules.life import ANSWERED, State
from mingchuang.people.models import Unit
from mingchuang.people.rules.roles import Scope

FigureRows: TypeAlias = "QuerySet[Any, Any]"
SATISFIED = ("yes", "mostly")


@dataclass(frozen=True)
class FiguresFilter:
    """What the figures are narrowed to; empty means everything."""

    period: Period
    kind: str = ""
    area: str = ""
    unit: Unit | None = None
    # Of a unit without its parts; of no unit: what nobody has been given yet.
    alone: bool = False

    @property
    def key(self) -> str:
        unit = self.unit.path if self.unit else ""
        return repr((self.period, self.kind, self.area, unit, self.alone))


@dataclass(frozen=True)
class Source:
    """Rows of one basis: by which column they fall into a period, and which of them a measure
    counts. `case` and `unit` lead from a row to its case and to the unit it is measured by."""

    rows: FigureRows
    when: str
    measures: Mapping[str, Q | Count]
    case: str = "case__"
    unit: str = "case__responsible_unit"

    def within(self, period: Period) -> "Source":
        first, after = bounds(period)
        return self.filter(Q(**{f"{self.when}__gte": first, f"{self.when}__lt": after}))

    def filter(self, wanted: Q) -> "Source":
        return replace(self, rows=self.rows.filter(wanted))

    def marked(self, n: int) -> "Source":
        return replace(self, rows=self.rows.annotate(month=Value(n)))

    def narrowed(self, wanted: FiguresFilter) -> "Source":
        kind, area = f"{self.case}kind", f"{self.case}area"
        found = self.filter(Q(**{kind: wanted.kind}) if wanted.kind else Q())
        if wanted.area:
            found = found.filter(Q(**{area: "" if wanted.area == NO_AREA else wanted.area}))
        if wanted.alone:
            return found.filter(Q(**{self.unit: wanted.unit}))
        if wanted.unit:
            units = Unit.objects.under(wanted.unit).order_by().values("pk")
            return found.filter(Q(**{f"{self.unit}__in": units}))
        return found

    def seen(self, cases: "QuerySet[Case]") -> "Source":
        return self.filter(Q(**{f"{self.case}pk__in": cases.order_by().values("pk")}))

    def excluded(self, rate: Name, **why: str) -> "Source":
        """Narrow to what is left out of a rate; `why`: for one reason, by whose approval."""
        out = {"rate": rate, "included_at": None, **why}
        return self.filter(Q(**{f"{self.case}exclusions__{n}": v for n, v in out.items()}))

    def counted(self, rate: Name) -> "Source":
        """Narrow to what is not left out of a rate."""
        out = Case.objects.filter(exclusions__rate=rate, exclusions__included_at=None)
        return self.filter(~Q(**{f"{self.case}pk__in": out.order_by().values("pk")}))

    def path(self, heading: str) -> str:
        """Return the way to what figures are split by: kind, area or unit."""
        return self.unit if heading == "unit" else f"{self.case}{heading}"

    @property
    def why(self) -> tuple[str, str]:
        return f"{self.case}exclusions__reason", f"{self.case}exclusions__approved_by__badge"

    def count(self, measure: str) -> Count:
        which = self.measures[measure]
        # Of the rows and not of their keys: PostgreSQL then reads the index alone.
        return which if isinstance(which, Count) else Count(Value(1), filter=which or None)


def bounds(period: Period) -> tuple[datetime, datetime]:
    """Return the first moment of a period and the first one after it, in the town's time."""
    first, after = period.first, period.last + timedelta(days=1)
    return make_aware(datetime.combine(first, time())), make_aware(datetime.combine(after, time()))


def sources(now: datetime) -> dict[Basis, Source]:
    """Return what is counted on each basis, of all times and the whole town."""
    return {
        Basis.RECEIVED: Source(
            _all(Submission),
            "at",
            {
                "submissions": Q(),
                "cases": Count("case", distinct=True),
                "repeated": Q(repeats=True),
            },
        ),
        Basis.ANSWERED: Source(
            _all(Reply),
            "at",
            {"replies": Q(), "reopened": Q(reopened_at__isnull=False)},
            unit="unit",
        ),
        Basis.PROMISED: Source(
            _all(Reply), "due_at", {"promised": Q(), "kept": Q(at__lt=F("due_at"))}, unit="unit"
        ),
        Basis.LAPSED: Source(
            _all(Case).filter(lapsed(now)), "due_at", {"lapsed": Q()}, "", "responsible_unit"
        ),
        Basis.CONTACT: Source(
            _all(Case).filter(Q(contacted_at__isnull=False) | _over("contact_due_at", now)),
            "contact_due_at",
            {"contacts": Q(), "contacted": Q(contacted_at__lt=F("contact_due_at"))},
            "",
            "responsible_unit",
        ),
        Basis.CALLED: Source(_all(Callback), "at", _called()),
        Basis.DISPATCHED: Source(
            _all(Dispatch),
            "at",
            {"dispatches": Q(), "returned": Q(returned_at__isnull=False)},
            unit="unit",
        ),
    }


def lapsed(now: datetime) -> Q:
    """A promised day is over and there is no answer: open, or ended when it was already late."""
    waiting = Q(replied_at=None) | Q(replied_at__lt=F("clock_started_at"))
    return Q(state__in=sorted(set(State) - ANSWERED)) & waiting & _over("due_at", now)


def _over(column: str, now: datetime) -> Q:
    """The time was over before the clock stopped; the clock of an open case has not stopped."""
    return Q(**{f"{column}__lte": Coalesce("stopped_at", Value(now, DateTimeField()))})


def _called() -> dict[str, Q | Count]:
    heard = Q(solved__isnull=False)
    return {
        "said": heard,
        "solved": Q(solved=True),
        "rated": ~Q(satisfied=""),
        "content": Q(satisfied__in=SATISFIED),
        "mostly": Q(satisfied="mostly"),
        "unrated": heard & Q(satisfied=""),
        **{str(one): Q(outcome=one) for one in Outcome if one != Outcome.REACHED},
    }


def _all(model: type[Model]) -> FigureRows:
    return model._default_manager.order_by()


def sees_all(scope: Scope) -> bool:
    """Say whether this scope reads every case there is: each came in at some unit."""
    seats = SEATS[Duty.READ]
    covered = scope.units(*seats.intake)
    return scope.holds(*seats.anywhere) or Unit.objects.count() == len(covered)


def asked_for(wanted: FiguresFilter, *, scope: Scope | None, now: datetime) -> dict[Basis, Source]:
    """Return what is counted of the cases this scope sees (None: of all), narrowed to `wanted`."""
    narrowed = {basis: source.narrowed(wanted) for basis, source in sources(now).items()}
    if scope is None:
        return narrowed
    seen = Case.objects.visible_to(scope)
    return {basis: source.seen(seen) for basis, source in narrowed.items()}
