"""Rating one's own visit or matter by its code, or a window by the number one had there today."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from mingchuang.base.http import refusal_on, sent, sent_once
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.views.limits import count, guarded, unlisted
from mingchuang.cases.views.receipt import receipt_path
from mingchuang.reviews.actions.keeping import forget_my_words
from mingchuang.reviews.actions.rating import complete_rating, rate_case, rate_number, rate_visit
from mingchuang.reviews.forms.rating import MoreForm, NumberRatingForm, RatingForm, grade_of
from mingchuang.reviews.queries.keeping import may_forget
from mingchuang.reviews.queries.rated import (
    Event,
    case_event,
    may_complete,
    may_follow_up,
    next_of,
    review_of,
    said_of,
    visit_event,
)
from mingchuang.reviews.queries.reviewing import must_not_be_of
from mingchuang.reviews.rules.life import State
from mingchuang.reviews.rules.ratings import Origin, is_bad
from mingchuang.reviews.words.tables import GRADES
from mingchuang.reviews.words.tags import tag_words
from mingchuang.visits.queries.cards import window_at

if TYPE_CHECKING:
    from mingchuang.reviews.models import Review

Give = Callable[..., object]


@unlisted
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Ask who was served how it was; who has said so reads what became of it."""
    return _own(request, visit_event(code), partial(rate_visit, code))


@unlisted
@guarded
def rate_matter(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Ask who holds a receipt how their matter was dealt with, once it has ended."""
    return _own(request, case_event(number, code), partial(rate_case, number, code))


def _own(request: HttpRequest, event: Event, give: Give) -> HttpResponse:
    must_not_be_of(request.user, event)
    said = said_of(event)
    if said and request.method == "POST" and "forget" in request.POST:
        forget_my_words(event, at=now())
        return redirect(request.path)
    if said and "again" not in request.GET:
        return _more(request, event) if may_complete(event, at=now()) else _said(request, event)
    next_of(event, Origin.CITIZEN, at=now())
    grade = grade_of(request.POST.get("grade") or request.GET.get("grade"))
    form = RatingForm(sent(request), grade=grade, asks_phone=not said)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            give(**form.cleaned_data, at=now())
            return redirect(request.path)
    shown = {"form": form, "grade": grade, "event": event, "is_again": bool(said)}
    shown["after_slip"] = bool(said and (review := review_of(said[0])) and review.is_slip)
    return _asked(request, shown)


def _asked(request: HttpRequest, shown: dict[str, object]) -> HttpResponse:
    """Ask for the grade first, then for the rest: one question at a time, without a script."""
    form = shown["form"]
    faulty = isinstance(form, RatingForm) and bool(form.errors)
    shown |= {"grades": GRADES, "asks_grade": not shown["grade"] and not faulty}
    return render(request, "reviews/rate.html", shown, status=422 if faulty else 200)


def _more(request: HttpRequest, event: Event) -> HttpResponse:
    """Let who tapped at the machine say more, once, beside what they said."""
    more = "more" in request.POST
    form = MoreForm(request.POST if more else None, grade=said_of(event)[0].grade)
    if more and form.is_valid():
        with refusal_on(form):
            complete_rating(event, **form.cleaned_data, at=now())
            return redirect(request.path)
    return _said(request, event, form=form)


def _said(request: HttpRequest, event: Event, *, form: MoreForm | None = None) -> HttpResponse:
    """Show what was said, and what became of it where it was bad."""
    said = said_of(event)
    reviews = [review for one in said if (review := review_of(one))]
    became = [one for one in reviews if one.state != State.WAITING]
    shown = {
        "said": [(one, tag_words(one.tags_version, one.tags)) for one in said],
        "form": form,
        "is_bad": is_bad(said[0].grade),
        "became": [(one, _receipt_of(one)) for one in became],
        "is_waiting": len(became) < len(reviews),
        "may_forget": may_forget(said),
        "may_follow_up": bool(reviews and len(said) == 1 and may_follow_up(reviews[0], at=now())),
    }
    status = 422 if form and form.errors else 200
    return render(request, "reviews/said.html", shown, status=status)


def _receipt_of(review: "Review") -> str:
    return receipt_path(review.rectification) if review.rectification else ""


def rate_window(request: HttpRequest, site: str, number: int) -> HttpResponse:
    """Ask anybody at a window: whose word it is cannot be known, and is not claimed."""
    window = window_at(site, number)
    if said := grade_of(request.GET.get("said")):
        return render(request, "reviews/said.html", _thanks(said))
    grade = grade_of(request.POST.get("grade") or request.GET.get("grade"))
    form = NumberRatingForm(sent(request), grade=grade)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            count(request, "rate", as_often_as="say")
            rate = partial(rate_number, window, **form.cleaned_data, at=now())
            do_once(rate, **sent_once(request), at=now())
            return redirect(f"{request.path}?said={form.cleaned_data['grade']}")
    return _asked(request, {"form": form, "grade": grade, "window": window})


def _thanks(grade: int) -> dict[str, object]:
    """Thank who rated at a window: the page says the grade alone, since anybody may open it."""
    word = dict(GRADES)[grade]
    return {"is_bad": is_bad(grade), "is_looked_into": is_bad(grade), "grade": grade, "word": word}
