"""The inbox: its views, what is looked for in it, and the lists somebody keeps."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.http import page_ahead, refusal_on
from mingchuang.cases.actions import saved
from mingchuang.cases.forms.finding import InboxForm, SaveViewForm, address_of_list
from mingchuang.cases.queries.inbox import MANY, InboxFilter, inbox_counts, saved_views
from mingchuang.cases.queries.inbox import inbox as inbox_of
from mingchuang.cases.views.many import offered
from mingchuang.hall.queries import calendar_shown
from mingchuang.people.http import PersonRequest, staff_required
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import May

if TYPE_CHECKING:
    from mingchuang.base.typing import Rows
    from mingchuang.cases.models import Case

VIEWS = {
    "due": _("先到期的"),
    "decide": _("待我审核"),
    "mine": _("我的"),
    "new": _("待受理"),
    "check": _("待核对"),
    "dispatch": _("待派单"),
    "callback": _("待回访"),
    "paused": _("已挂起"),
    "review": _("待复核"),
    "done": _("已办结"),
    "all": _("全部"),
}
# Shown only while they hold something.
PASSING = {"decide", "check", "review"}


def views_with_counts(counts: Mapping[str, int], here: str) -> list[dict[str, object]]:
    return [
        {"name": name, "label": words, "count": _shown(counts.get(name))}
        for name, words in VIEWS.items()
        if name not in PASSING or counts[name] or name == here
    ]


def _shown(count: int | None) -> int | str | None:
    return f"{MANY - 1}+" if count == MANY else count


@staff_required
@require_safe
def inbox(request: PersonRequest) -> HttpResponse:
    asked = InboxForm(request.GET)
    wanted = InboxFilter(**asked.cleaned_data) if asked.is_valid() else None
    view, counts = request.GET.get("view", "due"), inbox_counts(request.user, now=now())
    shown = {
        "page": page_ahead(request, _wanted_cases(request, view, wanted)),
        "form": asked,
        "filtered": wanted is None or wanted.is_filtered,
        "view": view,
        "views": views_with_counts(counts, view),
        "to_review": counts,
        "saved": saved_views(request.user),
        "many": offered(request),
        "address": address_of_list(request.GET.dict()),
        "may_read": scope_of(request.user).may(May.READ),
        "calendar": calendar_shown(),
        "now": now(),
        "here": "inbox",
    }
    return render(request, "cases/inbox.html", shown, status=200 if wanted else 422)


def _wanted_cases(request: PersonRequest, view: str, wanted: InboxFilter | None) -> "Rows[Case]":
    """Return what is looked for; what cannot be looked for finds nothing, not everything."""
    return inbox_of(request.user, view=view, wanted=wanted, now=now()) if wanted else []


@staff_required
@require_POST
def save_view(request: PersonRequest) -> HttpResponse:
    """Keep the list one looks at under a name."""
    form = SaveViewForm(request.POST)
    if form.is_valid():
        with refusal_on(form):
            kept = saved.save_view(**form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已存为“%(name)s”。") % {"name": kept.name})
    for name, sentences in form.errors.items():
        label = form.fields["name"].label if name == "name" else ""
        messages.warning(request, gettext("：").join(map(str, filter(None, [label, *sentences]))))
    return _back_to_list(request)


@staff_required
@require_POST
def drop_view(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep a list no longer; the cases in it stay where they are."""
    saved.drop_view(pk, by=request.user, at=now())
    return _back_to_list(request)


def _back_to_list(request: PersonRequest) -> HttpResponse:
    """Lead back to the list one looked at, narrowed as it was."""
    asked = address_of_list(dict(parse_qsl(request.POST.get("query", ""))))
    return redirect(f"{reverse('cases:inbox')}?{asked}")
