"""How long one waits: before one comes, and how good what we say about it has been."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.cases.workbook.tables import KINDS as FILES
from mingchuang.cases.workbook.tables import table_bytes
from mingchuang.hall.queries import guide_for
from mingchuang.visits.queries.closing import shut_now
from mingchuang.visits.queries.forecasts import how_long_in
from mingchuang.visits.queries.lines import lines_for
from mingchuang.visits.queries.record import DAYS, record_published
from mingchuang.visits.rules.shares import percent
from mingchuang.visits.templatetags.shares import bias, minutes


@require_safe
def how_long(request: HttpRequest, item: str) -> HttpResponse:
    """How long one would wait now for this service, at each place; or, asked for one place by a
    page, just these words."""
    service, at = guide_for(item).item, now()
    site = request.GET.get("site", "")
    lines = lines_for(item, site)
    said = how_long_in(lines, at, items=[service.pk]) if lines else {}
    waits = [(line, said.get(line.pk), shut_now(line.site_id, at)) for line in lines]
    if site:
        return render(request, "visits/_waits.html", {"waits": waits})
    by_site = groupby(waits, key=lambda one: one[0].site)
    places = [(place, list(some)) for place, some in by_site]
    shown = {"item": service, "places": places, "now": at}
    return render(request, "visits/how_long.html", shown)


@require_safe
def how_long_record(request: HttpRequest) -> HttpResponse:
    """How often our forecasts held, by line beside the simplest one there is, and by service."""
    shown = {"known": record_published(), "days": DAYS.days}
    return render(request, "visits/how_long_record.html", shown)


@require_safe
def how_long_record_file(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in FILES:
        raise NotFound
    known = record_published()
    table = _table(known.record, known.services) if known else _table([], [])
    response = HttpResponse(table_bytes(table, kind), content_type=FILES[kind])
    name = f"how-long-{known.day if known else localdate()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _table(
    lines: Sequence[Mapping[str, Any]], services: Sequence[Mapping[str, Any]]
) -> Iterator[list[str | int]]:
    head = [_("服务场所"), _("队列"), _("告知人次"), _("其中本人说明要办的")]
    head += [_("比率"), _("分子"), _("分母"), _("比较人次"), _("误差中位数"), _("偏差")]
    head += [_("LES 误差中位数"), _("LES 偏差"), _("叫到前离开"), _("手机取号"), _("没有叫到")]
    yield [capfirst(one) for one in head]
    for line in lines:
        told = line["record"]
        inside, judged = told["inside"], told["judged"]
        cells = [line["place"], f"{line['prefix']} {line['name']}", told["told"], ""]
        cells += [percent(inside, judged), inside, judged, told["compared"]]
        cells += [*_errors(told["ours"]), *_errors(told["les"])]
        yield [*cells, told["left"], told["phone"], told["waits"]]
    for item in services:
        inside, judged = item["inside"], item["judged"]
        said = "" if item["said"] is None else item["said"]
        cells = [_("按事项"), item["name"], item["told"], said]
        cells += [percent(inside, judged), inside, judged]
        yield [*cells, *[""] * (len(head) - len(cells))]


def _errors(of: Mapping[str, float] | None) -> list[str]:
    return [minutes(of["median"]), bias(of["bias"])] if of else [minutes(None), bias(None)]
