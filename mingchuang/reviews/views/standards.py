"""The standards on the wall, for everybody; how they are written, and the lists made of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent, sent_once
from mingchuang.cases.actions.once import do_once
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.actions import standards as does
from mingchuang.reviews.forms.standards import AmendForm, ChecklistForm, ClauseForm
from mingchuang.reviews.queries import standards as asks

READERS = (Role.RECEPTION, Role.HANDLER, Role.CALLBACK, Role.SUPERVISOR, Role.AUDITOR)


@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """What staff are held to, as it hangs on the wall."""
    return render(request, "reviews/standards.html", {"chapters": asks.by_chapter(asks.in_force())})


@holds(*READERS)
def desk(request: PersonRequest) -> HttpResponse:
    """The clauses in force, and a form for another one."""
    keeps = asks.keeps_standards(request.user)
    if request.method == "POST" and not keeps:
        raise NotFound
    form = ClauseForm(sent(request))
    if form.is_valid():
        with refusal_on(form):
            do_once(
                lambda: does.write_clause(**form.cleaned_data, by=request.user, at=now()),
                **sent_once(request),
                at=now(),
            )
            messages.success(request, _("条款已经上墙。"))
            return redirect("reviews:standards_desk")
    shown = {
        "chapters": asks.by_chapter(asks.in_force()),
        "form": form,
        "keeps": keeps,
        "here": "inspections",
    }
    status = 422 if form.errors else 200
    return render(request, "reviews/standards_desk.html", shown, status=status)


@holds(Role.SUPERVISOR)
def clause(request: PersonRequest, pk: int) -> HttpResponse:
    """One clause with each wording it had; worded anew, or taken down."""
    found = asks.clause_for(request.user, pk)
    form = AmendForm(sent(request), initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            do_once(
                lambda: does.amend_clause(pk, **form.cleaned_data, by=request.user, at=now()),
                **sent_once(request),
                at=now(),
            )
            messages.success(request, _("已经改好，今天起按新的写法。"))
            return redirect("reviews:standards_desk")
    shown = {
        "clause": found,
        "versions": asks.versions_of(found.code),
        "form": form,
        "here": "inspections",
    }
    return render(request, "reviews/clause.html", shown, status=422 if form.errors else 200)


@holds(Role.SUPERVISOR)
@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a clause down."""
    does.withdraw_clause(pk, by=request.user, at=now())
    messages.success(request, _("条款已经停用。"))
    return redirect("reviews:standards_desk")


@holds(*READERS)
def checklists(request: PersonRequest) -> HttpResponse:
    """The lists in use, and a form that makes another one of the clauses in force."""
    keeps = asks.keeps_standards(request.user)
    if request.method == "POST" and not keeps:
        raise NotFound
    clauses = [(one.pk, str(one)) for one in asks.in_force()]
    form = ChecklistForm(sent(request), clauses=clauses)
    if form.is_valid():
        with refusal_on(form):
            lines = [does.Looked(*line) for line in form.lines()]
            name = form.cleaned_data["name"]
            do_once(
                lambda: does.make_checklist(name, lines, by=request.user, at=now()),
                **sent_once(request),
                at=now(),
            )
            messages.success(request, _("检查表已经建好。"))
            return redirect("reviews:checklists")
    shown = {"lists": asks.checklists(), "form": form, "keeps": keeps, "here": "inspections"}
    return render(request, "reviews/checklists.html", shown, status=422 if form.errors else 200)


@holds(*READERS)
@require_safe
def checklist_paper(request: PersonRequest, pk: int) -> HttpResponse:
    """The blank form for print."""
    found = asks.checklist_with(pk)
    lines = [(item, None, ()) for item in asks.items_of(found)]
    shown = {"checklist": found, "lines": lines, "here": "inspections"}
    return render(request, "reviews/inspection_paper.html", shown)


@holds(Role.SUPERVISOR)
@require_POST
def retire(request: PersonRequest, pk: int) -> HttpResponse:
    """Plan with this list no more."""
    does.retire_checklist(pk, by=request.user, at=now())
    messages.success(request, _("检查表已经停用。"))
    return redirect("reviews:checklists")
