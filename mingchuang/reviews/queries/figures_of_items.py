"""What citizens said in a month, service by service: counted as for the whole town."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from mingchuang.base.memory import remembered_of_each
from mingchuang.cases.models import Submission
from mingchuang.cases.rules.figures import Period
from mingchuang.cases.rules.life import State as CaseState
from mingchuang.hall.models import ServiceItem
from mingchuang.reviews.models import Rating, Review
from mingchuang.reviews.queries.figures import REMEMBERED, said_before_today, within
from mingchuang.reviews.queries.served import SERVED
from mingchuang.reviews.rules.figures import Counted, told_apart
from mingchuang.reviews.rules.life import EXCLUDED, Finding
from mingchuang.reviews.rules.ratings import FIRST, Origin
from mingchuang.visits.models import Line, Visit

# Stands for what names no service, and counts for the town only.
NONE_NAMED = 0


def _item(visit: str = "", batch: str = "") -> Coalesce:
    """What somebody said they came for, else what their line alone takes in; or what the batch of
    a company is for. No other matter names a service."""
    lines: QuerySet[Any] = Line.objects.filter(pk=OuterRef(f"{visit}line")).order_by()
    one = lines.annotate(n=Count("items"), only=Min("items")).filter(n=1)
    named = [f"{visit}items", Subquery(one.values("only")), *([batch] if batch else [])]
    return Coalesce(*named, Value(NONE_NAMED), output_field=BigIntegerField())


ITEM = _item("visit__", "submission__case__batch__item")
ITEM_OF_BAD = _item("rating__visit__", "rating__submission__case__batch__item")


@dataclass(frozen=True)
class ByItem:
    """Services that may be told apart, in the order of offices and codes; the others; and how
    many ratings name none."""

    lines: list[tuple[ServiceItem, Counted]]
    others: int
    others_said: int
    none_named: int


@remembered_of_each(REMEMBERED)
def counted_by_item(period: Period, now: datetime) -> ByItem:
    """Return what was said of each service in these days. A visit for two counts for both."""
    of_each = _of_each(period, now)
    none_named = of_each.pop(NONE_NAMED, Counted()).voiced_in_all
    apart = told_apart(of_each)
    lines = [(one, of_each[one.pk]) for one in ServiceItem.objects.filter(pk__in=apart)]
    others = [one for item, one in of_each.items() if item not in apart and one.voiced_in_all]
    others_said = sum(one.voiced_in_all for one in others)
    return ByItem(lines, len(others), others_said, none_named)


def _of_each(period: Period, now: datetime) -> dict[int, Counted]:
    own = Rating.objects.filter(within("given_at", period), nth=FIRST, origin=Origin.CITIZEN)
    bad = Review.objects.filter(
        within("rating__given_at", period), rating__nth=FIRST, rating__origin=Origin.CITIZEN
    )
    grades: dict[int, dict[tuple[Origin, int], int]] = defaultdict(dict)
    for item, grade, n in _by(own.annotate(item=ITEM), "grade"):
        grades[item][Origin.CITIZEN, grade] = n
    found: dict[int, dict[tuple[Finding, str], int]] = defaultdict(dict)
    left_out = bad.filter(finding__in=EXCLUDED).annotate(item=ITEM_OF_BAD)
    for item, finding, n in _by(left_out, "finding"):
        found[item][Finding(finding), ""] = n
    events, voiced = _events(period, now)
    return {
        item: Counted(
            grades=grades[item], found=found[item], events=events[item], voiced=voiced[item]
        )
        for item in {*grades, *events}
    }


def _by(rows: "QuerySet[Any]", what: str) -> Iterable[tuple[int, Any, int]]:
    counted: Iterable[tuple[int, Any, int]] = (
        rows.values_list("item", what).order_by().annotate(n=Count("pk"))
    )
    return counted


def _events(period: Period, now: datetime) -> tuple[Counter[int], Counter[int]]:
    """Return of each service how many came for it and how many of them rated."""
    rated = said_before_today(now)
    visits = Visit.objects.filter(SERVED, within("called_at", period))
    ended = Submission.objects.live().filter(
        within("case__ended_at", period),
        case__state=CaseState.ARCHIVED,
        case__batch__isnull=False,
    )
    events: Counter[int] = Counter()
    voiced: Counter[int] = Counter()
    for rows, of in (
        (visits.annotate(item=_item()), "visit"),
        (ended.annotate(item=F("case__batch__item")), "submission"),
    ):
        said = rows.annotate(said=Exists(rated.filter(**{of: OuterRef("pk")})))
        for item, has_said, n in _by(said, "said"):
            events[item] += n
            voiced[item] += n * has_said
    return events, voiced
