"""Person-times of companions: for staff by category, kind, month and hall; and as a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.typing import Text
from mingchuang.cases.workbook.tables import KINDS as FILES
from mingchuang.cases.workbook.tables import table_bytes
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.queries.persontimes import READERS, cells_of, sites_counted_for
from mingchuang.visits.rules.persontimes import Cell, PersonTimes, summed, total
from mingchuang.visits.words.assisting import ASSIST_NEEDS, CATEGORIES, PERSON_TIMES

if TYPE_CHECKING:
    from mingchuang.hall.models import Site

YEARS = range(2000, 2100)


class Table(NamedTuple):
    title: Text
    lines: list[tuple[Text, PersonTimes]]


def _year(request: HttpRequest) -> int:
    """Return the year asked for; an odd one is this year."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else 0
    return year if year in YEARS else localdate().year


def _counted(request: PersonRequest, year: int) -> tuple[list[Cell], list[Table]]:
    sites = sites_counted_for(request.user)
    cells = cells_of(sites, year)
    return cells, list(_tables(cells, {site.pk: site for site in sites}))


def _tables(cells: list[Cell], sites: "Mapping[int, Site]") -> Iterator[Table]:
    months = summed(cells, lambda cell: cell.month)
    yield Table(_("按月"), [(_("%(n)s 月") % {"n": n}, months[n]) for n in sorted(months)])
    categories = summed(cells, lambda cell: cell.category)
    yield Table(_("按对象"), _named(CATEGORIES, categories))
    yield Table(_("按帮助"), _named(ASSIST_NEEDS, summed(cells, lambda cell: cell.need)))
    halls = summed(cells, lambda cell: cell.site)
    yield Table(_("按大厅"), [(str(sites[pk]), halls[pk]) for pk in sites if pk in halls])
    units = summed(cells, lambda cell: sites[cell.site].unit)
    in_order = sorted(units, key=lambda unit: unit.path)
    yield Table(_("按单位"), [(str(unit), units[unit]) for unit in in_order])


def _named(
    names: Sequence[tuple[str, Text]], sums: Mapping[str, PersonTimes]
) -> list[tuple[Text, PersonTimes]]:
    return [(name, sums[code]) for code, name in names if code in sums]


@holds(*READERS)
@require_safe
def figures(request: PersonRequest) -> HttpResponse:
    year = _year(request)
    cells, tables = _counted(request, year)
    shown = {
        "year": year,
        "before": year - 1 if year - 1 in YEARS else None,
        "after": year + 1 if year < localdate().year else None,
        "total": total(cells),
        "tables": tables,
        "heads": PERSON_TIMES,
        "here": "companions",
    }
    return render(request, "visits/companion_figures.html", shown)


@holds(*READERS)
@require_safe
def figures_file(request: PersonRequest, kind: str) -> HttpResponse:
    if kind not in FILES:
        raise NotFound
    year = _year(request)
    cells, tables = _counted(request, year)
    response = HttpResponse(
        table_bytes(_lines(year, total(cells), tables), kind), content_type=FILES[kind]
    )
    response["Content-Disposition"] = f'attachment; filename="companions-{year}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _lines(year: int, whole: PersonTimes, tables: Iterable[Table]) -> Iterator[Sequence[str | int]]:
    yield [_("分组"), _("名称"), *map(str, PERSON_TIMES.values())]
    yield [str(year), _("合计"), *_numbers(whole)]
    for table in tables:
        for name, times in table.lines:
            yield [str(table.title), str(name), *_numbers(times)]


def _numbers(times: PersonTimes) -> list[int]:
    return [getattr(times, name) for name in PERSON_TIMES]
