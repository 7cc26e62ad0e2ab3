"""The figures of a page: counted at most once a minute for all who see the same."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.cache import cache
from django.db.models import QuerySet

from mingchuang.cases.queries.basis import FiguresFilter, Source, asked_for, sees_all
from mingchuang.cases.queries.counted import (
    Group,
    by_heading,
    by_month,
    excluded_by_heading,
    excluded_by_month,
    left_out,
    retyped,
)
from mingchuang.cases.rules.duties import SEATS, Duty
from mingchuang.cases.rules.figures import (
    Basis,
    Counts,
    Name,
    Period,
    Rate,
    bases_of,
    months_to,
    rate_of,
)
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Scope

# A figure is never older than this, in seconds.
FRESH = 55
HEADINGS = ("kind", "area", "unit")
# Anybody reads of the town, not of its units.
FOR_ALL = ("kind", "area")


@dataclass(frozen=True)
class FiguresLine:
    """One line of a table: what was counted under one heading."""

    counts: Counts

    @property
    def rates(self) -> list[Rate]:
        return [rate_of(name, self.counts) for name in Name]

    def rate(self, name: Name) -> Rate:
        return rate_of(name, self.counts)

    def __getattr__(self, name: str) -> int:
        """`line.submissions`: how many; templates ask so."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self.counts[name,]


@dataclass(frozen=True)
class Figures:
    """What one page of figures shows, as counted at one moment."""

    at: datetime
    wanted: FiguresFilter
    total: Counts = field(default_factory=Counter)
    months: Sequence[tuple[Period, Counts]] = ()
    kinds: Mapping[str, Counts] = field(default_factory=dict)
    areas: Mapping[str, Counts] = field(default_factory=dict)
    units: Mapping[int | None, Counts] = field(default_factory=dict)
    retyped: Sequence[tuple[str, str, int]] = ()


def figures_for_all(wanted: FiguresFilter, *, now: datetime) -> Figures:
    """Return the figures of the whole town, as anybody may read them."""
    return _kept("all", wanted, None, now=now, headings=FOR_ALL)


def figures_for(person: Person, wanted: FiguresFilter, *, now: datetime) -> Figures:
    """Return the figures over the cases this person may see."""
    scope = scope_of(person)
    if sees_all(scope):
        return _kept("staff", wanted, None, now=now)
    seats = SEATS[Duty.READ]
    posts = [scope.units(*some) for some in (seats.intake, seats.lead, seats.assist)]
    return _kept(repr([sorted(units) for units in posts]), wanted, scope, now=now)


def is_kept(wanted: FiguresFilter) -> bool:
    """Say whether these figures of the whole town need not be counted now."""
    return cache.has_key(_key("all", wanted))


def _kept(
    who: str,
    wanted: FiguresFilter,
    scope: Scope | None,
    *,
    now: datetime,
    headings: Sequence[str] = HEADINGS,
) -> Figures:
    key = _key(who, wanted)
    kept = cache.get(key)
    if isinstance(kept, Figures) and 0 <= (now - kept.at).total_seconds() < FRESH:
        return kept
    counted = count_figures(wanted, scope=scope, now=now, headings=headings)
    cache.set(key, counted, FRESH)
    return counted


def _key(who: str, wanted: FiguresFilter) -> str:
    return "figures:" + hashlib.sha256(f"{who}{wanted.key}".encode()).hexdigest()


def count_figures(
    wanted: FiguresFilter, *, scope: Scope | None, now: datetime, headings: Sequence[str] = HEADINGS
) -> Figures:
    """Count what a page shows: a few statements for each basis, whatever the number of cases."""
    asked, months = asked_for(wanted, scope=scope, now=now), months_to(wanted.period.last)
    rates = [(Name(rate), basis) for rate in left_out() for basis in bases_of(Name(rate))]
    within = {basis: source.within(wanted.period) for basis, source in asked.items()}
    total, kinds, areas, units = (_Lines(), _Lines(), _Lines(), _Lines())
    for (kind, area), counts in _grouped(within, ("kind", "area"), rates):
        for lines, key in zip((total, kinds, areas), ("", kind, area), strict=True):
            lines.add(key, counts)
    if "unit" in headings:
        for (unit,), counts in _grouped(within, ("unit",), rates):
            units.add(unit, counts)
    return Figures(
        now,
        wanted,
        total.get("", Counter()),
        _monthly(asked, months, rates),
        {str(key): counts for key, counts in kinds.items()},
        {str(key): counts for key, counts in areas.items()},
        {key: counts for key, counts in units.items() if not isinstance(key, str)},
        list(retyped(wanted, scope)),
    )


class _Lines(dict[str | int | None, Counts]):
    """Counts under their headings, added up."""

    def add(self, key: str | int | None, counts: Counts) -> None:
        line = self.setdefault(key, Counter())
        for what, count in counts.items():
            line[what] += count


def _grouped(
    within: Mapping[Basis, Source],
    headings: Sequence[str],
    rates: Iterable[tuple[Name, Basis]],
) -> Iterator[tuple[Group, Counts]]:
    for basis, source in within.items():
        yield from by_heading(basis, source, headings)
    for rate, basis in rates:
        yield from excluded_by_heading(basis, within[basis], headings, rate)


def _monthly(
    asked: Mapping[Basis, Source], months: Sequence[Period], rates: Iterable[tuple[Name, Basis]]
) -> list[tuple[Period, Counts]]:
    sums: list[Counts] = [Counter() for _ in months]
    for basis, source in asked.items():
        for month, counts in by_month(basis, source, months):
            sums[month] += counts
    for rate, basis in rates:
        for month, counts in excluded_by_month(basis, asked[basis], rate, months):
            sums[month] += counts
    return list(zip(months, sums, strict=True))


def units_in(found: Figures) -> "QuerySet[Unit]":
    """Return the units that anything was counted for, each before its parts."""
    return Unit.objects.filter(pk__in=[pk for pk in found.units if pk]).order_by("path")
