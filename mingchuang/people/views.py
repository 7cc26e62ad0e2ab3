"""A member of staff's own page."""

from django.http import HttpResponse
from django.shortcuts import render

from mingchuang.people import queries
from mingchuang.people.http import PersonRequest, staff_required


@staff_required
def me(request: PersonRequest) -> HttpResponse:
    return render(request, "people/me.html", {"posts": queries.posts_of(request.user)})
