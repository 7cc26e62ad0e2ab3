"""Two taps at the same moment: one is the word that stands, the other is answered in words."""

from datetime import timedelta

import pytest
from django.db import connection

from mingchuang.reviews.actions import reviewing
from mingchuang.reviews.actions.keeping import forget_my_words
from mingchuang.reviews.actions.rating import rate_case, rate_visit
from mingchuang.reviews.actions.settling_thanks import join_thanks, withdraw_thanks
from mingchuang.reviews.actions.watch import watch_reviews
from mingchuang.reviews.models import Commendation, Rating, Review, Word
from mingchuang.reviews.queries.rated import visit_event
from tests.build import A_DAY, a_callback_clerk, a_supervisor, a_unit, code
from tests.reviews.build import (
    LATER,
    a_bad_rating,
    a_matter_ended,
    a_rated_clerk,
    a_visit_served,
    contested,
    found,
    handed_over,
)
from tests.reviews.test_reviewing import put_right
from tests.reviews.thanks import a_settler, some_thanks
from tests.tools.together import at_once
from tests.visits.test_keeping import audited

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets one write after the other"
    ),
]


def test_two_taps_are_one_rating() -> None:
    visit = a_visit_served()

    told = at_once(*(lambda: rate_visit(visit.code, 2, at=LATER) for _ in range(4)))

    assert told == ["done", "no_follow_up", "no_follow_up", "no_follow_up"]
    assert (Rating.objects.count(), Review.objects.count()) == (1, 1)
    assert audited() == []


def test_two_taps_on_a_receipt_are_one_rating() -> None:
    case = a_matter_ended()
    own, at = case.submissions.get(), case.ended_at or LATER

    told = at_once(*(lambda: rate_case(own.number, code(own), 5, at=at) for _ in range(2)))

    assert told == ["done", "rated_already"]
    assert Rating.objects.count() == 1


def test_two_taps_are_one_follow_up() -> None:
    review = a_bad_rating()
    put_right(handed_over(review))
    rated = review.rating.visit.code  # type: ignore[union-attr]

    told = at_once(*(lambda: rate_visit(rated, 4, at=LATER) for _ in range(3)))

    assert told == ["done", "rated_already", "rated_already"]
    assert [rating.nth for rating in Rating.objects.order_by("nth")] == [1, 2]


def test_an_objection_is_decided_once() -> None:
    review = contested(a_bad_rating())
    deciders = [a_supervisor(), a_supervisor()]

    told = at_once(
        *(
            lambda by=by: reviewing.decide_contest(
                review.pk, upheld=False, text="维持。", by=by, at=LATER
            )
            for by in deciders
        )
    )

    assert told == ["done", "not_such_a_step"]
    assert Word.objects.filter(deed="settled").count() == 1


def test_who_agrees_and_who_objects_at_the_same_moment() -> None:
    review = found(a_bad_rating())
    clerk = a_rated_clerk(review)

    told = at_once(
        lambda: reviewing.agree_to_finding(review.pk, by=clerk, at=LATER),
        lambda: reviewing.contest_finding(review.pk, "不是这样。", by=clerk, at=LATER),
    )

    after = Review.objects.get()
    assert told[0] == "done"
    assert told[1] in {"not_such_a_step", "too_late_to_contest"}
    assert (after.agreed_by is None) != (after.contested_by is None)


def test_two_followers_remind_once() -> None:
    a_bad_rating()

    at_once(*(lambda: watch_reviews(at=LATER + 2 * A_DAY) for _ in range(2)))

    assert Review.objects.get().watch == 1


def test_words_are_forgotten_once() -> None:
    visit = a_visit_served()
    rate_visit(visit.code, 5, words="王姐很耐心。", at=LATER)
    at = LATER + timedelta(minutes=1)

    told = at_once(*(lambda: forget_my_words(visit_event(visit.code), at=at) for _ in range(2)))

    assert told == ["done", "nothing_to_forget"]
    assert audited() == []


def test_two_entries_are_not_joined_to_one_another() -> None:
    unit = a_unit()
    by = a_settler(unit)
    first, second = some_thanks(unit), some_thanks(unit)

    told = at_once(
        lambda: join_thanks(first.pk, second.pk, "同一件", by=by, at=LATER),
        lambda: join_thanks(second.pk, first.pk, "同一件", by=by, at=LATER),
    )

    assert told == ["done", "not_the_same"]
    assert Commendation.objects.filter(same_as=None).count() == 1


def test_nothing_is_joined_to_what_is_withdrawn_at_the_same_moment() -> None:
    unit = a_unit()
    by = a_settler(unit)
    letter, banner = some_thanks(unit), some_thanks(unit)

    told = at_once(
        lambda: join_thanks(letter.pk, banner.pk, "同一件", by=by, at=LATER),
        lambda: withdraw_thanks(banner.pk, "登错", by=by, at=LATER),
    )

    assert told in (["done", "not_the_same"], ["done", "others_hang_on_it"])
    assert not Commendation.objects.filter(same_as__state="withdrawn").exists()


def test_what_is_found_twice_at_once_is_found_once() -> None:
    review = a_bad_rating()
    clerks = [a_callback_clerk(), a_callback_clerk()]
    said = {"shown": "", "text": "记录相符。", "at": LATER}

    told = at_once(
        *(
            lambda by=by: reviewing.settle_finding(review.pk, "true", by=by, **said)  # type: ignore[arg-type]
            for by in clerks
        )
    )

    assert told == ["done", "not_such_a_step"]
    assert Word.objects.count() == 1
