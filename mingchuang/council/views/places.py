"""Places that a survey found, from a workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from mingchuang.base.http import refusal_on, sent
from mingchuang.council.forms.books import PlacesForm
from mingchuang.council.place_book import take_in
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.council.rules.place_sheet import COLUMNS
from mingchuang.council.views.books import blank_book, marked_link
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

HERE = {"here": "council"}


@holds(Role.CONVENOR)
def take_in_places(request: PersonRequest, number: str) -> HttpResponse:
    """Take in many: good rows go on, the others come back marked in a copy of the workbook."""
    topic, taken = topic_convened_by(request.user, number), None
    form = PlacesForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            book = form.cleaned_data["workbook"]
            taken = take_in(book, topic.number, by=request.user, at=now())
    shown = {**HERE, "topic": topic, "form": form, "taken": taken, "copy": marked_link(taken)}
    return render(request, "council/places_import.html", shown, status=422 if form.errors else 200)


@holds(Role.CONVENOR)
@require_safe
def blank_places(request: PersonRequest, number: str) -> HttpResponse:
    """An empty workbook with the columns there are."""
    topic_convened_by(request.user, number)
    return blank_book(COLUMNS, "places.xlsx")
