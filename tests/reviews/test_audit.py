"""The audit sees that each rating has its entry, and says what it says."""

import pytest
from django.db import connection

from mingchuang.reviews.actions.rating import rate_visit
from mingchuang.reviews.models import Rating
from tests.reviews.test_ratings import LATER, a_served_visit
from tests.visits.test_keeping import audited

pytestmark = pytest.mark.django_db


def a_rating() -> Rating:
    return rate_visit(a_served_visit().code, 5, words="王姐很耐心。", at=LATER)


def test_a_rating_that_stands_as_it_was_told_is_no_fault() -> None:
    a_rating()

    assert audited() == []


def test_a_grade_that_was_bettered_and_words_that_were_changed_are_found() -> None:
    rating = a_rating()

    Rating.objects.update(grade=1, words="很慢。")

    assert audited() == [
        {"code": "private_changed", "subject": rating.subject},
    ]


def test_a_rating_hung_on_another_visit_is_found() -> None:
    rating, other = a_rating(), a_served_visit()

    Rating.objects.update(visit=other)

    assert audited() == [{"code": "private_changed", "subject": rating.subject}]


def test_a_rating_that_is_gone_is_found() -> None:
    rating = a_rating()

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reviews_rating")

    (gone,) = audited()
    assert (gone["code"], gone["subject"]) == ("gone", rating.subject)
