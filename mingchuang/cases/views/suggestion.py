"""Which unit a case may belong to, for whoever dispatches it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.cases.queries.desk import case_for, duties_of
from mingchuang.cases.queries.suggestion import suggestion_for
from mingchuang.cases.rules.duties import Duty
from mingchuang.people.http import PersonRequest, staff_required


@staff_required
@require_safe
def suggestion(request: PersonRequest, number: str) -> HttpResponse:
    """Show what the catalogue and like cases suggest, with a link that fills the unit in."""
    case = case_for(request.user, number)
    if Duty.DISPATCH not in duties_of(request.user, case):
        raise NotFound
    found = suggestion_for(request.user, case, on=localdate())
    shown = {"case": case, "suggestion": found, "here": "inbox"}
    return render(request, "cases/suggestion.html", shown)
