"""Holiday places: what is released, signing up, one's own page, and the draw to be checked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.http import refusal_on, sent
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.views.limits import may_send, unlisted
from mingchuang.visits.actions import signing
from mingchuang.visits.forms.places import SignUpForm
from mingchuang.visits.queries import releases as queries
from mingchuang.visits.queries.standby import ahead_of, halves_on


@require_safe
def holidays(request: HttpRequest) -> HttpResponse:
    """Every special day ahead whose places are drawn."""
    shown = {"releases": queries.releases_from(localdate()), "now": now()}
    return render(request, "visits/holidays.html", shown)


@require_safe
def holiday(request: HttpRequest, pk: int) -> HttpResponse:
    shown = {"release": queries.counted(pk), "now": now()}
    return render(request, "visits/holiday.html", shown)


@unlisted
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who takes part in the draw."""
    release = queries.release_for(pk)
    halves = halves_on(release.line_id, release.day, at=now())
    form = SignUpForm(sent(request), halves=halves, initial={"key": new_key()})
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            made = signing.sign_up(pk, **form.cleaned_data, at=now())
            messages.success(request, _("报好名了。请保存这一页，摇号的结果写在这里。"))
            return redirect("visits:signed_up", made.code)
    shown = {"form": form, "release": release}
    return render(request, "visits/sign_up.html", shown, status=422 if form.errors else 200)


@unlisted
@require_safe
def signed_up(request: HttpRequest, code: str) -> HttpResponse:
    """What one signed up for, under which mark, and what the draw brought."""
    made = queries.sign_up_of(code)
    link = request.build_absolute_uri(reverse("visits:signed_up", args=[code]))
    shown = {
        "made": made,
        "release": made.release,
        "place": ahead_of(made.standby) + 1 if made.standby else None,
        "may_withdraw": made.withdrawn_at is None and made.release.closing_id is None,
        "link": link,
        "qr": qr_svg(link),
    }
    return render(request, "visits/signed_up.html", shown)


@unlisted
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    if request.method == "POST":
        signing.withdraw_sign_up(code, at=now())
        messages.success(request, _("报名已撤回。"))
        return redirect("visits:signed_up", code)
    made = queries.sign_up_of(code)
    back = reverse("visits:signed_up", args=[code])
    shown = {"made": made, "release": made.release, "back": back}
    return render(request, "visits/withdraw.html", shown)


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything by which anybody makes the draw again."""
    return render(request, "visits/holiday_check.html", queries.checked(pk))
