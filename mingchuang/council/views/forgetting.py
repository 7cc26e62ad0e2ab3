"""Being forgotten on one's own wish, by the link one holds."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.http import sent_from, sent_once
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.views.limits import unlisted
from mingchuang.council.actions import keeping
from mingchuang.council.queries.decisions import objection_with
from mingchuang.council.queries.flats import owner_of


@unlisted
@sent_from("objection", "code")
def objection(request: HttpRequest, code: str) -> HttpResponse:
    """Delete what one wrote, and who one is; what everybody read of it stays."""
    number = objection_with(code).decision.topic.number
    run = partial(keeping.forget_my_objection, code, at=now())
    do_once(run, **sent_once(request), at=now())
    messages.success(request, _("已删除您的原文、姓名和电话。公开的概要和答复照旧。"))
    return redirect("council:decision", number)


@unlisted
@sent_from("owner", "code")
def owner(request: HttpRequest, code: str) -> HttpResponse:
    """Delete whose flats these were and how one voted; what was counted and paid stays."""
    number = owner_of(code).topic.number
    run = partial(keeping.forget_my_flats, code, at=now())
    do_once(run, **sent_once(request), at=now())
    messages.success(request, _("已删除您的姓名、电话、房号和选择。表决结果和账目照旧。"))
    return redirect("council:public_topic", number)
