"""The rows behind a number: each says which case, when, and what it counts as."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case as When_
from django.db.models import CharField, Count, F, Q, Value, When

from mingchuang.cases.models.case import Case
from mingchuang.cases.queries.basis import FigureRows, FiguresFilter, Source, asked_for, sees_all
from mingchuang.cases.rules.figures import (
    BASIS_OF,
    DEFINITIONS,
    Basis,
    Name,
    Part,
    bases_of,
)
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of

COLUMNS = ("row_when", "row_case", "row_unit", "row_what")


@dataclass(frozen=True)
class Row:
    """One row of a number. `what` is a measure, or the reason for which it was left out."""

    case: Case
    when: datetime
    unit: Unit | None
    what: str


def rows_behind(
    person: Person, what: str, part: Part, wanted: FiguresFilter, *, now: datetime
) -> "FigureRows":
    """Return the rows of a rate or of a plain measure that this person may see, in order.

    They are values (see `opened`): one statement, whatever tables they stand in.
    """
    scope = scope_of(person)
    asked = asked_for(wanted, scope=None if sees_all(scope) else scope, now=now)
    within = {basis: source.within(wanted.period) for basis, source in asked.items()}
    first, *others = _parts(within, what, part)
    return first.union(*others, all=True).order_by(*COLUMNS) if others else first.order_by(*COLUMNS)


def _parts(within: "dict[Basis, Source]", what: str, part: Part) -> list[FigureRows]:
    if what not in DEFINITIONS:
        return [_rows(within[BASIS_OF[what]], what, Value(what))]
    rate, asked = Name(what), DEFINITIONS[Name(what)]
    if part == Part.EXCLUDED:
        return [*_excluded(within, rate), *(_unheard(within, one) for one in asked.unheard)]
    return [
        row
        for measure, basis in zip(asked.denominator, bases_of(rate), strict=True)
        for row in _counted(within[basis].counted(rate), measure, asked.numerator, part)
    ]


def _counted(source: Source, measure: str, numerator: str, part: Part) -> Iterator[FigureRows]:
    """Yield what of one basis counts: all of it, what is in the numerator, or the rest."""
    kept = source.measures.get(numerator)
    if not isinstance(kept, Q):
        if part != Part.NUMERATOR:
            yield _rows(source, measure, Value(measure))
        return
    if part == Part.NUMERATOR:
        yield _rows(source, numerator, Value(numerator))
        return
    named = When_(
        When(kept, then=Value(numerator)), default=Value(measure), output_field=CharField()
    )
    rest = ~kept if part == Part.REST else Q()
    yield _rows(source.filter(rest), measure, named)


def _excluded(within: "dict[Basis, Source]", rate: Name) -> Iterator[FigureRows]:
    for measure, basis in zip(DEFINITIONS[rate].denominator, bases_of(rate), strict=True):
        source = within[basis].excluded(rate)
        yield _rows(source, measure, F(source.why[0]))


def _unheard(within: "dict[Basis, Source]", measure: str) -> FigureRows:
    return _rows(within[BASIS_OF[measure]], measure, Value(measure))


def _rows(source: Source, measure: str, what: F | Value | When_) -> FigureRows:
    which = source.measures[measure]
    rows = source.rows if isinstance(which, Count) else source.filter(which).rows
    found: FigureRows = rows.annotate(
        row_when=F(source.when),
        row_case=F(f"{source.case}pk"),
        row_unit=F(source.unit),
        row_what=what,
    ).values_list(*COLUMNS)
    return found


def opened(values: Iterable[tuple[datetime, int, int | None, str]]) -> list[Row]:
    """Return rows with their cases and units: two statements for all of them."""
    kept = list(values)
    cases = Case.objects.in_bulk({case for _, case, _, _ in kept})
    units = Unit.objects.in_bulk({unit for _, _, unit, _ in kept if unit})
    return [Row(cases[case], when, units.get(unit or 0), what) for when, case, unit, what in kept]
