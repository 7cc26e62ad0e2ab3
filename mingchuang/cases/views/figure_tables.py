"""Figures laid out in tables: for a page, and for a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mingchuang.base.typing import Text
from mingchuang.cases.queries.basis import FiguresFilter
from mingchuang.cases.queries.figures import Figures, FiguresLine, units_in
from mingchuang.cases.rules.figures import NO_AREA, Name, Rate
from mingchuang.cases.templatetags.figures import Chart, counts_chart, measure, month, rate_chart
from mingchuang.cases.words import KINDS, RATES, label

CHARTED = (Name.ON_TIME, Name.SOLVED, Name.SATISFIED)
NOWHERE = gettext_lazy("未注明")
NOBODY = gettext_lazy("还没有派单")


@dataclass(frozen=True)
class Heading:
    """One line of a table under its name; `asked` is the address of its own figures."""

    name: Text
    line: FiguresLine
    asked: str
    depth: int = 0
    rows: str = ""


@dataclass(frozen=True)
class Table:
    title: Text
    column: Text
    lines: list[Heading]


def asked_by(wanted: FiguresFilter, **more: str) -> str:
    """Return what the figures are narrowed to, as it stands in an address."""
    named = {
        "since": wanted.period.first.isoformat(),
        "until": wanted.period.last.isoformat(),
        "kind": wanted.kind,
        "area": wanted.area,
        "unit": str(wanted.unit.pk) if wanted.unit else "",
        "alone": "on" if wanted.alone else "",
    }
    return urlencode({name: value for name, value in {**named, **more}.items() if value})


def tables_of(found: Figures, *, by_unit: bool) -> list[Table]:
    """Return the tables of a page, none of them in the order of a rate."""
    tables = [
        Table(_("按月"), _("月份"), list(_months(found))[::-1]),
        Table(_("按类型"), _("类型"), list(_kinds(found))),
        Table(_("按地段"), _("地段"), list(_areas(found))),
    ]
    units = [Table(_("按单位"), _("单位"), list(_units(found)))] if by_unit else []
    return [*tables, *units]


def leading_to(rows: str, tables: Iterable[Table]) -> list[Table]:
    """Let each number of the tables lead to its rows, at this address."""
    return [
        replace(table, lines=[_leading(line, rows) for line in table.lines]) for table in tables
    ]


def _leading(line: Heading, rows: str) -> Heading:
    return replace(line, rows=f"{rows}?{escape(line.asked)}")


def _months(found: Figures) -> Iterator[Heading]:
    for period, counts in found.months:
        days = {"since": period.first.isoformat(), "until": period.last.isoformat()}
        yield Heading(month(period), FiguresLine(counts), asked_by(found.wanted, **days))


def _kinds(found: Figures) -> Iterator[Heading]:
    for kind, name in KINDS:
        if kind in found.kinds:
            yield Heading(name, FiguresLine(found.kinds[kind]), asked_by(found.wanted, kind=kind))


def _areas(found: Figures) -> Iterator[Heading]:
    for area in sorted(found.areas, key=lambda name: (not name, name)):
        asked = asked_by(found.wanted, area=area or NO_AREA)
        yield Heading(area or NOWHERE, FiguresLine(found.areas[area]), asked)


def _units(found: Figures) -> Iterator[Heading]:
    for unit in units_in(found):
        asked = asked_by(found.wanted, unit=str(unit.pk), alone="on")
        yield Heading(str(unit), FiguresLine(found.units[unit.pk]), asked, unit.path.count("/") - 2)
    if None in found.units:
        asked = asked_by(found.wanted, unit="", alone="on")
        yield Heading(NOBODY, FiguresLine(found.units[None]), asked)


def charts_of(found: Figures) -> list[Chart]:
    lines = [(period, FiguresLine(counts)) for period, counts in found.months]
    counts = [(period, line.submissions, line.replies) for period, line in lines]
    each = [[(period, line.rate(name)) for period, line in lines] for name in CHARTED]
    return [counts_chart(counts), *map(rate_chart, each)]


def as_table(found: Figures, tables: Iterable[Table]) -> Iterator[list[str | int]]:
    """Yield the lines of a file: each rate with numerator, denominator and what was left out."""
    head = [_("分组"), _("名称"), pgettext("many", "收到诉求")]
    head += [_("涉及工单"), pgettext("many", "答复")]
    parts = (_("比率"), _("分子"), _("分母"), _("未计入"))
    yield [*head, *(f"{RATES[name]} {part}" for name in Name for part in parts)]
    period = f"{found.wanted.period.first} – {found.wanted.period.last}"
    total = FiguresLine(found.total)
    yield _cells(period, _("合计"), total)
    for table in tables:
        for line in table.lines:
            yield _cells(str(table.title), str(line.name), line.line)
    for rate in total.rates:
        for left in rate.left:
            why = f"{RATES[rate.name]} {measure(left.reason)}"
            yield [
                _("未计入"),
                why,
                left.count,
                *([_("工号 %s") % left.badge] if left.badge else []),
            ]
    for old, new, count in found.retyped:
        yield [_("改变类型"), f"{label(KINDS, old)} → {label(KINDS, new)}", count]


def _cells(group: str, name: str, line: FiguresLine) -> list[str | int]:
    cells: list[str | int] = [group, name, line.submissions, line.cases or "", line.replies]
    for rate in line.rates:
        cells += _rate_cells(rate)
    return cells


def _rate_cells(rate: Rate) -> list[str | int]:
    return [rate.percent, rate.numerator, rate.denominator, rate.excluded]
