"""A bad rating that nobody gets on with is seen: it is due, then late, then its supervisor's."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from mingchuang.base.errors import NotFound
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.reviews import errors
from mingchuang.reviews.actions import reviewing
from mingchuang.reviews.actions.watch import watch_reviews
from mingchuang.reviews.models import Review
from mingchuang.reviews.queries.desk import to_review
from mingchuang.reviews.queries.reviewing import offices, opened, review_for
from mingchuang.reviews.rules.life import TO_CONTEST, TO_DECIDE, TO_GO_ON
from mingchuang.reviews.rules.offices import Duty
from tests.build import A_DAY, MONDAY, a_callback_clerk, a_supervisor
from tests.reviews.build import (
    LATER,
    a_bad_rating,
    a_rated_clerk,
    contested,
    found,
    handed_over,
)
from tests.visits.test_keeping import audited

pytestmark = pytest.mark.django_db

# A day after Monday's rating, whose own day is not counted: Tuesday until it ends.
TO_CALL = (MONDAY + 2 * A_DAY).replace(hour=0, minute=0)


def as_it_stands(review: Review) -> Review:
    return Review.objects.timed().get(pk=review.pk)


def watched(*, at: datetime) -> list[str]:
    while watch_reviews(at=at):
        pass
    told = Entry.objects.filter(verb__in=["review.reminded", "review.supervised"])
    return list(told.order_by("pk").values_list("verb", flat=True))


def test_a_bad_rating_is_due_by_the_first_contact_of_its_profile() -> None:
    review = a_bad_rating()

    assert review.due_at == TO_CALL


def test_nobody_is_reminded_before_the_day_and_everybody_once_after() -> None:
    review = a_bad_rating()

    before = watched(at=TO_CALL - timedelta(minutes=1))
    after = watched(at=TO_CALL)

    assert (before, after) == ([], ["review.reminded"])
    assert Entry.objects.get(verb="review.reminded").subject == review.subject
    assert audited() == []


def test_what_nobody_verifies_is_handed_to_whoever_supervises() -> None:
    review, supervisor = a_bad_rating(), a_supervisor()
    with pytest.raises(errors.NotYours):
        review_for(supervisor, review.pk, duty=Duty.VERIFY)

    watched(at=TO_CALL + A_DAY)
    told = {"shown": "等了两个小时。", "text": "取号记录相符。", "at": TO_CALL + A_DAY}
    reviewing.settle_finding(review.pk, "true", **told, by=supervisor)  # type: ignore[arg-type]

    after = as_it_stands(review)
    assert (after.state, after.found_by, after.watch) == ("found", supervisor, 0)
    assert Entry.objects.filter(verb="review.supervised").count() == 1


def test_whoever_sits_in_the_rated_office_is_handed_nothing() -> None:
    review = a_bad_rating()
    theirs = a_rated_clerk(review)

    watched(at=TO_CALL + A_DAY)

    with pytest.raises(NotFound):
        review_for(theirs, review.pk, duty=Duty.VERIFY)


def test_a_second_try_to_call_buys_no_time() -> None:
    review, clerk = a_bad_rating(), a_callback_clerk()
    for hours in (1, 20):
        at = LATER + timedelta(hours=hours)
        reviewing.record_call(review.pk, outcome="no_answer", by=clerk, at=at)

    assert as_it_stands(review).due_at == LATER + timedelta(hours=1) + TO_GO_ON


@pytest.mark.parametrize(("stand", "due"), [(found, TO_CONTEST + TO_GO_ON), (contested, TO_DECIDE)])
def test_each_step_has_a_day_of_its_own(stand: object, due: timedelta) -> None:
    review = a_bad_rating()

    stand(review)  # type: ignore[operator]

    assert as_it_stands(review).due == LATER + due


def test_an_objection_nobody_decides_is_called_to_mind_twice() -> None:
    contested(a_bad_rating())

    told = watched(at=LATER + TO_DECIDE + A_DAY)

    assert told == ["review.reminded", "review.supervised"]
    assert Review.objects.get().state == "contested"


def test_what_is_put_right_is_due_with_its_case_and_called_to_mind_by_it() -> None:
    review = handed_over(a_bad_rating())
    assert review.rectification is not None
    case = review.rectification.case

    assert case.due_at is not None
    assert as_it_stands(review).due == case.due_at
    assert watched(at=case.due_at + 9 * A_DAY) == []


def the_order(person: Person) -> list[int]:
    return [review.pk for review in to_review(offices(person))]


def test_what_is_late_first_stands_first() -> None:
    first = a_bad_rating()
    second = a_bad_rating(phone="13800000002", at=LATER + timedelta(hours=1))

    found(first)

    assert the_order(a_callback_clerk()) == [second.pk, first.pk]


def test_the_desk_says_that_it_is_late_and_whose_it_is_now() -> None:
    review = a_bad_rating(at=now() - 5 * A_DAY)
    watched(at=now())
    client = Client()
    client.force_login(a_supervisor())

    page = client.get(reverse("reviews:desk")).content.decode()

    assert "逾期" in page
    assert "督办" in page
    assert "认定结果" in client.get(reverse("reviews:review", args=[review.pk])).content.decode()


def test_the_rated_office_reads_until_when_it_may_object() -> None:
    review = found(a_bad_rating())

    assert opened(a_rated_clerk(review), review.pk, at=LATER).due == LATER + TO_CONTEST
