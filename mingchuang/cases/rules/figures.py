"""What each figure counts: one table. A rate never goes without what it is a share of (P7).

Moments count into a period by the town's own days: from the first day's midnight to the midnight
after the last. A promise is kept if the answer came before its due time.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

MONTHS = 12
# Asks for what belongs to no area.
NO_AREA = "-"


class Name(StrEnum):
    """The rates."""

    ON_TIME = "on_time"
    CONTACT = "contact"
    SOLVED = "solved"
    SATISFIED = "satisfied"
    REOPENED = "reopened"
    RETURNED = "returned"
    REPEATED = "repeated"


class Basis(StrEnum):
    """Where rows are counted, and by which of their days they fall into a period."""

    RECEIVED = "received"  # submissions, by the day they came in
    ANSWERED = "answered"  # replies, by the day they were given
    PROMISED = "promised"  # replies, by the day that was promised for them
    LAPSED = "lapsed"  # promises with no answer whose day is over, by that day
    CONTACT = "contact"  # first contacts, made or over, by the day they were due
    CALLED = "called"  # call-backs and what people said by themselves, by the day
    DISPATCHED = "dispatched"  # cases given to a unit, by the day


class Part(StrEnum):
    """Which rows of a rate."""

    NUMERATOR = "numerator"
    REST = "rest"
    DENOMINATOR = "denominator"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Definition:
    """A rate: what is counted, out of what, what is left out for all to see.

    The parts are measures of `MEASURES`; each numerator is part of its denominator.
    """

    numerator: str
    denominator: tuple[str, ...]
    unheard: tuple[str, ...] = ()
    excludable: bool = True


UNREACHED = ("no_answer", "wrong_number", "would_not_say", "texted")
# Which measures are counted on which basis.
MEASURES: Mapping[Basis, tuple[str, ...]] = {
    Basis.RECEIVED: ("submissions", "cases", "repeated"),
    Basis.ANSWERED: ("replies", "reopened"),
    Basis.PROMISED: ("promised", "kept"),
    Basis.LAPSED: ("lapsed",),
    Basis.CONTACT: ("contacts", "contacted"),
    Basis.CALLED: ("said", "solved", "rated", "content", "mostly", *UNREACHED, "unrated"),
    Basis.DISPATCHED: ("dispatches", "returned"),
}
DEFINITIONS: Mapping[Name, Definition] = {
    # Late and still open counts against us: `lapsed` is in the denominator (promise P15).
    Name.ON_TIME: Definition("kept", ("promised", "lapsed")),
    Name.CONTACT: Definition("contacted", ("contacts",)),
    Name.SOLVED: Definition("solved", ("said",), UNREACHED),
    # `content` is 满意 and 基本满意 together; the page says so.
    Name.SATISFIED: Definition("content", ("rated",), (*UNREACHED, "unrated")),
    Name.REOPENED: Definition("reopened", ("replies",)),
    Name.RETURNED: Definition("returned", ("dispatches",)),
    Name.REPEATED: Definition("repeated", ("submissions",), excludable=False),
}
BASIS_OF: Mapping[str, Basis] = {
    measure: basis for basis, measures in MEASURES.items() for measure in measures
}
# A measure; or what is left out of it for a rate: (rate, measure, reason, badge of who approved).
Key: TypeAlias = "tuple[str, ...]"
Counts: TypeAlias = "Counter[Key]"


def bases_of(name: Name) -> list[Basis]:
    """Return where the denominator of a rate is counted."""
    return [BASIS_OF[measure] for measure in DEFINITIONS[name].denominator]


@dataclass(frozen=True)
class Left:
    """How many were left out, why, and by whose approval; nobody's where nobody could be asked."""

    reason: str
    badge: str
    count: int


@dataclass(frozen=True)
class Rate:
    """A share that carries what it is a share of, and what was left out of both."""

    name: Name
    numerator: int
    denominator: int
    left: tuple[Left, ...] = field(default=())

    @property
    def excluded(self) -> int:
        return sum(one.count for one in self.left)

    @property
    def tenths(self) -> int | None:
        """The share in tenths of a percent, None of nothing.

        Only all is 100.0% and only none is 0.0%: what lies between is not rounded there.
        """
        if not self.denominator:
            return None
        nearest = (2000 * self.numerator + self.denominator) // (2 * self.denominator)
        if 0 < self.numerator < self.denominator:
            return min(max(nearest, 1), 999)
        return nearest

    @property
    def percent(self) -> str:
        """97.4%; of nothing there is no share."""
        tenths = self.tenths
        return "—" if tenths is None else f"{tenths // 10}.{tenths % 10}%"


def rate_of(name: Name, counts: Counts) -> Rate:
    """Return a rate by what was counted, without what was left out of it."""
    asked = DEFINITIONS[name]
    parts = {*asked.denominator, asked.numerator}
    out: Counter[str] = Counter()
    left: Counter[tuple[str, str]] = Counter()
    for key, count in counts.items():
        if len(key) == 4 and key[0] == name and key[1] in parts:
            out[key[1]] += count
            if key[1] in asked.denominator:
                left[key[2], key[3]] += count
    for measure in asked.unheard:
        left[measure, ""] += counts[measure,]
    return Rate(
        name,
        counts[asked.numerator,] - out[asked.numerator],
        sum(counts[measure,] - out[measure] for measure in asked.denominator),
        tuple(Left(*why, count) for why, count in sorted(left.items()) if count),
    )


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date


def month_of(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, first.replace(day=monthrange(day.year, day.month)[1]))


def months_to(day: date, most: int = MONTHS) -> list[Period]:
    """Return the last months up to the one of this day, in order."""
    return list(_months_back(day, most))[::-1]


def _months_back(day: date, most: int) -> Iterator[Period]:
    month = month_of(day)
    for _ in range(most):
        yield month
        month = month_of(month.first - timedelta(days=1))
