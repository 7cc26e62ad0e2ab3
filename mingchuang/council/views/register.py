"""The register of a topic for who keeps it: the list, one person, many from a workbook."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_ahead, refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.views.receipt import send_photo
from mingchuang.council.actions import register as actions
from mingchuang.council.actions.pictures import look_at_paper
from mingchuang.council.forms.register import AddForm, ImportForm
from mingchuang.council.importing import take_in
from mingchuang.council.queries.counts import register_counts
from mingchuang.council.queries.doubles import doubles_in, doubles_of
from mingchuang.council.queries.pictures import may_look, picture_for
from mingchuang.council.queries.register import (
    register_of,
    stakeholder_convened_by,
    stakeholder_for,
)
from mingchuang.council.queries.topics import READERS, convenes, topic_convened_by, topic_for
from mingchuang.council.rules.life import REGISTERING, STRIKING
from mingchuang.council.rules.sheet import NEEDED, OTHERS
from mingchuang.council.views.asked import form_of, sent_form
from mingchuang.council.views.books import blank_book, marked_link
from mingchuang.council.views.person_deeds import BY_NAME, deeds_about
from mingchuang.council.words.doubles import told_doubles
from mingchuang.council.words.features import said
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

if TYPE_CHECKING:
    from mingchuang.council.models import Stakeholder, Topic

HERE = {"here": "council"}


@holds(*READERS)
@require_safe
def register(request: PersonRequest, number: str) -> HttpResponse:
    """Everybody on the register, masked."""
    topic = topic_for(request.user, number)
    page = page_ahead(request, register_of(topic), size=50)
    may = _may(request, topic)
    may_look = may["may_act"] and topic.state in STRIKING and page.number == 1
    doubles = doubles_in(topic) if may_look else ()
    shown = {"topic": topic, "page": page, "counts": register_counts(topic)}
    shown |= {"doubles": told_doubles(doubles)}
    return render(request, "council/register.html", {**HERE, **shown, **may})


def _may(request: PersonRequest, topic: "Topic") -> dict[str, bool]:
    may_act = convenes(request.user, topic)
    return {"may_act": may_act, "may_add": may_act and topic.state in REGISTERING}


@holds(Role.CONVENOR)
def add(request: PersonRequest, number: str) -> HttpResponse:
    """Write down one person."""
    topic = topic_convened_by(request.user, number)
    form = AddForm(sent(request), initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            key = form.cleaned_data["key"]
            made = actions.add_stakeholder(number, form.named(), key=key, by=request.user, at=now())
            messages.success(request, _("已登记，编号 %(number)s。") % {"number": made.number})
            return redirect("council:register", number)
    shown = {**HERE, "topic": topic, "form": form}
    return render(request, "council/add.html", shown, status=422 if form.errors else 200)


@holds(Role.CONVENOR)
def take_in_workbook(request: PersonRequest, number: str) -> HttpResponse:
    """Take in many: good rows go on, the others come back marked in a copy of the workbook."""
    topic, taken = topic_convened_by(request.user, number), None
    form = ImportForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            book = form.cleaned_data["workbook"]
            taken = take_in(book, topic.number, by=request.user, at=now())
    shown = {**HERE, "topic": topic, "form": form, "taken": taken, "copy": marked_link(taken)}
    return render(request, "council/import.html", shown, status=422 if form.errors else 200)


@holds(Role.CONVENOR)
@require_safe
def blank(request: PersonRequest, number: str) -> HttpResponse:
    """An empty workbook with the columns there are."""
    topic_convened_by(request.user, number)
    return blank_book((*NEEDED, *OTHERS), "register.xlsx")


@holds(*READERS)
@require_safe
def person(request: PersonRequest, number: str, which: int) -> HttpResponse:
    return _page(request, stakeholder_for(request.user, number, which))


def _page(
    request: PersonRequest, who: "Stakeholder", *, form: forms.Form | None = None
) -> HttpResponse:
    may = _may(request, who.topic)
    doubles = doubles_of(who) if may["may_act"] and who.topic.state in STRIKING else ()
    deeds = deeds_about(who, looks_double=bool(doubles)) if may["may_act"] else ()
    others = [n for one in doubles for n in one.numbers if n != who.number]
    start: dict[str, Any] = {"affected": who.affected, "must_because": who.must_because}
    start |= {"other": min(others)} if others else {}
    shown = {
        **HERE,
        **may,
        "topic": who.topic,
        "who": who,
        "features": said(who.features),
        "may_look": may_look(request.user, who.topic),
        "doubles": told_doubles(doubles),
        "form": form,
        "deeds": [(one, form_of(one.name, one.form, form, **start)) for one in deeds],
    }
    return render(request, "council/person.html", shown, status=422 if form else 200)


@holds(Role.CONVENOR)
@sent_from("person", "number", "which")
def person_deed(request: PersonRequest, number: str, which: int, name: str) -> HttpResponse:
    wanted, at = BY_NAME.get(name), now()
    who = stakeholder_convened_by(request.user, number, which)
    if wanted is None:
        raise NotFound
    form = sent_form(request, wanted.name, wanted.form)
    if form.is_valid():
        with refusal_on(form):
            run = partial(wanted.run, number, which, form.cleaned_data, by=request.user, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("%(deed)s：已记下。") % {"deed": wanted.label})
            return redirect("council:person", number, which)
    return _page(request, who, form=form)


@holds(Role.CONVENOR)
@sent_from("person", "number", "which")
def reveal(request: PersonRequest, number: str, which: int) -> HttpResponse:
    """Show name and phone to who invites them; each look is an entry."""
    asker = actions.reveal_stakeholder(number, which, by=request.user, at=now())
    who = stakeholder_for(request.user, number, which)
    shown = {**HERE, "topic": who.topic, "who": who, "asker": asker}
    return render(request, "council/revealed.html", shown)


@holds(Role.CONVENOR)
@sent_from("person", "number", "which")
def slip(request: PersonRequest, number: str, which: int) -> HttpResponse:
    """A slip with the link that is theirs alone, to be handed over; the printing is an entry."""
    who = actions.print_link(number, which, by=request.user, at=now())
    way = request.build_absolute_uri(reverse("council:me", args=[who.code]))
    shown = {**HERE, "topic": topic_for(request.user, number), "who": who, "qr": qr_svg(way)}
    return render(request, "council/slip.html", {**shown, "way": way})


@holds(*READERS)
@require_safe
def picture(request: PersonRequest, pk: int) -> FileResponse:
    return send_photo(picture_for(request.user, pk).path)


@holds(*READERS)
@require_POST
def paper(request: PersonRequest, pk: int) -> FileResponse:
    """A paper somebody signed; each look is an entry."""
    return send_photo(look_at_paper(pk, by=request.user, at=now()).path)
