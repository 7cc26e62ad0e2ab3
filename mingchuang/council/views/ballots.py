"""Owners' ballots for who runs them: called, watched, papers entered, closed, published."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.base.typing import Text
from mingchuang.cases.actions.once import do_once
from mingchuang.council.actions import ballots as actions
from mingchuang.council.actions import votes
from mingchuang.council.forms.ballots import CallForm, PaperForm, ReasonForm, RevokeForm
from mingchuang.council.forms.steps import ConfirmForm
from mingchuang.council.queries.ballots import ballot_for, counted_of, papers_of, progress_of
from mingchuang.council.queries.flats import register_of
from mingchuang.council.queries.pictures import may_look
from mingchuang.council.queries.topics import READERS, convenes, topic_convened_by
from mingchuang.council.rules.ballot import papers_may_be_read
from mingchuang.council.rules.polling import (
    BallotState,
    may_close,
    may_step,
    takes_papers,
    takes_votes,
)
from mingchuang.council.views.asked import form_in_row, form_of, sent_form
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

if TYPE_CHECKING:
    from mingchuang.council.models import OwnersBallot, Paper, Topic

HERE = {"here": "council"}


class BallotDeed(NamedTuple):
    """A step of the life table with its button."""

    verb: str
    label: Text
    run: Callable[..., object]
    form: type[forms.Form] = ConfirmForm


DEEDS: Mapping[str, BallotDeed] = {
    "close": BallotDeed(
        "ballot.closed", pgettext_lazy("ballot", "截止并计票"), actions.close_ballot
    ),
    "publish": BallotDeed(
        "ballot.published", pgettext_lazy("ballot", "公布结果"), actions.publish_ballot
    ),
    "revoke": BallotDeed(
        "ballot.revoked",
        pgettext_lazy("ballot", "撤销这次表决"),
        actions.revoke_ballot,
        RevokeForm,
    ),
}


@holds(Role.CONVENOR)
def call_ballot(request: PersonRequest, number: str) -> HttpResponse:
    """Put a question to all owners of the register."""
    topic = topic_convened_by(request.user, number)
    form = CallForm(sent(request), initial={"key": new_key(), "opens_at": now()})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            key = form.cleaned_data["key"]
            made = actions.call_ballot(number, form.called(), key=key, by=request.user, at=now())
            messages.success(request, _("表决已发起，每位业主一张票。"))
            return redirect("council:ballot", number, made.number)
    shown = {**HERE, "topic": topic, "form": form, "register": register_of(topic)}
    return render(request, "council/call_ballot.html", shown, status=422 if form.errors else 200)


@holds(*READERS)
@require_safe
def ballot(request: PersonRequest, number: str, n: int) -> HttpResponse:
    return _page(request, ballot_for(request.user, number, n))


def _page(
    request: PersonRequest, found: "OwnersBallot", *, form: forms.Form | None = None
) -> HttpResponse:
    """How it stands now, what may be done, and every paper."""
    may_act, state = convenes(request.user, found.topic), BallotState(found.state)
    is_open = takes_votes(state, found.opens_at, found.closes_at, now())
    may_enter = may_act and takes_papers(state, found.opens_at, now())
    progress, rows = progress_of(found), _rows(found, form, may_enter=may_enter)
    wait = set() if may_close(found.closes_at, now(), out=progress.out) else {"close"}
    deeds = [one for one in DEEDS.items() if may_act and one[0] not in wait]
    shown = {
        **HERE,
        "topic": found.topic,
        "ballot": found,
        "progress": counted_of(found) if found.result else progress,
        "bars": progress.bars if found.result else progress.taking_part,
        "papers": rows,
        "may_read": bool(found.result) and papers_may_be_read(_by_link(rows)),
        "may_look": may_look(request.user, found.topic),
        "is_open": is_open,
        "may_enter": may_enter,
        "is_late": may_enter and not is_open,
        "may_print": may_act and state == BallotState.CALLED,
        "form": form,
        "entering": form if isinstance(form, PaperForm) else PaperForm(),
        "deeds": [
            (name, d, form_of(name, d.form, form)) for name, d in deeds if may_step(state, d.verb)
        ],
    }
    return render(request, "council/ballot.html", shown, status=422 if form else 200)


def _rows(
    found: "OwnersBallot", came: forms.Form | None, *, may_enter: bool
) -> "list[tuple[Paper, forms.Form | None]]":
    """Return the paper of each owner, with what is asked of who takes back what was entered."""
    papers: Any = papers_of(found)
    entered = {one.pk for one in papers if may_enter and any(vote.by_id for vote in one.counted)}
    return [
        (one, form_in_row(_taking_back(one.owner.number), ReasonForm, came, may=one.pk in entered))
        for one in papers
    ]


def _by_link(rows: "list[tuple[Paper, forms.Form | None]]") -> int:
    return sum(not vote.by_id for one, _asked in rows for vote in vars(one)["counted"])


def _taking_back(owner: int) -> str:
    return f"back-{owner}"


@holds(Role.CONVENOR)
@sent_from("ballot", "number", "n")
def ballot_deed(request: PersonRequest, number: str, n: int, name: str) -> HttpResponse:
    """Take one step; what is not the next step any more is refused in words, on the page."""
    if (deed := DEEDS.get(name)) is None:
        raise NotFound
    form = sent_form(request, name, deed.form)
    return _done(request, topic_convened_by(request.user, number), n, form, deed.run)


@holds(Role.CONVENOR)
@sent_from("ballot", "number", "n")
def enter_vote(request: PersonRequest, number: str, n: int) -> HttpResponse:
    """Write down a paper and be ready for the next."""
    topic, form = topic_convened_by(request.user, number), PaperForm(sent(request), request.FILES)
    return _done(request, topic, n, form, votes.enter_vote)


@holds(Role.CONVENOR)
@sent_from("ballot", "number", "n")
def take_back(request: PersonRequest, number: str, n: int, owner: int) -> HttpResponse:
    """Take back a paper that was entered wrongly."""
    topic = topic_convened_by(request.user, number)
    form = sent_form(request, _taking_back(owner), ReasonForm)

    def run(number: str, n: int, reason: str, **who: Any) -> object:
        return votes.take_back_vote(number, n, owner, reason, **who)

    return _done(request, topic, n, form, run)


def _done(
    request: PersonRequest, topic: "Topic", n: int, form: forms.Form, run: Callable[..., object]
) -> HttpResponse:
    """Do once what a form asks, or show the page with what is wrong."""
    found, at = ballot_for(request.user, topic.number, n), now()
    if form.is_valid():
        with refusal_on(form):
            do_once(
                lambda: run(topic.number, n, *_given(form), by=request.user, at=at),
                **sent_once(request),
                at=at,
            )
            messages.success(request, _("已记下。"))
            return redirect("council:ballot", topic.number, n)
    return _page(request, found, form=form)


def _given(form: forms.Form) -> tuple[object, ...]:
    return (form.on_paper(),) if isinstance(form, PaperForm) else tuple(form.cleaned_data.values())


@holds(Role.CONVENOR)
@sent_from("ballot", "number", "n")
def papers(request: PersonRequest, number: str, n: int) -> HttpResponse:
    """The papers for print, each with the link of its owner: that they were printed is written
    down."""
    found = actions.print_papers(number, n, by=request.user, at=now())
    only = request.POST.get("owner", "")
    some = [p for p in papers_of(found) if not only or str(p.owner.number) == only]
    links = [request.build_absolute_uri(_way(paper.owner.code)) for paper in some]
    sheets = [(paper, link, qr_svg(link)) for paper, link in zip(some, links, strict=True)]
    shown = {**HERE, "ballot": found, "topic": found.topic, "sheets": sheets}
    return render(request, "council/papers.html", shown)


def _way(code: str) -> str:
    return reverse("council:owner", args=[code])


@holds(*READERS)
@require_safe
def sign_list(request: PersonRequest, number: str, n: int) -> HttpResponse:
    """The list on which owners sign that they got their paper, for print."""
    found = ballot_for(request.user, number, n)
    shown = {**HERE, "ballot": found, "topic": found.topic, "papers": papers_of(found)}
    return render(request, "council/sign_list.html", shown)
