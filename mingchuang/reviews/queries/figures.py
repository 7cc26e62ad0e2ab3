"""What citizens said in a month, and what was done about what was bad: counted for everybody."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.timezone import localdate, localtime

from mingchuang.base.memory import remembered_of_each
from mingchuang.cases.models import Reply, Submission
from mingchuang.cases.queries.basis import bounds
from mingchuang.cases.rules.figures import Period
from mingchuang.cases.rules.life import State as CaseState
from mingchuang.cases.rules.said import UNASKED
from mingchuang.reviews.models import Rating, Review
from mingchuang.reviews.queries.served import SERVED
from mingchuang.reviews.queries.verifying import verified
from mingchuang.reviews.rules.figures import FEWEST, Counted
from mingchuang.reviews.rules.life import Finding
from mingchuang.reviews.rules.ratings import FIRST, FOLLOW_UP, Origin
from mingchuang.reviews.rules.tags import as_codes
from mingchuang.visits.models import Visit

REMEMBERED = 55
# Whose word a finding is: theirs who found it, unless an objection was upheld.
FOUND_BY = Case(When(upheld=True, then=F("decided_by__badge")), default=F("found_by__badge"))


@remembered_of_each(REMEMBERED)
def counted(period: Period, now: datetime) -> Counted:
    """Return what was counted in these days; asked again within a minute, it is not counted."""
    given = Rating.objects.filter(within("given_at", period), nth=FIRST)
    grades = given.values_list("origin", "grade").order_by().annotate(n=Count("pk"))
    bad = Review.objects.filter(
        within("rating__given_at", period), rating__origin=Origin.CITIZEN, rating__nth=FIRST
    )
    looked = bad.exclude(finding="").annotate(badge=FOUND_BY)
    found = looked.values_list("finding", "badge").order_by().annotate(n=Count("pk"))
    events, voiced = _events(period, now)
    return Counted(
        grades={(Origin(origin), grade): n for origin, grade, n in grades},
        found={(Finding(finding), badge): n for finding, badge, n in found},
        events=events,
        voiced=voiced,
        tags=_tags(given),
        begun=verified(bad, now),
        **_called_and_rectified(bad, now),
    )


def last_rated_on(now: datetime) -> list[date]:
    """Return the days of the newest ratings of citizens before today, the newest first, as many
    as have to be there for a month that runs to be told."""
    newest = said_before_today(now).order_by("-given_at").values_list("given_at", flat=True)
    return [localdate(given_at) for given_at in newest[:FEWEST]]


def said_before_today(now: datetime) -> "QuerySet[Rating]":
    """Return the first words of citizens up to yesterday: one that moves a figure in the minute it
    comes in tells whose it is."""
    today = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Rating.objects.filter(origin=Origin.CITIZEN, nth=FIRST, given_at__lt=today)


def within(when: str, period: Period) -> Q:
    first, after = bounds(period)
    return Q(**{f"{when}__gte": first, f"{when}__lt": after})


def _events(period: Period, now: datetime) -> tuple[int, int]:
    """Return how many visits were called and matters ended, and how many of them were rated."""
    rated = said_before_today(now)
    visits = Visit.objects.filter(SERVED, within("called_at", period))
    said = Submission.objects.live().exclude(channel__in=UNASKED)
    ended = said.filter(within("case__ended_at", period), case__state=CaseState.ARCHIVED)
    counts = [
        rows.aggregate(
            all=Count("pk"), rated=Count("pk", filter=Exists(rated.filter(**{of: OuterRef("pk")})))
        )
        for rows, of in ((visits, "visit"), (ended, "submission"))
    ]
    return sum(one["all"] for one in counts), sum(one["rated"] for one in counts)


def _tags(given: "QuerySet[Rating]") -> dict[int, int]:
    """Return how often citizens ticked which tag: there are few ways to tick them."""
    ticked = given.filter(origin=Origin.CITIZEN).exclude(tags="")
    counts: Counter[int] = Counter()
    for text, n in ticked.values_list("tags").order_by().annotate(n=Count("pk")):
        counts.update(dict.fromkeys(as_codes(text), n))
    return dict(counts.most_common())


def _called_and_rectified(bad: "QuerySet[Review]", now: datetime) -> dict[str, int]:
    """Return how many could be called and were, how many rectifications were due by now or are
    answered, and how many in time."""
    known = Q(reachable=True)
    case = "rectification__case"
    first = Reply.objects.filter(case=OuterRef(case), round=1)
    late = Q(**{f"{case}__round": 0, f"{case}__due_at__lte": now})
    late &= ~Q(**{f"{case}__state": CaseState.WITHDRAWN})
    answered = Q(**{f"{case}__round__gte": 1})
    return bad.aggregate(
        reached=Count("pk", filter=known & Q(was_reached=True)),
        due=Count("pk", filter=answered | late),
        kept=Count("pk", filter=answered & Exists(first.filter(at__lt=F("due_at")))),
        # The last: it bears the name of the column that it counts.
        reachable=Count("pk", filter=known),
    )


def told_to_all() -> "QuerySet[Any]":
    """Return the bad ratings everybody may read, the newest finding first, with what who rated
    said after it was put right (`again`)."""
    later = {"origin": OuterRef("rating__origin"), "pk__gt": OuterRef("rating")}
    again = Rating.objects.filter(nth=FOLLOW_UP, **later).order_by()
    same = Q(visit=OuterRef("rating__visit")) | Q(submission=OuterRef("rating__submission"))
    reviews = Review.objects.found().annotate(again=Subquery(again.filter(same).values("grade")))
    return reviews.select_related("unit", "rating").order_by("-found_at", "-pk")
