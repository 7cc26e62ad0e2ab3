"""The public page: what citizens said in a month, and what was done about what was bad."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from mingchuang.base.http import page_ahead
from mingchuang.cases.rules.figures import Period, months_to
from mingchuang.reviews.queries.figures import counted, last_rated_on, told_to_all
from mingchuang.reviews.queries.figures_of_items import ByItem, counted_by_item
from mingchuang.reviews.queries.showing import good_words
from mingchuang.reviews.rules.figures import FEWEST, is_told, told_days
from mingchuang.reviews.rules.tags import CURRENT
from mingchuang.reviews.words.tables import FINDINGS, GRADES, ORIGINS, RATE_SENTENCES, RATES
from mingchuang.reviews.words.tags import TAGS, tag_words

MOST_TAGS = 10


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Show one month for the whole town: no list of offices, best or worst."""
    months = months_to(localdate())[::-1]
    asked = _asked(request.GET.get("month", ""), months)
    period = asked or _told_of(months)
    days = told_days(period, localdate())
    found = counted(days, now())
    page = page_ahead(request, told_to_all(), size=10)
    good = page_ahead(request, good_words(), size=10, by="good")
    is_over = days == period
    findings, origins = dict(FINDINGS), dict(ORIGINS)
    shown = {
        "found": found if is_told(found, period, localdate()) else None,
        "fewest": FEWEST,
        "up_to": None if is_over else days.last,
        "period": period,
        "months": months,
        "running": None if asked or period == months[0] else months[0],
        "grades": [(words, found.voices[grade]) for grade, words in GRADES],
        "shares": [(RATES[one.name], RATE_SENTENCES[one.name], one) for one in found.shares],
        "excluded": [(findings[why], who, many) for (why, who), many in found.excluded.items()],
        "others": [(origins[origin], many) for origin, many in found.others.items()],
        "tags": [(TAGS[CURRENT][c], n) for c, n in found.tags.items() if c in TAGS[CURRENT]][
            :MOST_TAGS
        ],
        "before": months[1] if period == months[0] else None,
        "by_item": _by_item(counted_by_item(period, now())) if is_over else None,
        "good": good,
        "page": page,
        "reviews": [
            (one, tag_words(one.rating.tags_version, one.rating.tags), dict(GRADES).get(one.again))
            for one in page
        ],
    }
    return render(request, "reviews/told.html", shown)


def _by_item(found: ByItem) -> dict[str, object]:
    """Return the services that may be told apart, each with its shares and what was left out."""
    findings = dict(FINDINGS)
    lines = [
        (
            item,
            {one.name: one for one in told.shares},
            [(findings[why], many) for (why, _who), many in told.excluded.items()],
        )
        for item, told in found.lines
    ]
    few = {"others": found.others, "others_said": found.others_said}
    return {"lines": lines, **few, "none_named": found.none_named}


def _asked(month: str, months: list[Period]) -> Period | None:
    """Return the month in the address, if it is one of the last twelve."""
    return next((one for one in months if f"{one.first:%Y-%m}" == month), None)


def _told_of(months: list[Period]) -> Period:
    """Return the newest month of which there is something to read, else the running one: that has
    nothing before enough have rated."""
    rated, running = last_rated_on(now()), months[0]
    if len(rated) == FEWEST and rated[-1] >= running.first:
        return running
    earlier = [day for day in rated if day < running.first]
    return next((one for one in months[1:] if earlier and one.first <= earlier[0]), running)
