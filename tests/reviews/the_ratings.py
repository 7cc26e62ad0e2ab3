"""Bad ratings of a unit of the town: one that waits, one that was verified; a matter to rate."""

from typing import TYPE_CHECKING, Any

from django.utils.timezone import now

from mingchuang.people.models import Person, Unit
from mingchuang.reviews.actions.rating import rate_case
from mingchuang.reviews.actions.reviewing import settle_finding
from mingchuang.reviews.models import Rating, Review
from tests import build

if TYPE_CHECKING:
    from tests.town import Town


def the_bad_ratings(unit: Unit, *, by: Person) -> None:
    for phone in ("13800000021", "13800000022"):
        said = build.a_case("archived", unit=unit, at=now() - build.A_DAY, phone=phone)
        own = said.submissions.get()
        words: dict[str, Any] = {"words": "冯小明：等了两个小时。", "tags": [209]}
        rate_case(own.number, build.code(own), 2, at=now(), **words)
    told: dict[str, Any] = {"shown": "等了两个小时。", "text": "记录相符。"}
    settle_finding(found_first().pk, "true", **told, by=by, at=now())


def the_good_words(unit: Unit) -> None:
    """Somebody was content, and agrees that everybody reads it."""
    own = build.a_case("archived", unit=unit, at=now() - build.A_DAY).submissions.get()
    rate_case(own.number, build.code(own), 5, words="没有多跑一趟。", may_show=True, at=now())


def good_words() -> Rating:
    return Rating.objects.get(may_show=True)


def found_first() -> Review:
    return Review.objects.order_by("pk")[0]


def found() -> Review:
    return Review.objects.get(state="found")


def waiting() -> Review:
    return Review.objects.get(state="waiting")


def ended_matter(town: "Town") -> tuple[object, ...]:
    own = town.cases["archived"].submissions.get()
    return (own.number, build.code(own))
