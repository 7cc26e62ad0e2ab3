"""What the council makes of a case: its topics, and the door to one for who may convene."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingchuang.council.queries.topics import topics_from
from mingchuang.people.http import PersonRequest, staff_required
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role


@staff_required
@require_safe
def of_case(request: PersonRequest, number: str) -> HttpResponse:
    """The topics a case has become; a convenor may make one of it."""
    shown = {
        "here": "",
        "number": number,
        "topics": topics_from(request.user, number),
        "may_convene": scope_of(request.user).holds(Role.CONVENOR),
    }
    return render(request, "council/of_case.html", shown)
