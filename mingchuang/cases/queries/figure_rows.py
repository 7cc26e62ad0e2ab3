"""The rows behind a number: each says which case, when, and what it counts as."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case as When_
from django.db.models import CharField, Count, F, Min, Q, Value, When

from mingchuang.cases.models.case import Case
from mingchuang.cases.queries.basis import FigureRows, FiguresFilter, Source, asked_for, sees_all
from mingchuang.cases.queries.counted import changes_of_type
from mingchuang.cases.rules.figures import (
    BASIS_OF,
    DEFINITIONS,
    Basis,
    Name,
    Part,
    bases_of,
)
from mingchuang.cases.rules.numbers import RETYPED, Number
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of

COLUMNS = ("row_when", "row_case", "row_unit", "row_what", "row_approver")
NOBODY = Value("", CharField())


@dataclass(frozen=True)
class Row:
    """One row of a number. `what` is a measure, or the reason for which it was left out;
    `approver` the badge of who approved that, if anybody had to.
    """

    case: Case
    when: datetime
    unit: Unit | None
    what: str
    approver: str = ""


def rows_behind(
    person: Person, number: Number, wanted: FiguresFilter, *, now: datetime
) -> "FigureRows":
    """Return the rows of a number that this person may see, in order.

    They are values (see `opened`): one statement, whatever tables they stand in.
    """
    scope = scope_of(person)
    sight = None if sees_all(scope) else scope
    if number.what == RETYPED:
        changes = changes_of_type(wanted, sight).filter(Q(was=number.old, kind=number.new))
        return _rows(changes, RETYPED, Value(RETYPED)).order_by(*COLUMNS)
    asked = asked_for(wanted, scope=sight, now=now)
    within = {basis: source.within(wanted.period) for basis, source in asked.items()}
    first, *others = _parts(within, number)
    return first.union(*others, all=True).order_by(*COLUMNS) if others else first.order_by(*COLUMNS)


def _parts(within: "dict[Basis, Source]", number: Number) -> list[FigureRows]:
    if number.what not in DEFINITIONS:
        return [_plain(within, number.what)]
    rate, asked = Name(number.what), DEFINITIONS[Name(number.what)]
    if number.part == Part.EXCLUDED:
        unheard = [one for one in asked.unheard if number.reason in ("", one)]
        left = [] if number.reason in asked.unheard else _excluded(within, rate, number)
        return [*left, *(_plain(within, one) for one in unheard)]
    return [
        row
        for measure, basis in zip(asked.denominator, bases_of(rate), strict=True)
        for row in _counted(within[basis].counted(rate), measure, asked.numerator, number.part)
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


def _excluded(within: "dict[Basis, Source]", rate: Name, number: Number) -> Iterator[FigureRows]:
    why = {"reason": number.reason, "approved_by__badge": number.approver}
    for measure, basis in zip(DEFINITIONS[rate].denominator, bases_of(rate), strict=True):
        left = within[basis].excluded(rate, **{name: value for name, value in why.items() if value})
        reason, approver = map(F, left.why)
        yield _rows(left, measure, reason, approver)


def _plain(within: "dict[Basis, Source]", measure: str) -> FigureRows:
    source = within[BASIS_OF[measure]]
    if isinstance(source.measures[measure], Count):
        return _first_of_each_case(source, measure)
    return _rows(source, measure, Value(measure))


def _rows(
    source: Source, measure: str, what: F | Value | When_, approver: F | Value = NOBODY
) -> FigureRows:
    which = source.measures[measure]
    rows = source.rows if isinstance(which, Count) else source.filter(which).rows
    found: FigureRows = rows.annotate(
        row_when=F(source.when),
        row_case=F(f"{source.case}pk"),
        row_unit=F(source.unit),
        row_what=what,
        row_approver=approver,
    ).values_list(*COLUMNS)
    return found


def _first_of_each_case(source: Source, measure: str) -> FigureRows:
    """Return one row for each case, at the first moment it counts by."""
    cases = source.rows.values(row_case=F(f"{source.case}pk"), row_unit=F(source.unit))
    found: FigureRows = cases.annotate(
        row_when=Min(source.when), row_what=Value(measure), row_approver=NOBODY
    ).values_list(*COLUMNS)
    return found


def opened(values: Iterable[tuple[datetime, int, int | None, str, str]]) -> list[Row]:
    """Return rows with their cases and units: two statements for all of them."""
    kept = list(values)
    cases = Case.objects.in_bulk({case for _, case, *_ in kept})
    units = Unit.objects.in_bulk({unit for _, _, unit, *_ in kept if unit})
    return [
        Row(cases[case], when, units.get(unit or 0), what, approver)
        for when, case, unit, what, approver in kept
    ]
