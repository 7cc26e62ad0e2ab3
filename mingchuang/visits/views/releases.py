"""Staff release the places of a special day, and see what becomes of them."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.http import page_of, refusal_on, sent
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.actions import releases as actions
from mingchuang.visits.forms.places import ReleaseForm
from mingchuang.visits.queries import releases as queries

A_DAY = timedelta(days=1)


@holds(*queries.RELEASERS)
@require_safe
def releases(request: PersonRequest) -> HttpResponse:
    page = page_of(request, queries.releases_near(request.user))
    return render(request, "visits/releases.html", {"page": page, "now": now(), "here": "releases"})


@holds(*queries.RELEASERS)
def open_release(request: PersonRequest) -> HttpResponse:
    """Ask which line, which day, how many places, and from when to when."""
    lines = [(line.pk, f"{line.site} {line}") for line in queries.lines_released_by(request.user)]
    start = {"since": now(), "until": now() + A_DAY}
    form = ReleaseForm(sent(request), lines=lines, initial=start)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            opened = actions.open_release(**form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已放号，种子的指纹记入台账。"))
            return redirect("visits:release", opened.pk)
    shown = {"form": form, "lines": lines, "here": "releases"}
    return render(request, "visits/open_release.html", shown, status=422 if form.errors else 200)


@holds(*queries.RELEASERS)
@require_safe
def release(request: PersonRequest, pk: int) -> HttpResponse:
    """One release, for the wall of the hall too: it names nobody."""
    found = queries.release_near(request.user, pk)
    shown = {**queries.checked(found.pk), "release": found, "now": now(), "here": "releases"}
    return render(request, "visits/release.html", shown)


@holds(*queries.RELEASERS)
@require_POST
def draw(request: PersonRequest, pk: int) -> HttpResponse:
    """Draw now: close the list where that is not done; what closed it must be sealed first."""
    found = queries.release_near(request.user, pk)
    actions.close_release(found.pk, by=request.user, at=now())
    if queries.is_sealed(found.pk):
        actions.draw_release(found.pk, by=request.user, at=now())
        messages.success(request, _("已摇号，种子和随机数已在台账公开。"))
    else:
        messages.info(request, _("名单已经固定。台账封存后才有随机数，几秒钟后自动摇号。"))
    return redirect("visits:release", pk)
