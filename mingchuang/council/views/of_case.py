"""What a case has to do with the council, for the page of the case: asked for by its address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingchuang.council.queries.rounds import objections_in, topics_about
from mingchuang.people.http import PersonRequest, staff_required


@staff_required
@require_safe
def of_case(request: PersonRequest, number: str) -> HttpResponse:
    """To which decisions a case objects, with their minutes; and which topics came of it."""
    case, objections = objections_in(request.user, number)
    shown = {"case": case, "objections": objections, "topics": topics_about(case)}
    return render(request, "council/of_case.html", {**shown, "here": "inbox"})
