"""Batches for the staff: which there are, one list with what may be done, one person in full."""

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_ahead, page_of, refusal_on, sent_from, sent_once
from mingchuang.base.qr import qr_svg
from mingchuang.cases.actions import batch_looks
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.batching.words import CARRIERS, MOVES, STAGES
from mingchuang.cases.forms.batch_desk import PlacesForm, ticked
from mingchuang.cases.forms.batch_mending import AnswerForm, ParcelForm
from mingchuang.cases.queries import batch_pages as pages
from mingchuang.cases.queries import batch_papers as papers
from mingchuang.cases.queries import batch_post as post
from mingchuang.cases.queries.batch_own import code_since
from mingchuang.cases.queries.batch_slices import one_by_one
from mingchuang.cases.queries.batches import batch_for, batches_seen, clerk_of, is_close
from mingchuang.cases.queries.desk import duties_of
from mingchuang.cases.queries.handlers import handlers_of
from mingchuang.cases.rules.batches import life
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import WAITING
from mingchuang.cases.views.batch_deeds import BY_NAME, DEEDS, BatchDeed
from mingchuang.cases.views.batch_files import sent_as_file
from mingchuang.cases.workbook.tables import Table
from mingchuang.people.http import PersonRequest, staff_required

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mingchuang.cases.models import Batch, BatchItem

SHOWN, NAMED = 50, 40
# What is done with those who are ticked: all in one form, so that what was filled in is kept.
CHOSEN = {"move", "back", "out", "ask", "more", "send"}
TAKEN_OUT = {"masked": batch_looks.take_out_masked, "whole": batch_looks.take_out_whole}


@staff_required
@require_safe
def batches(request: PersonRequest) -> HttpResponse:
    seen = post.batches_listed(request.user)
    told_once = papers.told_once_in(batches_seen(request.user))
    shown = {"page": page_of(request, seen, size=20), "told_once": told_once, "here": "batches"}
    return render(request, "cases/batches/desk_list.html", shown)


@staff_required
@require_safe
def batch(request: PersonRequest, number: str) -> HttpResponse:
    return _page(request, batch_for(request.user, number))


def _page(
    request: PersonRequest, batch: "Batch", *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    close, duties = is_close(request.user, batch), duties_of(request.user, batch.case)
    standing = pages.standing_of(batch)
    kept = request.POST.dict() if name in CHOSEN else {}
    shown = {
        "kept": kept,
        "batch": batch,
        "standing": standing,
        "is_close": close,
        "is_open": batch.case.state in WAITING,
        "parcels": _parcels(standing, close=close, name=name, form=form),
        **(_people(request, standing) if close else {}),
        "ticked": ticked(form, "paper"),
        "ticked_places": ticked(form, "place"),
        "moves": [(move.value, MOVES[move]) for move in life.MOVES],
        "form": form,
        "asked": name,
        "here": "batches",
        **{f"{deed.name}_form": _blank(deed, batch, kept) for deed in DEEDS},
        "may_name": Duty.ASSIGN in duties,
        "may_stay": Duty.HANDLE in duties,
        "own_days": [one for one in standing.overtime if one.person_id == request.user.pk],
    }
    if name:
        shown[f"{name}_form"] = form
    shown["places_form"] = form if isinstance(form, PlacesForm) else shown["move_form"]
    status = 422 if form is not None and form.errors else 200
    return render(request, "cases/batches/desk.html", shown, status=status)


def _people(request: PersonRequest, standing: pages.Standing) -> dict[str, object]:
    """Return the list as the contact and the handler see it, and which papers are not here."""
    batch, stage = standing.batch, request.GET.get("stage", "")
    stage = stage if stage in dict(STAGES) else ""
    page = page_ahead(request, pages.people_of(batch, stage), size=SHOWN)
    lacking = page_ahead(request, pages.who_lacks(batch), size=NAMED, by="lacking")
    claimed = page_ahead(request, papers.claimed_of(batch), size=NAMED, by="claimed")
    came = page_ahead(request, papers.came_of(batch), size=NAMED, by="came")
    return {
        "stage": stage,
        "stages": standing.by_stage(stage),
        "page": page,
        "clerk": clerk_of(batch),
        "people": pages.listed_to(request.user, batch, list(page)),
        "lacking": pages.lacking_of(list(lacking)),
        "lacking_page": lacking,
        "claimed": [(pages.Listed(paper.item), paper) for paper in claimed],
        "claimed_page": claimed,
        "came": [(pages.Listed(paper.item), paper) for paper in came],
        "came_page": came,
    }


def _parcels(
    standing: pages.Standing, *, close: bool, name: str, form: forms.Form | None
) -> list[dict[str, object]]:
    """Return the parcels, each with the forms of whoever may see the people; what was refused is
    still in its form."""
    if not close:
        return [{"parcel": parcel} for parcel in post.parcels_unnamed(standing)]
    shown = []
    for parcel in post.parcels_in(standing):
        pk, carrier = parcel.delivery.pk, parcel.delivery.carrier
        given = {"parcel": pk, "carrier": carrier}
        blank: dict[str, forms.Form] = {
            "renumber": ParcelForm(initial=given, auto_id=f"renumber{pk}-%s"),
            "answer": AnswerForm(initial=given, auto_id=f"answer{pk}-%s"),
        }
        if name in blank and form is not None and form.data.get("parcel") == str(pk):
            blank[name] = form
        shown.append({"parcel": parcel, **blank})
    return shown


def _blank(deed: BatchDeed, batch: "Batch", kept: "Mapping[str, object]") -> forms.Form:
    theirs = kept if deed.name in CHOSEN else {}
    return deed.form(initial={**theirs, **_start(deed, batch)}, auto_id=f"{deed.name}-%s")


def _start(deed: BatchDeed, batch: "Batch") -> dict[str, object]:
    if deed.name != "contact":
        return {}
    unit = batch.case.responsible_unit
    handlers = {"handlers": handlers_of([unit])} if unit else {}
    return {"phone": batch.contact_phone, **handlers}


@staff_required
@sent_from("desk_batch", "number")
def deed(request: PersonRequest, number: str, name: str) -> HttpResponse:
    """Do one thing for those who were ticked or written; what is refused is said on the page."""
    wanted, batch = BY_NAME.get(name), batch_for(request.user, number)
    if wanted is None or not _may(request, wanted, batch):
        raise NotFound
    form = wanted.form(request.POST, initial=_start(wanted, batch), auto_id=f"{name}-%s")
    if form.is_valid():
        with refusal_on(form):
            at = now()
            run = partial(wanted.run, number, form.cleaned_data, by=request.user, at=at)
            done_at = do_once(run, **sent_once(request), at=at)
            if name == "clerk" and (code := code_since(number, done_at)):
                return _link_page(request, batch, code)
            messages.success(request, _("%(deed)s：已办好，记入台账。") % {"deed": wanted.label})
            if places := papers.spared_at(batch, done_at):
                told = _("第 %(places)s 位早先交过其中的材料，交过的不再要。")
                messages.info(request, told % {"places": places})
            return redirect("cases:desk_batch", number)
    return _page(request, batch, name=name, form=form)


def _link_page(request: PersonRequest, batch: "Batch", code: str) -> HttpResponse:
    """The new link of the company's clerk, shown this once to whoever hands it to them."""
    link = request.build_absolute_uri(reverse("cases:own_batch", args=[batch.number, code]))
    shown = {"batch": batch, "clerk": clerk_of(batch), "code": code, "qr": qr_svg(link)}
    return render(request, "cases/batches/new_link.html", {**shown, "here": "batches"})


def _may(request: PersonRequest, wanted: BatchDeed, batch: "Batch") -> bool:
    if wanted.duty is None:
        return is_close(request.user, batch)
    return wanted.duty in duties_of(request.user, batch.case)


@staff_required
@sent_from("desk_batch", "number")
def person(request: PersonRequest, number: str, place: int) -> HttpResponse:
    """Show one person in full; each look is an entry."""
    item = batch_looks.reveal_person(number, place, by=request.user, at=now())
    shown = {
        "batch": item.batch,
        "who": pages.listed_to(request.user, item.batch, [item])[0],
        "papers": papers.papers_of(item),
        "may_turn_back": item.stage in life.TO_DO,
        "turn_form": _blank(BY_NAME["turn"], item.batch, {}),
        "here": "batches",
    }
    return render(request, "cases/batches/person.html", shown)


@staff_required
@require_POST
def take_out(request: PersonRequest, number: str) -> HttpResponseBase:
    """The list as a file: masked, unless all of it is asked for; each is an entry. A long one is
    sent as it is read, as CSV."""
    what = "whole" if request.POST.get("what") == "whole" else "masked"
    batch = batch_for(request.user, number)
    rows = TAKEN_OUT[what](number, by=request.user, at=now())
    people = map(_row(batch, what), one_by_one(rows))
    table: Table = chain([_head(batch, what)], people)
    return sent_as_file(table, f"{batch.number}-{what}", many=rows.count())


def _columns(batch: "Batch", what: str) -> list[str]:
    names = [column.name for column in batch.column_list]
    return names if what == "whole" else names[:3]


def _head(batch: "Batch", what: str) -> list[str | int]:
    return [_("序号"), *_columns(batch, what), _("办到哪里"), _("排在哪天"), _("快递公司")]


def _row(batch: "Batch", what: str) -> "Callable[[BatchItem], list[str | int]]":
    """Return how a person is written in a row, in the words of whoever asks now."""
    columns = _columns(batch, what)
    stages = {value: str(name) for value, name in STAGES}
    carriers = {value: str(name) for value, name in CARRIERS}

    def row(item: "BatchItem") -> list[str | int]:
        who = pages.Listed(item)
        masked = [who.name, who.identity, who.phone]
        said = [who.said.get(name, "") for name in columns] if what == "whole" else masked
        day = item.planned_on.isoformat() if item.planned_on else ""
        carrier = carriers[item.delivery.carrier] if item.delivery else ""
        return [item.place, *said, stages[item.stage], day, carrier]

    return row
