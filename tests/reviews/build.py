"""Plain builders of rated visits and matters, and of bad ratings on their way."""

from datetime import datetime, timedelta
from typing import Any

from mingchuang.cases.models import Case
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.actions import reviewing
from mingchuang.reviews.actions.rating import rate_case, rate_visit
from mingchuang.reviews.models import Rating, Review
from mingchuang.visits.actions.calling import call_next, start
from mingchuang.visits.models import Visit
from tests.build import (
    A_DAY,
    MONDAY,
    a_callback_clerk,
    a_case,
    a_person,
    a_unit,
    code,
)
from tests.hall.build import a_site
from tests.visits.hall import a_clerk, a_line, a_visit

LATER = MONDAY + timedelta(minutes=30)
A_MONTH = 30 * A_DAY


def a_visit_served(*, unit: Unit | None = None, at: datetime = MONDAY) -> Visit:
    """Somebody was called to a window of an office of the town, and came."""
    n = Visit.objects.count()
    line = a_line(site=a_site(f"rated-{n}", unit=unit or a_unit()))
    clerk = a_clerk(line, at=at)
    a_visit(line, at=at)
    call_next(by=clerk, at=at)
    return start(by=clerk, at=at)


def a_matter_ended(*, at: datetime = MONDAY, **given: Any) -> Case:
    return a_case("archived", at=at, **given)


def rated_matter(case: Case, grade: int, *, at: datetime, **said: Any) -> Rating:
    own = case.submissions.get()
    return rate_case(own.number, code(own), grade, at=at, **said)


def a_bad_rating(
    *, phone: str = "13800000001", unit: Unit | None = None, at: datetime = LATER
) -> Review:
    """Somebody was badly served; their words would give them away."""
    visit = a_visit_served(unit=unit, at=at)
    words = "我叫冯小明，电话 13812345678，等了两个小时。"
    rating = rate_visit(visit.code, 1, words=words, tags=[110], phone=phone, at=at)
    return rating.review


def a_rated_clerk(review: Review) -> Person:
    """Somebody who sits in the rated office."""
    return a_person(Role.SUPERVISOR, unit=review.unit)


def found(review: Review, finding: str = "true", *, at: datetime = LATER) -> Review:
    """Verified by the call-back clerk, who spoke to who rated."""
    clerk = a_callback_clerk()
    reviewing.record_call(review.pk, outcome="reached", text="问到了。", by=clerk, at=at)
    return reviewing.settle_finding(
        review.pk, finding, shown="等了两个小时。", text="取号记录相符。", by=clerk, at=at
    )


def contested(review: Review, *, at: datetime = LATER) -> Review:
    found(review, at=at)
    return reviewing.contest_finding(review.pk, "当天系统故障。", by=a_rated_clerk(review), at=at)


def handed_over(review: Review, *, at: datetime = LATER) -> Review:
    """Found true, agreed to, and given to the rated office to put right."""
    found(review, at=at)
    reviewing.agree_to_finding(review.pk, by=a_rated_clerk(review), at=at)
    return reviewing.hand_over(
        review.pk, "增开一个窗口。", review.unit, by=a_callback_clerk(), at=at
    )
