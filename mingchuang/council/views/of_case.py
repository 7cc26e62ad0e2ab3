"""What a case has to do with the council, for the page of the case: asked for by its address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingchuang.council.queries.rounds import objections_in
from mingchuang.council.queries.topics import topics_from
from mingchuang.people.http import PersonRequest, staff_required
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role


@staff_required
@require_safe
def of_case(request: PersonRequest, number: str) -> HttpResponse:
    """To which decisions a case objects, with their minutes; which topics came of it; and the door
    to one for who may convene."""
    case, objections = objections_in(request.user, number)
    shown = {
        "here": "inbox",
        "case": case,
        "objections": objections,
        "topics": topics_from(request.user, number),
        "may_convene": scope_of(request.user).holds(Role.CONVENOR),
    }
    return render(request, "council/of_case.html", shown)
