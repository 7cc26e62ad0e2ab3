"""What everybody may read of what a council decided, and where anybody objects."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.views.limits import guarded, may_send, unlisted
from mingchuang.cases.views.receipt import send_photo
from mingchuang.council.actions.objecting import Against, object_to
from mingchuang.council.forms.decisions import ObjectForm
from mingchuang.council.minutes_file import KIND, Standing
from mingchuang.council.minutes_file import minutes_file as file_of
from mingchuang.council.queries.closing import why_undone
from mingchuang.council.queries.decisions import (
    decision_of,
    objection_with,
    published_decision,
)
from mingchuang.council.queries.kept import last_entry, objections_to, promises_of
from mingchuang.council.queries.minutes import (
    minutes_of,
    minutes_shown_to,
    photos_of,
    record_of,
    shot_of,
)
from mingchuang.council.queries.sharing import sharing_in
from mingchuang.council.queries.sittings import sittings_of
from mingchuang.council.queries.topics import public_topic
from mingchuang.council.rules.lottery.terms import MONTHS
from mingchuang.council.rules.notice import is_running
from mingchuang.council.views.standing import ended_as
from mingchuang.council.views.years import years_chart
from mingchuang.ledger.queries import receipt_for

if TYPE_CHECKING:
    from mingchuang.council.models import Minutes


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of order on one page, for the wall."""
    return render(request, "council/rules.html")


@require_safe
def minutes(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """Minutes everybody may read once they are frozen, and staff before; made for print."""
    written = minutes_shown_to(request.user, number, n)
    sitting, stands = written.sitting, _standing(written)
    frozen = last_entry(written.subject, "minutes.frozen")
    shown = {
        "topic": sitting.topic,
        "sitting": sitting,
        "written": written,
        "record": record_of(written),
        "decision": stands.decision,
        "objections": stands.objections,
        "sealed": frozen.index if frozen else None,
    }
    return render(request, "council/minutes.html", shown)


def _standing(written: "Minutes") -> Standing:
    decision = decision_of(written.sitting.topic)
    return Standing(written, decision, decision.objections.count() if decision else 0)


@require_safe
def minutes_file(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """The minutes as a Word file."""
    written = minutes_shown_to(request.user, number, n)
    file = file_of(record_of(written), photos_of(written), _standing(written))
    answer = HttpResponse(file, content_type=KIND)
    answer["Content-Disposition"] = f'attachment; filename="{number}-{n}.docx"'
    return answer


@require_safe
def minutes_text(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """The very text that was frozen: whoever hashes it finds what stands in the ledger."""
    written = minutes_shown_to(request.user, number, n)
    if not written.is_frozen:
        raise NotFound
    answer = HttpResponse(written.body.encode(), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{number}-{n}.json"'
    return answer


@require_safe
def shot(request: HttpRequest, number: str, n: int, which: int) -> FileResponse:
    """A photo of minutes, for whoever may read them."""
    return send_photo(shot_of(minutes_shown_to(request.user, number, n), which).picture.path)


@require_safe
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """What was decided, who owes what by when, how it was kept, what was said against it."""
    found = published_decision(number)
    shown = {
        "topic": found.topic,
        "decision": found,
        "written": minutes_of(found.sitting),
        "promises": promises_of(found),
        "objections": objections_to(found),
        "undone": ended_as(found.topic) if why_undone(found.topic) else None,
        "is_running": is_running(found.until, localdate()),
        "recorded": last_entry(found.subject, "decision.recorded"),
        "posted": last_entry(found.subject, "decision.published"),
    }
    return render(request, "council/decision.html", shown)


def object_now(request: HttpRequest, number: str) -> HttpResponse:
    """Say what one has against a decision, with a name or without."""
    found = published_decision(number)
    form = ObjectForm(sent(request), initial={"key": new_key()})
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            said = Against(given["text"], given["name"], given["phone"])
            made = object_to(number, said, key=given["key"], at=now())
            messages.success(request, _("收到了。请留好这个页面，答复会写在这里。"))
            return redirect("council:objection", made.code)
    shown = {"topic": found.topic, "decision": found, "form": form}
    shown["is_running"] = is_running(found.until, localdate())
    return render(request, "council/object.html", shown, status=422 if form.errors else 200)


@unlisted
@require_safe
@guarded
def objection(request: HttpRequest, code: str) -> HttpResponse:
    """How an objection stands, for who holds its code."""
    found = objection_with(code)
    link = request.build_absolute_uri(request.path)
    shown = {"objection": found, "topic": found.decision.topic, "link": link, "qr": qr_svg(link)}
    return render(request, "council/objection.html", shown)


@unlisted
@require_safe
@guarded
def objection_proof(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt of an objection as a file that anybody can verify without us."""
    found = objection_with(code)
    form = {"ensure_ascii": False, "indent": 1}
    answer = JsonResponse(receipt_for(found.entry).as_json(), json_dumps_params=form)
    answer["Content-Disposition"] = f'attachment; filename="objection-{found.number}.json"'
    return answer


@require_safe
def sharing(request: HttpRequest) -> HttpResponse:
    """How widely the sittings are shared among the residents."""
    shared = sharing_in(now())
    shown = {"sharing": shared, "chart": years_chart(shared.years), "months": MONTHS}
    return render(request, "council/sharing.html", shown)


@require_safe
def sittings(request: HttpRequest, number: str) -> HttpResponse:
    """The sittings of a topic: when, where, what on, and the minutes once they are frozen."""
    topic = public_topic(number)
    shown = {"topic": topic, "sittings": sittings_of(topic), "decision": decision_of(topic)}
    return render(request, "council/public_sittings.html", shown)
