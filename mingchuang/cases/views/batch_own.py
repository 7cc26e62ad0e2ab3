"""The page of the company's clerk: a list to send, to mend and to follow, behind one link."""

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import called, page_ahead, refusal_on, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.actions import (
    batch_crossing_out,
    batch_items,
    batch_lists,
    batch_post,
    batches,
)
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.batching.reading import read_at_once
from mingchuang.cases.batching.template import each_explained
from mingchuang.cases.forms.batch_desk import ticked
from mingchuang.cases.forms.batch_mending import ClerkForm, MissedForm
from mingchuang.cases.forms.batches import HandInForm, OwnCrossOutForm, UploadForm
from mingchuang.cases.queries import batch_pages as pages
from mingchuang.cases.queries.batch_own import code_since, own_of, phone_of
from mingchuang.cases.queries.batch_papers import mended_of
from mingchuang.cases.queries.batch_pieces import marked_of, marked_pieces
from mingchuang.cases.queries.batch_post import Parcel, parcels_in
from mingchuang.cases.queries.batches import batch_of
from mingchuang.cases.rules.life import WAITING
from mingchuang.cases.views.limits import guarded, may_send, unlisted
from mingchuang.cases.workbook.tables import KINDS

if TYPE_CHECKING:
    from django import forms

    from mingchuang.cases.models import Batch

# So many people are named on one page: with twenty papers each, a form holds no more ticks.
NAMED = 40


@unlisted
@require_safe
@guarded
def show(request: HttpRequest, number: str, code: str) -> HttpResponse:
    batch, _said = batch_of(number, code)
    return _page(request, batch, code)


def _page(
    request: HttpRequest,
    batch: "Batch",
    code: str,
    *,
    form: "forms.Form | None" = None,
    missed: int = 0,
) -> HttpResponse:
    standing = pages.standing_of(batch)
    lacking = page_ahead(request, pages.who_lacks(batch), size=NAMED, by="lacking")
    declined = page_ahead(request, pages.declined_of(batch), size=NAMED, by="declined")
    link = request.build_absolute_uri(reverse("cases:receipt", args=[batch.number, code]))
    shown = {
        "batch": batch,
        "code": code,
        "qr": qr_svg(link),
        "phone": batch.contact_phone or phone_of(batch),
        "standing": standing,
        "own": own_of(standing),
        "parcels": _parcels(standing, form, missed),
        "lacking": pages.lacking_of(list(lacking)),
        "lacking_page": lacking,
        "declined": [pages.Listed(item) for item in declined],
        "declined_page": declined,
        "mended": mended_of(batch),
        "columns": each_explained(batch.column_list),
        "is_open": batch.case.state in WAITING,
        "form": form,
        "ticked": ticked(form, "paper"),
        "upload_form": UploadForm(initial={"key": new_key()}),
        "hand_in_form": form if isinstance(form, HandInForm) else HandInForm(),
        "clerk_form": form if isinstance(form, ClerkForm) else ClerkForm(auto_id="clerk-%s"),
        "out_form": form if isinstance(form, OwnCrossOutForm) else OwnCrossOutForm(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "cases/batches/own.html", shown, status=status)


def _parcels(
    standing: pages.Standing, form: "forms.Form | None", missed: int
) -> list[tuple[Parcel, "forms.Form"]]:
    """Return the parcels, each with the form that says it did not come, as it was sent."""
    return [
        (one, form if form and one.delivery.pk == missed else MissedForm(auto_id=_ids(one)))
        for one in parcels_in(standing)
    ]


def _ids(parcel: Parcel) -> str:
    return f"missed{parcel.delivery.pk}-%s"


@unlisted
@sent_from("own_batch", "number", "code")
@guarded
def upload(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Keep a workbook; a small one is read at once, a large one beside the pages."""
    batch, _said = batch_of(number, code)
    form = UploadForm(request.POST, request.FILES)
    if may_send(request, form) and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            parts, key = given["workbook"].chunks(), given["key"]
            kept = batch_lists.keep_upload(number, code, parts, key=key, at=now())
            read_at_once(kept, now)
            return redirect("cases:own_batch", number, code)
    return _page(request, batch, code, form=form)


@unlisted
@require_safe
@guarded
def marked(request: HttpRequest, number: str, code: str) -> HttpResponseBase:
    """The newest workbook with its faults written in it."""
    batch, _said = batch_of(number, code)
    upload = marked_of(batch)
    if upload is None:
        raise NotFound
    answer = StreamingHttpResponse(marked_pieces(upload), content_type=KINDS["xlsx"])
    return called(answer, f"{batch.number}-marked.xlsx")


@unlisted
@sent_from("own_batch", "number", "code")
@guarded
def hand_in(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Take in papers: photos of them, ticked for whom."""
    batch, _said = batch_of(number, code)
    form = HandInForm(request.POST, request.FILES)
    if may_send(request, form) and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            run = partial(batch_items.hand_in, number, code, given["paper"], given["photos"])
            do_once(partial(run, at=now()), **sent_once(request), at=now())
            messages.success(request, _("材料已收到。交齐的人接着办，不用再来说。"))
            return redirect("cases:own_batch", number, code)
    return _page(request, batch, code, form=form)


@unlisted
@sent_from("own_batch", "number", "code")
@guarded
def cross_out(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Take off the list who was written wrong or is there by mistake."""
    batch, _said = batch_of(number, code)
    form = OwnCrossOutForm(request.POST)
    if may_send(request, form) and form.is_valid():
        with refusal_on(form):
            given, at = form.cleaned_data, now()
            who = (number, code, given["places"], given["why_out"])
            do_once(partial(batch_crossing_out.cross_out, *who, at=at), **sent_once(request), at=at)
            messages.success(request, _("已划去。要更正的，请把改好的表报上来。"))
            return redirect("cases:own_batch", number, code)
    return _page(request, batch, code, form=form)


@unlisted
@sent_from("own_batch", "number", "code")
@guarded
def clerk(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The company names another clerk of hers, who reads the new link at once; sent twice, it
    leads to the same one. The link of the clerk before opens nothing any more."""
    form = ClerkForm(request.POST, auto_id="clerk-%s")
    if may_send(request, form) and form.is_valid():
        with refusal_on(form):
            given, at = form.cleaned_data, now()
            run = partial(batches.change_clerk, number, code, given["name"], given["phone"], at=at)
            done_at = do_once(run, **sent_once(request), at=at)
            if new := code_since(number, done_at):
                told = _("已换经办人。这一页的链接和查询码是新的，请马上保存；原来的已经作废。")
                messages.success(request, told)
                return redirect("cases:own_batch", number, new)
    batch, _said = batch_of(number, code)
    return _page(request, batch, code, form=form)


@unlisted
@sent_from("own_batch", "number", "code")
@guarded
def received(request: HttpRequest, number: str, code: str, pk: int) -> HttpResponse:
    """The company says that a parcel is there, or takes back that she said so."""
    back = "back" in request.POST
    say = batch_post.unconfirm_delivery if back else batch_post.confirm_delivery
    say(number, code, pk, at=now())
    messages.success(request, _("已撤回“收到”。") if back else _("谢谢，已记下您收到了这件快递。"))
    return redirect(f"{reverse('cases:own_batch', args=[number, code])}#parcels")


@unlisted
@sent_from("own_batch", "number", "code")
@guarded
def missed(request: HttpRequest, number: str, code: str, pk: int) -> HttpResponse:
    """The company says that a parcel did not come."""
    batch, _said = batch_of(number, code)
    form = MissedForm(request.POST, auto_id=f"missed{pk}-%s")
    if may_send(request, form) and form.is_valid():
        with refusal_on(form):
            said, at = form.cleaned_data["said"], now()
            run = partial(batch_post.miss_parcel, number, code, pk, said, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("已告诉专人，答复写在这件快递下面。"))
            return redirect(f"{reverse('cases:own_batch', args=[number, code])}#parcels")
    return _page(request, batch, code, form=form, missed=pk)
