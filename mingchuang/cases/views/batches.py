"""Batches for everybody: what can be done for many at once, its workbook, and one form to begin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from mingchuang.base.http import called, refusal_on, sent
from mingchuang.base.once import new_key
from mingchuang.cases.actions import batches
from mingchuang.cases.batching.template import each_explained, template_bytes
from mingchuang.cases.forms.batches import OpenForm
from mingchuang.cases.queries.batches import sheet_for, sheets
from mingchuang.cases.queries.receipts import code_of
from mingchuang.cases.views.limits import may_send
from mingchuang.cases.workbook.tables import KINDS
from mingchuang.people.queries import root_unit


@require_safe
def offered(request: HttpRequest) -> HttpResponse:
    """What can be done for many at once."""
    return render(request, "cases/batches/offered.html", {"sheets": sheets()})


def begin(request: HttpRequest, item: str) -> HttpResponse:
    """Open a batch: one form, one receipt; refused or faulty, it comes back filled in."""
    sheet = sheet_for(item)
    form = OpenForm(sent(request), initial={"key": new_key()})
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            company = form.company(sheet.item.name)
            said = batches.open_batch(sheet, company, unit=root_unit(), at=now())
            return redirect("cases:own_batch", said.number, code_of(said))
    shown = {"sheet": sheet, "form": form, "columns": each_explained(sheet.column_list)}
    return render(request, "cases/batches/begin.html", shown, status=422 if form.errors else 200)


@require_safe
def template(request: HttpRequest, item: str) -> HttpResponse:
    """The empty workbook of a service item."""
    content = template_bytes(sheet_for(item).column_list)
    return called(HttpResponse(content, content_type=KINDS["xlsx"]), f"{item}.xlsx")
