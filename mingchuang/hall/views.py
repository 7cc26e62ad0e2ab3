"""The walls of the hall: guides, one-time notices, public notices, opening hours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mingchuang.base.http import page_of
from mingchuang.hall import queries
from mingchuang.hall.forms import SearchForm
from mingchuang.hall.words.times import doors_words


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """Find out how a thing is done."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    page = page_of(request, queries.service_items(words))
    context = {"form": form, "words": words, "page": page}
    return render(request, "hall/guides.html", context, status=200 if form.is_valid() else 422)


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """What to bring, how long it takes, what it costs, where to go."""
    guide = queries.guide_for(code)
    places = queries.places_of(guide.item, timezone.localdate())
    return render(request, "hall/guide.html", {"guide": guide, "places": places})


@require_safe
def one_time_notice(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that is missing, told at once and on paper (一次性告知)."""
    guide, today = queries.guide_for(code), timezone.localdate()
    ticked = request.GET.getlist("missing")
    materials = [(str(n), text, str(n) in ticked) for n, text in enumerate(guide.material_list, 1)]
    context = {
        "guide": guide,
        "materials": materials,
        "missing": [text for _n, text, is_missing in materials if is_missing],
        "places": queries.places_of(guide.item, today),
        "today": today,
    }
    return render(request, "hall/one_time_notice.html", context)


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    page = page_of(request, queries.notices_on(timezone.localdate()), size=10)
    return render(request, "hall/notices.html", {"page": page})


@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    return render(request, "hall/sites.html", {"page": page_of(request, queries.sites())})


@require_safe
def site(request: HttpRequest, code: str) -> HttpResponse:
    """Where it is, whether it is open now and on the next days, and which window does what."""
    site, now = queries.site_for(code), timezone.localtime()
    week = queries.week_of(site, now.date())
    context = {
        "site": site,
        "week": week,
        "today": now.date(),
        "doors": doors_words(week[0], now.time()),
        "notices": queries.notices_at(site, now.date()),
    }
    return render(request, "hall/site.html", context)
