"""Counting: one statement for each basis, by month or by kind, area and unit; never row by row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from django.db.models import Count, Q

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.counted import Exclusion
from mingchuang.cases.models.steps import Plea
from mingchuang.cases.queries.basis import FigureRows, FiguresFilter, Source
from mingchuang.cases.rules.figures import (
    DEFINITIONS,
    MEASURES,
    Basis,
    Counts,
    Name,
    Period,
)
from mingchuang.cases.rules.numbers import RETYPED
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


def changes_of_type(wanted: FiguresFilter, scope: Scope | None) -> Source:
    """Return each change of type (promise P15); narrowed to a type: what left it or came to it."""
    granted = Plea.objects.order_by().filter(what="retype", granted=True).exclude(was="")
    changes = Source(granted, "decided_at", {RETYPED: Q()}).narrowed(replace(wanted, kind=""))
    if wanted.kind:
        changes = changes.filter(Q(was=wanted.kind) | Q(kind=wanted.kind))
    if scope is not None:
        changes = changes.seen(Case.objects.visible_to(scope))
    return changes.within(wanted.period)


def retyped(wanted: FiguresFilter, scope: Scope | None) -> FigureRows:
    """Return how many cases changed their type, from which to which."""
    changes = changes_of_type(wanted, scope).rows.order_by("was", "kind")
    counted: FigureRows = changes.values_list("was", "kind").annotate(n=Count("pk"))
    return counted
