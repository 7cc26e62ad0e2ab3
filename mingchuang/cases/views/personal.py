"""What is held of a person: on their receipt, and at the desk where their asking is answered."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.http import page_of, refusal_on, sent, sent_once
from mingchuang.cases import shelf
from mingchuang.cases.actions import personal
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.forms import personal as f
from mingchuang.cases.queries.holdings import Held, facts_of, looks_at, name_of
from mingchuang.cases.queries.keeping import overdue, terms
from mingchuang.cases.queries.personal import (
    asked_about,
    is_forgotten,
    kept_for,
    privacy_list,
    privacy_plea_for,
    private_submission,
    reach_of,
)
from mingchuang.cases.queries.receipts import submission_for, title_of
from mingchuang.cases.rules.keeping import next_month
from mingchuang.cases.rules.parcel import parcel_of
from mingchuang.cases.views.limits import count, guarded, may_send, unlisted
from mingchuang.cases.views.receipt import receipt_path
from mingchuang.ledger.rules.canonical import canonical
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

DECIDERS = (Role.DISPATCHER, Role.SUPERVISOR)


@unlisted
@guarded
def mine(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Show the holder of a receipt what is held with it and who looked, and take what they ask."""
    submission = submission_for(number, code)
    form = f.OwnWishForm(sent(request))
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            deed = partial(personal.ask_as_holder, number, code, **form.cleaned_data, at=now())
            do_once(deed, **sent_once(request), at=now())
            messages.success(request, _("申请已收到。办理的进展写在下面，也写在回执里。"))
            return redirect("cases:mine", number, code)
    shown = {
        "submission": submission,
        "title": title_of(submission),
        "code": code,
        "held": facts_of(Held(submission, masked=True)),
        "looks": looks_at(submission),
        "asked": asked_about(submission),
        "kept": kept_for(submission),
        "is_forgotten": is_forgotten(submission),
        "form": form,
        "back": receipt_path(submission),
    }
    return render(request, "cases/mine.html", shown, status=422 if form.errors else 200)


@unlisted
@require_POST
@guarded
def own_copy(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Hand the holder of a receipt a copy; that it was taken is in the ledger."""
    count(request, "say")
    return _parcel(personal.hand_out_own(number, code, at=now()), number)


@holds(*DECIDERS)
@require_safe
def privacy_pleas(request: PersonRequest) -> HttpResponse:
    page = page_of(request, privacy_list(request.user))
    return render(request, "cases/privacy.html", {"page": page, "now": now(), "here": "privacy"})


@holds(*DECIDERS)
def ask(request: PersonRequest, number: str) -> HttpResponse:
    """Write down what somebody asks at the counter or on the phone."""
    submission = private_submission(request.user, number)
    form = f.WishForForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            given = {**form.cleaned_data, "by": request.user, "at": now()}
            do_once(
                partial(personal.ask_for_requester, number, **given),
                **sent_once(request),
                at=now(),
            )
            messages.success(request, _("已登记，记入台账。"))
            return redirect("cases:privacy")
    shown = {"submission": submission, "case": submission.case, "form": form, "here": "privacy"}
    return render(request, "cases/privacy_ask.html", shown, status=422 if form.errors else 200)


@holds(*DECIDERS)
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer what somebody asks about what is held of them."""
    plea = privacy_plea_for(request.user, pk)
    start = {"proof": plea.proof or ("receipt" if plea.reach == "this" else "")}
    kind = f.CorrectForm if plea.what == "correct" else f.DecideWishForm
    form = kind(sent(request), initial=start, reach=plea.reach)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            _decide(request, pk, form)
            messages.success(request, _("已办好，记入台账。"))
            return redirect("cases:privacy_plea", pk)
    shown = {
        "plea": plea,
        "case": plea.submission.case,
        "form": form,
        "reach": reach_of(plea, request.user),
        "copy_lies": personal.COPY_LIES.days,
        "now": now(),
        "here": "privacy",
    }
    return render(request, "cases/privacy_plea.html", shown, status=422 if form.errors else 200)


def _decide(request: PersonRequest, pk: int, form: f.DecideWishForm) -> None:
    given = form.cleaned_data
    if given["granted"]:
        personal.grant_privacy(pk, proof=given["proof"], **form.new, by=request.user, at=now())
    else:
        personal.refuse_privacy(pk, given["decision"], by=request.user, at=now())


@holds(*DECIDERS)
@require_POST
def copy(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand out the copy that was granted, to be given to the requester."""
    number = privacy_plea_for(request.user, pk).submission.number
    return _parcel(personal.hand_out(pk, by=request.user, at=now()), number)


@holds(Role.ADMINISTRATOR, Role.AUDITOR)
@require_safe
def keeping(request: PersonRequest) -> HttpResponse:
    """Show how long what is kept, and how much of it falls due by the end of the month."""
    by = next_month(localtime(now()))
    shown = {
        "lines": overdue(terms(), by),
        "by": by,
        "runs_itself": settings.RETAIN,
        "here": "keeping",
    }
    return render(request, "cases/keeping.html", shown)


def _parcel(held: list[Held], number: str) -> HttpResponse:
    """Send everything as one file that nobody on the way keeps."""
    files = {"data.json": canonical({"held": [facts_of(one) for one in held]})}
    for language, name in (("zh-hans", "个人信息.html"), ("en", "personal-data.html")):
        with override(language):
            shown = {"held": [facts_of(one) for one in held]}
            files[name] = render_to_string("cases/holdings.html", shown).encode()
    for one in held:
        for photo in one.photos:
            files |= _photo(name_of(one.submission, photo), photo.path)
    response = HttpResponse(parcel_of(files), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{number}.zip"'
    response["Cache-Control"] = "no-store"
    return response


def _photo(name: str, path: str) -> dict[str, bytes]:
    """Return the photo by its name in the parcel; one that is missing is the audit's to tell."""
    try:
        return {name: shelf.read(path)}
    except FileNotFoundError:
        return {}
