"""Rating one's own visit by its code, or a window by the number one had there today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from mingchuang.base.http import refusal_on, sent
from mingchuang.cases.views.limits import count, unlisted
from mingchuang.reviews.actions import rate_number, rate_visit
from mingchuang.reviews.forms import NumberRatingForm, RatingForm
from mingchuang.reviews.queries import call_to_rate, own_rating
from mingchuang.reviews.rules import is_bad
from mingchuang.visits.queries.cards import window_at


@unlisted
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Ask who was served how it was; who has said so reads it again."""
    if given := own_rating(code):
        shown: dict[str, object] = {"given": given, "is_bad": is_bad(given.grade)}
        return render(request, "reviews/thanks.html", shown)
    call, form = call_to_rate(code, at=now()), RatingForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            rate_visit(code, **form.cleaned_data, at=now())
            return redirect("reviews:rate", code)
    shown = {"form": form, "window": call.window, "number": call.visit.shown}
    status = 422 if form.errors else 200
    return render(request, "reviews/rate.html", shown, status=status)


def rate_window(request: HttpRequest, site: str, number: int) -> HttpResponse:
    """Ask anybody at a window: whose word it is cannot be known, and is not claimed."""
    window, form = window_at(site, number), NumberRatingForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            count(request, "rate", as_often_as="say")
            given = rate_number(window, **form.cleaned_data, at=now())
            return render(
                request, "reviews/thanks.html", {"given": given, "is_bad": is_bad(given.grade)}
            )
    shown = {"form": form, "window": window, "apart": True}
    return render(request, "reviews/rate.html", shown, status=422 if form.errors else 200)
