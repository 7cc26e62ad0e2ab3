"""What an office knows: articles for staff and for everybody, and reply templates."""

from collections.abc import Mapping
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.http import page_of, refusal_on, sent, sent_once
from mingchuang.cases.actions import knowledge
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.forms.knowledge import ArticleForm, FindForm, KeptForm, WordsForm
from mingchuang.cases.queries import knowledge as queries
from mingchuang.cases.rules.knowledge import KEEPERS, REVIEW_AFTER
from mingchuang.people.http import PersonRequest, holds, staff_required


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Common questions, for anybody."""
    form, found = WordsForm(request.GET), queries.no_articles()
    if form.is_valid():
        found = queries.public_articles(form.cleaned_data["q"])
    page = page_of(request, found, size=50)
    shown = {"page": page, "form": form}
    return render(request, "cases/questions.html", shown, status=200 if form.is_valid() else 422)


@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "cases/question.html", {"article": queries.public_article(pk)})


@staff_required
@require_safe
def articles(request: PersonRequest) -> HttpResponse:
    form, today = FindForm(request.GET), localdate()
    found = queries.no_articles()
    if form.is_valid():
        words, review = form.cleaned_data["q"], form.cleaned_data["review"]
        found = queries.articles(request.user, words=words, review=review, today=today)
    shown = {"page": page_of(request, found), "form": form}
    return _shown(request, "cases/articles.html", shown, status=200 if form.is_valid() else 422)


@staff_required
@require_safe
def article(request: PersonRequest, pk: int) -> HttpResponse:
    found = queries.article_for(pk)
    shown = {"article": found, "versions": queries.versions_of(found)}
    return _shown(request, "cases/article.html", shown)


@holds(*KEEPERS)
def write(request: PersonRequest) -> HttpResponse:
    """Write an article."""
    form = ArticleForm(sent(request), initial=_offered(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            at = now()
            run = partial(knowledge.write_article, _given(form), by=request.user, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("已写进知识库。"))
            return redirect("cases:articles")
    return _form(request, form, _("写一篇知识"), back="cases:articles")


@staff_required
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Change an article, or say that it was looked over."""
    kept = queries.article_kept_by(request.user, pk)
    form = ArticleForm(sent(request), initial={**_of(kept, ArticleForm), **_choices(request)})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            version = form.cleaned_data["version"] or 0
            knowledge.change_article(pk, _given(form), version=version, by=request.user, at=now())
            messages.success(request, _("已更新，原来的文字留着。"))
            return redirect("cases:article", pk)
    return _form(request, form, _("修改知识"), back="cases:articles", title=kept.title)


@staff_required
@require_POST
def end(request: PersonRequest, pk: int) -> HttpResponse:
    knowledge.end_article(pk, by=request.user, at=now())
    messages.success(request, _("已停用，以后不再推荐。"))
    return redirect("cases:articles")


@holds(*KEEPERS)
@require_safe
def templates(request: PersonRequest) -> HttpResponse:
    page = page_of(request, queries.templates_kept_by(request.user))
    return _shown(request, "cases/templates.html", {"page": page})


@holds(*KEEPERS)
def write_template(request: PersonRequest) -> HttpResponse:
    """Write words a unit uses often."""
    form = KeptForm(sent(request), initial=_offered(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            at = now()
            run = partial(knowledge.write_template, _given(form), by=request.user, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("已存为常用语。"))
            return redirect("cases:templates")
    return _form(request, form, _("写一条常用语"), back="cases:templates")


@staff_required
def change_template(request: PersonRequest, pk: int) -> HttpResponse:
    """Change words a unit uses often."""
    kept = queries.template_kept_by(request.user, pk)
    form = KeptForm(sent(request), initial={**_of(kept, KeptForm), **_choices(request)})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            knowledge.change_template(pk, _given(form), by=request.user, at=now())
            messages.success(request, _("常用语已更新。"))
            return redirect("cases:templates")
    return _form(request, form, _("修改常用语"), back="cases:templates", removes=kept)


@staff_required
@require_POST
def remove_template(request: PersonRequest, pk: int) -> HttpResponse:
    knowledge.remove_template(pk, by=request.user, at=now())
    messages.success(request, _("常用语已删除，已经给出的答复不变。"))
    return redirect("cases:templates")


def _given(form: forms.Form) -> Mapping[str, object]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _of(row: object, form: type[forms.Form]) -> dict[str, object]:
    """Return what stands in a form about this row before anybody types."""
    return {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)}


def _choices(request: PersonRequest) -> dict[str, object]:
    units, staff = queries.units_kept_by(request.user), queries.keepers(request.user)
    return {"units": units, "staff": staff}


def _offered(request: PersonRequest) -> dict[str, object]:
    """Return what a new form begins with: the highest unit one keeps, oneself, half a year."""
    start = {"unit": queries.units_kept_by(request.user).first(), "owner": request.user}
    return {**_choices(request), **start, "review_on": localdate() + REVIEW_AFTER}


def _form(request: PersonRequest, form: forms.Form, heading: str, **shown: object) -> HttpResponse:
    shown |= {"form": form, "heading": heading, "here": "articles"}
    return render(request, "cases/kept.html", shown, status=422 if form.errors else 200)


def _shown(
    request: PersonRequest, template: str, shown: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    kept = queries.kept_units(request.user)
    about = {"kept": kept, "today": localdate(), "here": "articles"}
    return render(request, template, {**shown, **about}, status=status)
