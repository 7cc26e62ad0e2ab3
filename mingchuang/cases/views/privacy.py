"""Who speaks, and the words that give it away: shown to few, and each look is recorded."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent, sent_from
from mingchuang.cases.actions import privacy
from mingchuang.cases.forms import desk as f
from mingchuang.cases.queries.desk import submission_in
from mingchuang.cases.queries.photos import photo_for
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.views.receipt import send_photo
from mingchuang.people.http import PersonRequest, holds, staff_required
from mingchuang.people.rules.roles import Role


@staff_required
@sent_from("case", "number")
def reveal(request: PersonRequest, number: str) -> HttpResponse:
    """Show who is behind a submission, once, and write down that it was shown."""
    form = f.RevealForm(request.POST)
    if not form.is_valid():
        raise NotFound
    submission = privacy.look_behind(
        number, reason=form.cleaned_data["reason"], by=request.user, at=now()
    )
    shown = {"requester": submission.requester, "submission": submission, "case": submission.case}
    return render(request, "cases/revealed.html", shown)


@holds(Role.DISPATCHER)
def redact(request: PersonRequest, number: str) -> HttpResponse:
    """Compare the sealed original with the copy for the unit, and settle the copy."""
    submission = submission_in(request.user, number, duty=Duty.DISPATCH)
    if not submission.confidential or submission.is_erased:
        raise NotFound
    case = submission.case
    start = {"title": case.title, "place": case.place, "text": submission.text}
    form = f.RedactForm(sent(request), initial=start)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            privacy.redact_submission(number, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已核对。承办单位只会看到这份文字。"))
            return redirect("cases:case", case.number)
    privacy.read_original(number, reason="redact", by=request.user, at=now())
    shown = {"submission": submission, "case": case, "form": form}
    return render(request, "cases/redact.html", shown, status=422 if form.errors else 200)


@holds(Role.DISPATCHER)
def redact_remark(request: PersonRequest, number: str, pk: int) -> HttpResponse:
    """The same for something the requester added later."""
    submission = submission_in(request.user, number, duty=Duty.DISPATCH)
    remark = submission.remarks.filter(pk=pk).first()
    if remark is None or remark.is_erased:
        raise NotFound
    form = f.RemarkRedactForm(sent(request), initial={"text": remark.text})
    if request.method == "POST" and form.is_valid():
        privacy.redact_remark(number, pk, form.cleaned_data["text"], by=request.user, at=now())
        messages.success(request, _("已核对。承办单位只会看到这份文字。"))
        return redirect("cases:case", submission.case.number)
    privacy.read_original(number, reason="redact", by=request.user, at=now())
    shown = {"submission": submission, "case": submission.case, "remark": remark, "form": form}
    return render(request, "cases/redact.html", shown, status=422 if form.errors else 200)


@holds(Role.DISPATCHER)
@require_POST
def clear_photo(request: PersonRequest, number: str, pk: int) -> HttpResponse:
    photo = privacy.clear_photo(number, pk, by=request.user, at=now())
    return redirect("cases:case", photo.submission.case.number)


@staff_required
@require_safe
def photo(request: PersonRequest, pk: int) -> FileResponse:
    return send_photo(photo_for(request.user, pk).path)
