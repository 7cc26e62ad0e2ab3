"""Figures: the public page, the page for staff, the rows behind each number, and files of them."""

from collections.abc import Iterable, Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.typing import Text
from mingchuang.cases.actions.exporting import note_export
from mingchuang.cases.errors import NotCountable, TooManyRows
from mingchuang.cases.forms.figures import FiguresForm, NumberForm, StaffFiguresForm
from mingchuang.cases.queries.areas import areas_shown
from mingchuang.cases.queries.basis import FiguresFilter
from mingchuang.cases.queries.figure_rows import Row, opened, rows_behind
from mingchuang.cases.queries.figures import (
    Figures,
    FiguresLine,
    figures_for,
    figures_for_all,
    is_kept,
)
from mingchuang.cases.rules.figures import DEFINITIONS, Part, month_of
from mingchuang.cases.rules.numbers import RETYPED, Number
from mingchuang.cases.templatetags.figures import measure
from mingchuang.cases.views.figure_tables import (
    as_table,
    asked_by,
    charts_of,
    leading_to,
    tables_of,
)
from mingchuang.cases.views.limits import count_figures
from mingchuang.cases.words import KINDS, SIDES, label
from mingchuang.cases.workbook.tables import KINDS as FILES
from mingchuang.cases.workbook.tables import table_bytes
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

READERS = tuple(role for role in Role if role != Role.ADMINISTRATOR)
MOST = 20_000
DAYS = {"since", "until"}
ROWS = 50


def _asked(request: HttpRequest, form: type[FiguresForm]) -> FiguresForm:
    today = localdate()
    month = month_of(today)
    days = {"since": month.first.isoformat(), "until": month.last.isoformat()}
    asked = request.GET.dict()
    asked = asked if DAYS & asked.keys() else {**days, **asked}
    areas = areas_shown(today, asked=asked.get("area", ""))
    return form(asked, areas=areas, today=today)


def _wanted(form: FiguresForm) -> FiguresFilter:
    """Return what is asked for; what cannot be read is refused, never answered with this month."""
    if not form.is_valid():
        raise NotCountable(why=form.faults)
    return FiguresFilter(**form.wanted)


def _for_all(request: HttpRequest, form: FiguresForm) -> Figures:
    wanted = _wanted(form)
    if not is_kept(wanted):
        count_figures(request)
    return figures_for_all(wanted, now=now())


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    form = _asked(request, FiguresForm)
    if not form.is_valid():
        return render(request, "cases/figures.html", {"form": form}, status=422)
    shown = _shown(_for_all(request, form), form, by_unit=False)
    return render(request, "cases/figures.html", shown)


@require_safe
def figures_file(request: HttpRequest, kind: str) -> HttpResponse:
    found = _for_all(request, _asked(request, FiguresForm))
    return _file(as_table(found, tables_of(found, by_unit=False)), kind)


@holds(*READERS)
@require_safe
def desk_figures(request: PersonRequest) -> HttpResponse:
    form = _asked(request, StaffFiguresForm)
    if not form.is_valid():
        shown = {"form": form, "here": "figures"}
        return render(request, "cases/desk_figures.html", shown, status=422)
    found = figures_for(request.user, _wanted(form), now=now())
    shown = _shown(found, form, by_unit=True)
    rows = reverse("cases:figure_rows")
    shown |= {"tables": leading_to(rows, tables_of(found, by_unit=True)), "here": "figures"}
    shown |= {"all_rows": f"{rows}?{escape(asked_by(found.wanted))}"}
    return render(request, "cases/desk_figures.html", shown)


@holds(*READERS)
@require_safe
def desk_figures_file(request: PersonRequest, kind: str) -> HttpResponse:
    wanted = _wanted(_asked(request, StaffFiguresForm))
    found = figures_for(request.user, wanted, now=now())
    return _file(as_table(found, tables_of(found, by_unit=True)), kind)


def _shown(found: Figures, form: FiguresForm, *, by_unit: bool) -> dict[str, object]:
    total = FiguresLine(found.total)
    return {
        "found": found,
        "form": form,
        "total": total,
        "left_out": any(rate.left for rate in total.rates),
        "tables": tables_of(found, by_unit=by_unit),
        "charts": charts_of(found),
        "counted": ("submissions", "replies"),
        "asked": asked_by(found.wanted),
        "all_rows": "",
        "retyped": [(Number(RETYPED, old=old, new=new), n) for old, new, n in found.retyped],
    }


@holds(*READERS)
@require_safe
def figure_rows(request: PersonRequest) -> HttpResponse:
    number = _number(request)
    wanted = _wanted(_asked(request, StaffFiguresForm))
    values = rows_behind(request.user, number, wanted, now=now())
    page = Paginator(values, ROWS).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": opened(page),
        "number": number,
        "parts": _parts(number),
        "is_left": number.part == Part.EXCLUDED,
        "period": wanted.period,
        "asked": asked_by(wanted),
        "here": "figures",
    }
    return render(request, "cases/figure_rows.html", shown)


@holds(Role.DISPATCHER, Role.SUPERVISOR)
@require_POST
def figure_rows_file(request: PersonRequest, kind: str) -> HttpResponse:
    """Hand out the rows of one number without names and phones; that they went is recorded."""
    wanted, number = _wanted(_asked(request, StaffFiguresForm)), _number(request)
    values = rows_behind(request.user, number, wanted, now=now())
    if (count := values.count()) > MOST:
        raise TooManyRows(most=MOST, rows=count)
    answer = _file(_rows_table(opened(values), number), kind)
    note_export(number.what, number.part, wanted.period, rows=count, by=request.user, at=now())
    return answer


def _number(request: HttpRequest) -> Number:
    """Return which number of the page is meant; what is none is not found."""
    form = NumberForm(request.GET)
    if not form.is_valid() or not form.number.is_whole:
        raise NotFound
    return form.number


def _parts(number: Number) -> list[tuple[Number, Text]]:
    """Return the parts of the same rate, each under its name."""
    if number.what not in DEFINITIONS:
        return []
    return [(Number(number.what, Part(part)), words) for part, words in SIDES.items()]


def _rows_table(rows: Iterable[Row], number: Number) -> Iterable[Sequence[str | int]]:
    is_left = number.part == Part.EXCLUDED
    head = [_("编号"), _("标题"), _("类型"), _("地段"), _("单位"), _("日期"), _("计为")]
    yield [*head, _("批准人")] if is_left else head
    for row in rows:
        yield [*_cells(row), _approver(row)] if is_left else _cells(row)


def _cells(row: Row) -> list[str]:
    case = row.case
    title = _("（身份保密）") if case.confidential else case.title
    kind, unit = str(label(KINDS, case.kind)), str(row.unit or "")
    at = localtime(row.when).strftime("%Y-%m-%d %H:%M")
    return [case.number, title, kind, case.area, unit, at, str(measure(row.what))]


def _approver(row: Row) -> str:
    return _("工号 %s") % row.approver if row.approver else ""


def _file(table: Iterable[Sequence[str | int]], kind: str) -> HttpResponse:
    if kind not in FILES:
        raise NotFound
    response = HttpResponse(table_bytes(table, kind), content_type=FILES[kind])
    response["Content-Disposition"] = f'attachment; filename="figures-{localdate()}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
