"""Counting: one statement for each basis, by month or by kind, area and unit; never row by row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from django.db.models import Count, QuerySet

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.counted import Exclusion
from mingchuang.cases.models.steps import Plea
from mingchuang.cases.queries.basis import FigureRows, FiguresFilter, Source, bounds
from mingchuang.cases.rules.figures import (
    DEFINITIONS,
    MEASURES,
    NO_AREA,
    Basis,
    Counts,
    Name,
    Period,
)
from mingchuang.people.rules.roles import Scope

# The kind, the area or the key of a unit, by what was asked for.
Group: TypeAlias = "tuple[str | int | None, ...]"


def by_heading(
    basis: Basis, source: Source, headings: Sequence[str]
) -> Iterator[tuple[Group, Counts]]:
    """Count by some of kind, area and unit: one statement."""
    for row in _measured(MEASURES[basis], source, *map(source.path, headings)):
        yield row[: len(headings)], _counts(MEASURES[basis], row[len(headings) :])


def excluded_by_heading(
    basis: Basis, source: Source, headings: Sequence[str], rate: Name
) -> Iterator[tuple[Group, Counts]]:
    """Count what is left out of a rate by some of kind, area and unit, with the reason of each."""
    left, width = source.excluded(rate), len(headings)
    for row in _measured(MEASURES[basis], left, *map(source.path, headings), *source.why):
        reason, badge, *counts = row[width:]
        yield row[:width], _left(_counts(MEASURES[basis], counts), rate, reason, badge)


def by_month(
    basis: Basis, source: Source, months: Sequence[Period]
) -> Iterator[tuple[int, Counts]]:
    """Count each month: one statement of as many ranges, each along an index."""
    for month, *counts in _monthly(basis, source, months):
        yield month, _counts(_adding_up(basis), counts)


def excluded_by_month(
    basis: Basis, source: Source, rate: Name, months: Sequence[Period]
) -> Iterator[tuple[int, Counts]]:
    left = source.excluded(rate)
    for month, reason, badge, *counts in _monthly(basis, left, months, *source.why):
        yield month, _left(_counts(_adding_up(basis), counts), rate, reason, badge)


def _monthly(basis: Basis, source: Source, months: Sequence[Period], *group: str) -> FigureRows:
    first, *others = (
        _measured(_adding_up(basis), source.within(month).marked(n), "month", *group)
        for n, month in enumerate(months)
    )
    together: FigureRows = first.union(*others, all=True)
    return together


def _adding_up(basis: Basis) -> Sequence[str]:
    """Return the measures of a month: how many different cases is a question of its own."""
    return [measure for measure in MEASURES[basis] if measure != "cases"]


def _measured(measures: Sequence[str], source: Source, *group: str) -> FigureRows:
    counts = {f"n_{measure}": source.count(measure) for measure in measures}
    found: FigureRows = source.rows.values_list(*group).annotate(**counts)
    return found


def _counts(measures: Sequence[str], counts: Sequence[int]) -> Counts:
    named = zip(measures, counts, strict=True)
    return Counter({(measure,): count for measure, count in named if count})


def _left(counts: Counts, rate: Name, reason: str, badge: str) -> Counts:
    return Counter({(rate, *key, reason, badge): count for key, count in counts.items()})


def left_out() -> Iterable[str]:
    """Return the rates that anything is left out of: most often none."""
    names = Exclusion.objects.in_force().order_by().values_list("rate", flat=True).distinct()
    return [name for name in names if name in DEFINITIONS]


def retyped(wanted: FiguresFilter, scope: Scope | None) -> "QuerySet[Plea, tuple[str, str, int]]":
    """Return how many cases changed their type, from which to which (promise P15)."""
    first, after = bounds(wanted.period)
    changed = Plea.objects.filter(
        what="retype", granted=True, decided_at__gte=first, decided_at__lt=after
    ).exclude(was="")
    if wanted.area:
        changed = changed.filter(case__area="" if wanted.area == NO_AREA else wanted.area)
    if wanted.alone:
        changed = changed.filter(case__responsible_unit=wanted.unit)
    elif wanted.unit:
        changed = changed.filter(case__responsible_unit__path__startswith=wanted.unit.path)
    if scope is not None:
        changed = changed.filter(case__in=Case.objects.visible_to(scope).values("pk"))
    counted = changed.order_by("was", "kind").values_list("was", "kind")
    return counted.annotate(n=Count("pk"))
