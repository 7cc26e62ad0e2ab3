"""Thanks for everybody: the wall, saying thanks, and what became of it."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.http import page_ahead, refusal_on, sent
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.views.limits import may_send, unlisted
from mingchuang.cases.views.receipt import send_photo
from mingchuang.reviews.actions.settling_thanks import forget_my_thanks
from mingchuang.reviews.actions.thanking import Thanked, say_thanks
from mingchuang.reviews.forms.thanks import SayThanksForm, carried_over
from mingchuang.reviews.queries.thanks import hung, thanks_with, wall, wall_photo
from mingchuang.reviews.queries.thanks_counted import (
    counted_in,
    gifts_counted_in,
    lines_of,
    years_counted,
)
from mingchuang.reviews.rules.thanks import Kind
from mingchuang.reviews.words.thanks import (
    BECAME,
    FORGOTTEN,
    HANGS,
    KINDS,
    LEFT_OUT,
    OUTCOMES,
)

A_PAGE = 12


@require_safe
def wall_page(request: HttpRequest) -> HttpResponse:
    """What hangs, the newest first, with the count of one year by unit and no best or worst."""
    years, asked = years_counted(), request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), 0)
    page = page_ahead(request, wall(year=year), size=A_PAGE)
    counted_year = year or localdate().year
    shown = {
        "page": page,
        "hung": [hung(item) for item in page],
        "years": years,
        "year": year,
        "is_no_year": bool(asked and not year),
        **figures(counted_year),
    }
    return render(request, "reviews/thanks_wall.html", shown)


def figures(year: int) -> dict[str, object]:
    """What is counted in a year, what is left out and why, and gifts that were not kept."""
    count, given = counted_in(year), gifts_counted_in(year)
    kinds = dict(KINDS)
    names = [kinds[kind.value] for kind in Kind]
    return {
        "counted_year": year,
        "count": count,
        "kinds": [(kinds[kind.value], count.by_kind[kind]) for kind in Kind],
        "lines": [(line, list(zip(names, line.kinds, strict=True))) for line in lines_of(count)],
        "left_out": [(LEFT_OUT[why], n) for why, n in count.left_out.items()],
        "gifts": [(words, given[code]) for code, words in OUTCOMES if code in given],
    }


@require_safe
def wall_photo_page(_request: HttpRequest, pk: int) -> FileResponse:
    """A photo that hangs for everybody."""
    return send_photo(wall_photo(pk).path)


def say(request: HttpRequest) -> HttpResponse:
    """Take in thanks, and lead to the page on which they see what became of it. What was written
    as a matter stands in the form."""
    carried = carried_over(request.POST)
    given = None if carried else sent(request)
    start = {"key": new_key(), **carried}
    form = SayThanksForm(given, request.FILES or None if given else None, initial=start)
    if given is not None and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            return redirect("reviews:my_thanks", _said(form))
    shown = {"form": form, "is_carried": bool(carried), "has_photos": bool(request.FILES)}
    return render(request, "reviews/thanks_say.html", shown, status=422 if form.errors else 200)


def _said(form: SayThanksForm) -> str:
    given = dict(form.cleaned_data)
    photos, key = given.pop("photos"), given.pop("key")
    said = Thanked(kind=Kind.WORDS, given_on=localdate(), **given)
    return say_thanks(said, key=key, photos=photos, at=now()).code


@unlisted
@require_safe
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """What became of it, for who holds this address."""
    item = thanks_with(code)
    stands = HANGS if item.on_wall else BECAME[item.state]
    became = FORGOTTEN if item.is_erased else stands
    link = request.build_absolute_uri(reverse("reviews:my_thanks", args=[item.code]))
    shown = {"item": item, "became": became, "qr": qr_svg(link)}
    return render(request, "reviews/thanks_mine.html", shown)


@unlisted
@require_POST
def forget(request: HttpRequest, code: str) -> HttpResponse:
    """Forget what they wrote, as they wish."""
    forget_my_thanks(code, at=now())
    messages.success(request, _("已经删除，也不再挂在墙上。"))
    return redirect("reviews:my_thanks", code)
