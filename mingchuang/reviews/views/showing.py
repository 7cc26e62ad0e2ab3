"""Good words are looked over and published, or taken down again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.http import refusal_on, sent, sent_from
from mingchuang.people.http import PersonRequest, holds
from mingchuang.reviews.actions.showing import publish_words, take_words_down
from mingchuang.reviews.forms.reviewing import ShowForm
from mingchuang.reviews.queries.raters import draft_of
from mingchuang.reviews.queries.showing import shown_of, words_for
from mingchuang.reviews.rules.offices import REVIEWERS, Duty


@holds(*REVIEWERS[Duty.VERIFY])
def words(request: PersonRequest, handle: str) -> HttpResponse:
    """Read good words once more, and settle what everybody reads of them."""
    rating = words_for(request.user, handle)
    draft = draft_of(rating)
    form = ShowForm(sent(request), stands={"shown": draft})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            publish_words(handle, form.cleaned_data["shown"], by=request.user, at=now())
            messages.success(request, _("已公开，写在评价的公开页面上。"))
            return redirect("reviews:written")
    shown = {"rating": rating, "draft": draft, "form": form, "showing": shown_of(rating)}
    status = 422 if form.errors else 200
    return render(request, "reviews/words.html", {**shown, "here": "ratings"}, status=status)


@holds(*REVIEWERS[Duty.VERIFY])
@sent_from("words", "handle")
def take_down(request: PersonRequest, handle: str) -> HttpResponse:
    """Take them off the public page."""
    take_words_down(handle, by=request.user, at=now())
    messages.success(request, _("已撤下，谁也看不到了。"))
    return redirect("reviews:words", handle)
