"""The public pages: the front door, saying something, the answers."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from mingchuang.base.http import page_ahead, refusal_on, sent
from mingchuang.base.once import new_key
from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.errors import OfferOver
from mingchuang.cases.forms.offers import offer
from mingchuang.cases.forms.public import AnswersForm, SayForm
from mingchuang.cases.queries import lists
from mingchuang.cases.queries.finding import found_answers
from mingchuang.cases.queries.neighbours import Neighbour, neighbours, offer_is_over
from mingchuang.cases.views.limits import may_send
from mingchuang.cases.views.receipt import receipt_path
from mingchuang.hall.queries import notices_on
from mingchuang.hall.rules.kinds import Kind
from mingchuang.people.queries import root_unit

if TYPE_CHECKING:
    from mingchuang.people.models import Unit


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    shown = {
        "answers": lists.public_answers()[:3],
        "figures": lists.due_figures(now()),
        "notices": notices_on(localdate())[:3],
        "town": settings.TOWN,
    }
    return render(request, "cases/home.html", shown)


def say(request: HttpRequest) -> HttpResponse:
    """Take in what somebody says. Refused or faulty, the form comes back filled in. Thanks are no
    matter to be answered: they are sent on, as they were written, to where they are registered."""
    if request.POST.get("kind") == Kind.PRAISE:
        return redirect("reviews:say_thanks", preserve_request=True)
    start = {"key": new_key(), "kind": request.GET.get("kind", "other")}
    start["place"] = request.GET.get("place", "")[:100]
    form = SayForm(sent(request), request.FILES or None, initial=start)
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            unit = root_unit()
            if others := _asked_before(form, unit):
                return render(request, "cases/say.html", {"form": form, "neighbours": others})
            _refuse_what_is_over(form, unit)
            submission = receive_submission(form.said(), unit=unit, at=now())
            return redirect(receipt_path(submission))
    if form.errors:
        form.renew_key()
    return render(request, "cases/say.html", {"form": form}, status=422 if form.errors else 200)


def _refuse_what_is_over(form: SayForm, unit: "Unit") -> None:
    if offer_is_over(form.said(), unit, stands=form.offer_stands, at=now()):
        form.ask_anew()
        raise OfferOver


def _asked_before(form: SayForm, unit: "Unit") -> list[tuple[str, Neighbour]]:
    """Return what neighbours said that is likely the same, each with the offer to join; nothing
    once that was asked."""
    if form.was_asked:
        return []
    found = neighbours(form.said(), unit, at=now())
    return [(offer(one.case.pk), one) for one in found]


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """What was answered, newest first; words narrow it to what is about them."""
    form = AnswersForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    page = page_ahead(request, found_answers(words), size=20)
    shown = {"page": page, "form": form, "words": words}
    return render(request, "cases/answers.html", shown, status=200 if form.is_valid() else 422)
