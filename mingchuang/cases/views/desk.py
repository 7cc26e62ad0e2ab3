"""The desk: inbox, case page, deeds, call-backs, confidential words."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_of, refusal_on
from mingchuang.base.qr import qr_svg
from mingchuang.cases.actions import callbacks, dispatch, intake, pleas, privacy
from mingchuang.cases.forms import desk as f
from mingchuang.cases.forms.public import ConfirmForm, CounterForm, new_key
from mingchuang.cases.queries import lists
from mingchuang.cases.queries.casefile import CaseFile, case_file, photo_for
from mingchuang.cases.queries.desk import desk_unit, plea_seen_by, submission_in
from mingchuang.cases.queries.receipts import code_of
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.views.deeds import BY_NAME, DEEDS, Deed
from mingchuang.cases.views.receipt import receipt_path, send_photo
from mingchuang.cases.words import KINDS, label
from mingchuang.hall.queries import work_calendar
from mingchuang.people.http import PersonRequest, holds, staff_required
from mingchuang.people.rules.roles import Role
from mingchuang.people.words import REVEAL_REASONS

VIEWS = {
    "due": _("先到期的"),
    "mine": _("我的"),
    "new": _("待受理"),
    "dispatch": _("待派单"),
    "callback": _("待回访"),
    "paused": _("已挂起"),
    "done": _("已办结"),
    "all": _("全部"),
}


def views_with_counts(counts: Mapping[str, int]) -> list[dict[str, object]]:
    return [
        {"name": name, "label": words, "count": counts.get(name)} for name, words in VIEWS.items()
    ]


@staff_required
@require_GET
def inbox(request: PersonRequest) -> HttpResponse:
    asked = f.InboxForm(request.GET)
    wanted = lists.Wanted(**asked.cleaned_data) if asked.is_valid() else lists.Wanted()
    view = request.GET.get("view", "due")
    cases = lists.inbox(request.user, view=view, wanted=wanted, now=now())
    shown = {
        "page": page_of(request, cases),
        "form": asked,
        "filtered": wanted.is_filtered,
        "view": view,
        "views": views_with_counts(lists.inbox_counts(request.user)),
        "pleas": lists.open_pleas(request.user)[:20],
        "calendar": work_calendar(),
        "now": now(),
        "here": "inbox",
    }
    return render(request, "cases/inbox.html", shown)


@staff_required
@require_GET
def show(request: PersonRequest, number: str) -> HttpResponse:
    return _case_page(request, case_file(request.user, number))


def _case_page(request: PersonRequest, file: CaseFile) -> HttpResponse:
    offered = [deed for deed in DEEDS if deed.is_offered(file)]
    shown = {
        "file": file,
        "case": file.case,
        "at_once": [deed for deed in offered if deed.form is ConfirmForm],
        "with_form": [deed for deed in offered if deed.form is not ConfirmForm],
        "may_decide": Duty.DECIDE in file.duties,
        "may_dispatch": Duty.DISPATCH in file.duties,
        "keyed": [deed for deed in offered if deed.key],
        "reveal_reasons": REVEAL_REASONS.items(),
        "calendar": work_calendar(),
        "now": now(),
        "here": "inbox",
    }
    return render(request, "cases/case.html", shown)


@staff_required
def deed(request: PersonRequest, number: str, name: str) -> HttpResponse:
    """Show the form of one deed, or do it. What is not offered now is refused in words."""
    wanted = BY_NAME.get(name)
    file = case_file(request.user, number)
    if wanted is None or wanted.duty not in file.duties:
        raise NotFound
    form = wanted.form(request.POST or None, initial=_initial(wanted, file))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            wanted.run(number, form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("%(deed)s：已办好，记入台账。") % {"deed": wanted.label})
            return _back_to(request, number)
    return _form_page(request, file, wanted, form)


def _back_to(request: PersonRequest, number: str) -> HttpResponse:
    """Go back to the case; to the inbox where one's own deed took it out of sight."""
    try:
        case_file(request.user, number)
    except NotFound:
        return redirect("cases:inbox")
    return redirect("cases:case", number)


def _initial(wanted: Deed, file: CaseFile) -> dict[str, object]:
    case = file.case
    return {"title": case.title, "place": case.place, "headline": case.title, "kind": case.kind}


def _form_page(
    request: PersonRequest, file: CaseFile, wanted: Deed, form: forms.Form
) -> HttpResponse:
    shown = {"file": file, "case": file.case, "deed": wanted, "form": form, "now": now()}
    return render(request, "cases/deed.html", shown, status=422 if form.errors else 200)


@staff_required
def plea(request: PersonRequest, pk: int) -> HttpResponse:
    """Decide what a colleague asked: extension, pause, type, return."""
    asked = plea_seen_by(request.user, pk)
    returning = asked.what == "return"
    form = (f.DecideReturnForm if returning else f.DecideForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            decide = dispatch.decide_return if returning else pleas.decide_plea
            decide(pk, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已审核，记入台账。"))
            return _back_to(request, asked.case.number)
    shown = {"plea": asked, "case": asked.case, "form": form, "new_kind": label(KINDS, asked.kind)}
    return render(request, "cases/plea.html", shown, status=422 if form.errors else 200)


@holds(Role.RECEPTION, Role.DISPATCHER)
def take_in(request: PersonRequest) -> HttpResponse:
    """Take in what somebody says at the counter or on the phone."""
    form = CounterForm(request.POST or None, request.FILES or None, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            said = intake.receive_submission(
                form.said(), unit=desk_unit(request.user), at=now(), taken_by=request.user
            )
            messages.success(request, _("已登记。请把回执交给诉求人。"))
            return redirect("cases:slip", said.number)
    return render(
        request,
        "cases/take_in.html",
        {"form": form, "here": "take_in"},
        status=422 if form.errors else 200,
    )


@staff_required
@require_GET
def slip(request: PersonRequest, number: str) -> HttpResponse:
    """The printed receipt for somebody who spoke to staff; only who took it in may print it."""
    submission = submission_in(request.user, number, duty=Duty.RECEIVE)
    if submission.taken_by_id != request.user.pk:
        raise NotFound
    link = request.build_absolute_uri(receipt_path(submission))
    shown = {"submission": submission, "code": code_of(submission), "qr": qr_svg(link)}
    return render(request, "cases/slip.html", shown)


@holds(Role.CALLBACK)
@require_GET
def callback_list(request: PersonRequest) -> HttpResponse:
    shown = {
        "page": page_of(request, lists.callback_list(request.user)),
        "ready": lists.ready_to_archive(request.user)[:50],
        "now": now(),
        "here": "callbacks",
    }
    return render(request, "cases/callbacks.html", shown)


@holds(Role.CALLBACK)
def callback(request: PersonRequest, number: str) -> HttpResponse:
    """One call: the script, the answer, two questions kept apart."""
    submission = submission_in(request.user, number, duty=Duty.CALL_BACK)
    form = f.CallbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            callbacks.record_callback(number, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("回访已记下。"))
            return redirect("cases:callbacks")
    shown = {
        "submission": submission,
        "case": submission.case,
        "reply": submission.case.replies.order_by("-round").first(),
        "calls": submission.callbacks.filter(round=submission.case.round).order_by("at"),
        "form": form,
    }
    return render(request, "cases/callback.html", shown, status=422 if form.errors else 200)


@staff_required
@require_POST
def reveal(request: PersonRequest, number: str) -> HttpResponse:
    """Show who is behind a submission, once, and write down that it was shown."""
    form = f.RevealForm(request.POST)
    if not form.is_valid():
        raise NotFound
    requester = privacy.reveal_identity(
        number, reason=form.cleaned_data["reason"], by=request.user, at=now()
    )
    submission = submission_in(request.user, number)
    shown = {"requester": requester, "submission": submission, "case": submission.case}
    return render(request, "cases/revealed.html", shown)


@holds(Role.DISPATCHER)
def redact(request: PersonRequest, number: str) -> HttpResponse:
    """Compare the sealed original with the copy for the unit, and settle the copy."""
    submission = submission_in(request.user, number, duty=Duty.DISPATCH)
    if not submission.confidential:
        raise NotFound
    if request.method != "POST":
        privacy.read_original(number, reason="redact", by=request.user, at=now())
    case = submission.case
    start = {"title": case.title, "place": case.place, "text": submission.text}
    form = f.RedactForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            privacy.redact_submission(number, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已核对。承办单位只会看到这份文字。"))
            return redirect("cases:case", case.number)
    shown = {"submission": submission, "case": case, "form": form}
    return render(request, "cases/redact.html", shown, status=422 if form.errors else 200)


@holds(Role.DISPATCHER)
def redact_remark(request: PersonRequest, number: str, pk: int) -> HttpResponse:
    """The same for something the requester added later."""
    submission = submission_in(request.user, number, duty=Duty.DISPATCH)
    remark = submission.remarks.filter(pk=pk).first()
    if remark is None:
        raise NotFound
    form = f.RemarkRedactForm(request.POST or None, initial={"text": remark.text})
    if request.method == "POST" and form.is_valid():
        privacy.redact_remark(number, pk, form.cleaned_data["text"], by=request.user, at=now())
        messages.success(request, _("已核对。承办单位只会看到这份文字。"))
        return redirect("cases:case", submission.case.number)
    if request.method != "POST":
        privacy.read_original(number, reason="redact", by=request.user, at=now())
    shown = {"submission": submission, "case": submission.case, "remark": remark, "form": form}
    return render(request, "cases/redact.html", shown, status=422 if form.errors else 200)


@holds(Role.DISPATCHER)
@require_POST
def clear_photo(request: PersonRequest, number: str, pk: int) -> HttpResponse:
    photo = privacy.clear_photo(number, pk, by=request.user, at=now())
    return redirect("cases:case", photo.submission.case.number)


@staff_required
@require_GET
def photo(request: PersonRequest, pk: int) -> FileResponse:
    return send_photo(photo_for(request.user, pk))
