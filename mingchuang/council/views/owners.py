"""An owner's own page, by their link: the question, their vote, what they carry and have paid."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.http import refusal_on, sent, sent_from
from mingchuang.cases.views.limits import count, unlisted
from mingchuang.council.actions import money, votes
from mingchuang.council.forms.ballots import ChoiceForm
from mingchuang.council.queries.ballots import votings_of
from mingchuang.council.queries.costs import standings_of_owner, with_pledges
from mingchuang.council.queries.flats import owner_of


@unlisted
@require_safe
def owner(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, code)


def _page(
    request: HttpRequest, code: str, *, form: ChoiceForm | None = None, n: int = 0
) -> HttpResponse:
    found = owner_of(code)
    flats = list(found.flats.counted())
    votings = [
        (one, form if form and one.ballot.number == n else _asking(one.ballot.number))
        for one in votings_of(found, now=now())
    ]
    shown = {
        "owner": found,
        "topic": found.topic,
        "flats": flats,
        "area": sum(flat.area for flat in flats),
        "votings": votings,
        "standings": list(with_pledges(standings_of_owner(found))),
        "form": form,
    }
    return render(request, "council/owner.html", shown, status=422 if form else 200)


def _asking(n: int) -> ChoiceForm:
    return ChoiceForm(auto_id=f"ballot-{n}-%s")


@unlisted
@sent_from("owner", "code")
def vote(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """Vote, or vote otherwise as long as the ballot runs."""
    count(request, "say")
    form = ChoiceForm(sent(request), auto_id=f"ballot-{n}-%s")
    if form.is_valid():
        with refusal_on(form):
            votes.cast_vote(code, n, form.cleaned_data["choice"], at=now())
            messages.success(request, _("已收到您的表决。截止以前还可以改。"))
            return redirect("council:owner", code)
    return _page(request, code, form=form, n=n)


@unlisted
@sent_from("owner", "code")
def pledge(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """Say that one will pay; no money moves."""
    count(request, "say")
    money.pledge_shares(code, n, at=now())
    messages.success(request, _("已登记您愿意交。请凭收据把钱交给收款人，本网站不收钱。"))
    return redirect("council:owner", code)
