"""What somebody wrote of how they were served is forgotten after its days, or when they wish."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from mingchuang.cases.actions._forgetting import forget_words
from mingchuang.cases.actions.keeping import load_terms
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.rules.keeping import RATERS, Term
from mingchuang.ledger.models import Entry
from mingchuang.reviews import errors
from mingchuang.reviews.actions.keeping import forget_my_words, forget_raters, forget_with_matters
from mingchuang.reviews.actions.rating import rate_visit
from mingchuang.reviews.actions.reviewing import close_review
from mingchuang.reviews.actions.showing import publish_words
from mingchuang.reviews.models import Rating, Review, Showing, Word
from mingchuang.reviews.queries.audit import rating_faults
from mingchuang.reviews.queries.keeping import raters_overdue, some_raters_due
from mingchuang.reviews.queries.rated import visit_event
from tests.build import A_DAY, MONDAY, a_callback_clerk
from tests.reviews.build import (
    LATER,
    a_bad_rating,
    a_matter_ended,
    a_visit_served,
    found,
    rated_matter,
)
from tests.visits.test_keeping import audited

pytestmark = pytest.mark.django_db

A_YEAR = 365
MUCH_LATER = MONDAY + 400 * A_DAY


def the_term(days: int | None = A_YEAR) -> Retention:
    load_terms([Term(RATERS, days, "本市规定第三条")], at=MONDAY)
    return Retention.objects.get(category=RATERS)


def forgotten(days: int | None = A_YEAR) -> int:
    term = the_term(days)
    due = some_raters_due(term, MUCH_LATER)
    return sum(forget_raters(term, some, at=MUCH_LATER) for some in due)


def closed(review: Review) -> Review:
    found(review, "unfounded")
    return close_review(review.pk, "核对过了。", by=a_callback_clerk(), at=LATER)


def test_after_its_days_the_words_are_gone_and_the_grade_stays_vouched_for() -> None:
    rate_visit(a_visit_served().code, 4, words="王姐很耐心。", tags=[406], at=LATER)

    assert forgotten() == 1

    rating = Rating.objects.get()
    assert (rating.words, rating.grade, rating.tags) == ("", 4, "406")
    assert [e.facts["category"] for e in Entry.objects.filter(verb="rating.reduced")] == [RATERS]
    assert audited() == []


def test_a_grade_bettered_after_its_words_were_forgotten_is_found() -> None:
    rate_visit(a_visit_served().code, 4, words="王姐很耐心。", at=LATER)
    forgotten()

    Rating.objects.update(grade=5)

    assert [fault.code for fault in rating_faults()] == ["private_changed"]


def test_what_was_noted_on_the_way_of_a_bad_one_goes_with_it() -> None:
    review = closed(a_bad_rating())

    assert forgotten() == 1

    after = Review.objects.get()
    assert [word.text for word in Word.objects.all()] == ["", "", ""]
    assert (after.finding, after.told, after.shown) == ("unfounded", "核对过了。", "等了两个小时。")
    assert Entry.objects.filter(verb="review.erased", subject=review.subject).count() == 3
    assert audited() == []


def test_a_bad_one_still_on_its_way_keeps_its_words() -> None:
    found(a_bad_rating())

    assert forgotten() == 0
    assert Rating.objects.get().words != ""


def test_without_a_number_nothing_is_forgotten() -> None:
    rate_visit(a_visit_served().code, 4, words="王姐很耐心。", at=LATER)

    assert forgotten(None) == 0


def test_what_is_over_its_days_is_counted_with_its_oldest() -> None:
    rate_visit(a_visit_served().code, 4, words="王姐很耐心。", at=LATER)
    rate_visit(a_visit_served().code, 5, at=LATER)

    overdue = raters_overdue(the_term(), MUCH_LATER)

    assert (overdue.count, overdue.oldest) == (1, LATER)


def test_who_rated_may_have_their_words_forgotten_on_the_public_page_too() -> None:
    review = closed(a_bad_rating())
    rated = visit_event(review.rating.visit.code)  # type: ignore[union-attr]

    forget_my_words(rated, at=LATER)

    after = Review.objects.select_related("rating").get()
    assert (after.rating.words, after.rating.phone, after.shown) == ("", "", "")
    assert (after.rating.grade, after.finding) == (1, "unfounded")
    with pytest.raises(errors.NothingToForget):
        forget_my_words(rated, at=LATER)
    assert audited() == []


def test_good_words_everybody_reads_are_forgotten_with_the_others() -> None:
    visit = a_visit_served()
    rating = rate_visit(visit.code, 5, words="没有多跑。", may_show=True, at=LATER)
    publish_words(rating.handle, "没有多跑。", by=a_callback_clerk(), at=LATER)

    forget_my_words(visit_event(visit.code), at=LATER)

    assert [one.shown for one in Showing.objects.all()] == [""]
    assert Entry.objects.filter(verb="showing.erased").count() == 1
    assert audited() == []


def test_while_it_is_verified_nothing_of_it_is_forgotten() -> None:
    review = a_bad_rating()

    with pytest.raises(errors.StillVerified, match="办结以后可以删除"):
        forget_my_words(visit_event(review.rating.visit.code), at=LATER)  # type: ignore[union-attr]

    assert Rating.objects.get().phone != ""


def test_the_page_of_a_rating_forgets_its_words_and_keeps_its_grade() -> None:
    visit, client = a_visit_served(at=now()), Client()
    rate_visit(visit.code, 4, words="王姐很耐心。", at=now())
    path = reverse("reviews:rate", args=[visit.code])

    before = client.get(path).content.decode()
    gone = client.post(path, {"forget": "1"})
    after = client.get(path).content.decode()

    assert "王姐很耐心。" in before
    assert gone.status_code == 302
    assert "王姐很耐心。" not in after
    assert "删除我写的话" not in after
    assert Rating.objects.get().grade == 4


def test_where_a_matter_is_erased_the_words_about_it_go_too() -> None:
    case = a_matter_ended()
    rated_matter(case, 5, at=case.ended_at or MONDAY, words="我是冯小明，谢谢。")
    assert forget_with_matters(at=LATER) == 0

    forget_words(case, {"wish": "erase"}, at=LATER)
    call_command("follow", "--once")

    assert (Rating.objects.get().words, Rating.objects.get().grade) == ("", 5)
    assert Entry.objects.filter(verb="rating.reduced").count() == 1
    assert audited() == []
