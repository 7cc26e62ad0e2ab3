"""A visit is rated once, by who holds its code; what strangers say at a window stands apart."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from mingchuang.base.errors import NotFound
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.reviews import errors
from mingchuang.reviews.actions.rating import complete_rating, rate_case, rate_number, rate_visit
from mingchuang.reviews.forms.rating import NumberRatingForm, RatingForm
from mingchuang.reviews.models import Rating
from mingchuang.reviews.queries.audit import rating_faults
from mingchuang.reviews.queries.rated import visit_event
from mingchuang.reviews.rules.ratings import Channel, Origin
from mingchuang.visits.actions.calling import call_next, start
from mingchuang.visits.actions.passing import pass_on
from mingchuang.visits.models import Visit
from tests.build import A_DAY, MONDAY, a_callback_clerk, code
from tests.reviews.build import a_bad_rating, a_rated_clerk, handed_over
from tests.reviews.test_reviewing import put_right
from tests.visits.hall import a_clerk, a_line, a_visit
from tests.visits.test_passing import a_second_line

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(minutes=30)


def called_and_begun(clerk: Person, at: datetime) -> Visit:
    call_next(by=clerk, at=at)
    return start(by=clerk, at=at)


def a_served_visit() -> Visit:
    line = a_line()
    a_visit(line)
    return called_and_begun(a_clerk(line), MONDAY)


def test_a_rating_is_kept_with_its_window_and_the_ledger_tells_neither() -> None:
    visit = a_served_visit()

    rating = rate_visit(visit.code, 5, words="王姐很耐心。", at=LATER)

    entry = Entry.objects.get(verb="rating.received")
    assert (rating.visit, rating.window, rating.origin) == (visit, visit.window, Origin.CITIZEN)
    assert entry.facts == {"origin": "citizen"}
    assert entry.subject == f"rating:{rating.handle}"
    assert entry.digest == rating.digest != ""


def test_one_visit_is_rated_once_and_the_first_word_stands() -> None:
    visit = a_served_visit()
    rate_visit(visit.code, 2, at=LATER)

    with pytest.raises(errors.NoFollowUp, match="A001 已经评价过了"):
        rate_visit(visit.code, 5, at=LATER)

    assert Rating.objects.get().grade == 2
    assert Entry.objects.filter(verb="rating.received").count() == 1


def test_who_was_not_called_yet_has_nothing_to_rate() -> None:
    visit = a_visit(a_line())

    with pytest.raises(errors.NotCalledYet):
        rate_visit(visit.code, 5, at=LATER)


def test_after_seven_days_it_is_too_late() -> None:
    visit = a_served_visit()

    with pytest.raises(errors.TooLateToRate, match="7 天"):
        rate_visit(visit.code, 5, at=MONDAY + 7 * A_DAY + timedelta(minutes=1))

    assert rate_visit(visit.code, 5, at=MONDAY + 7 * A_DAY).grade == 5


def test_without_the_code_nobody_speaks_for_the_visitor() -> None:
    visit = a_served_visit()
    assert visit.window is not None

    stranger = rate_number(visit.window, "a1", 1, at=LATER)
    own = rate_visit(visit.code, 5, at=LATER)

    assert (stranger.origin, own.origin) == (Origin.WINDOW, Origin.CITIZEN)
    assert [rating.grade for rating in Rating.objects.filter(origin=Origin.CITIZEN)] == [5]


def test_a_number_is_rated_at_a_window_once() -> None:
    visit = a_served_visit()
    assert visit.window is not None
    rate_number(visit.window, "A001", 4, at=LATER)

    with pytest.raises(errors.RatedAlready):
        rate_number(visit.window, "A001", 1, at=LATER)


@pytest.mark.parametrize("number", ["A002", "B001", "", "A1' OR 1=1", "Ａ００１", "A99999999999"])
def test_a_number_never_called_here_is_refused_in_words(number: str) -> None:
    visit = a_served_visit()
    assert visit.window is not None

    with pytest.raises(errors.NeverCalledHere, match="1 号窗口今天没有叫过"):
        rate_number(visit.window, number, 5, at=LATER)


def test_yesterdays_number_is_not_todays() -> None:
    visit = a_served_visit()
    assert visit.window is not None

    with pytest.raises(errors.NeverCalledHere):
        rate_number(visit.window, "A001", 5, at=MONDAY + A_DAY)


def test_who_was_passed_on_rates_the_window_that_served_them_last() -> None:
    line = a_line()
    second = a_second_line(line)
    visit = a_visit(line)
    clerk, other = a_clerk(line), a_clerk(line, 2)
    called_and_begun(clerk, MONDAY)
    pass_on(visit.pk, second.pk, by=clerk, at=MONDAY)
    called = call_next(by=other, at=LATER)

    assert called.window is not None
    with pytest.raises(errors.NotServedYet):
        rate_visit(visit.code, 5, at=LATER)
    with pytest.raises(errors.NotServedYet):
        rate_number(called.window, visit.shown, 5, at=LATER)
    start(by=other, at=LATER)
    assert rate_visit(visit.code, 5, at=LATER).window == second.site.windows.get(number=2)


def test_no_code_no_visit() -> None:
    with pytest.raises(NotFound):
        rate_visit("0" * 16, 5, at=LATER)


def test_the_page_asks_once_and_then_shows_what_was_said() -> None:
    line = a_line()
    a_visit(line, at=now())
    visit = called_and_begun(a_clerk(line, at=now()), now())
    path, client = reverse("reviews:rate", args=[visit.code]), Client()

    asked = client.get(path)
    empty = client.post(path, {"words": "慢"})
    given = client.post(path, {"grade": "1", "words": "等了两个小时。"})
    twice = client.post(path, {"grade": "5"})

    assert "A001，这次办得怎么样？" in asked.content.decode()
    assert (empty.status_code, given.status_code, twice.status_code) == (422, 302, 200)
    assert "慢</textarea>" in empty.content.decode()
    assert "非常不满意" in twice.content.decode()
    assert "不用再写一遍" in client.get(path).content.decode()
    assert asked["X-Robots-Tag"] == "noindex, nofollow"


def test_at_a_window_a_wrong_number_comes_back_filled_in() -> None:
    line = a_line()
    a_visit(line, at=now())
    visit = called_and_begun(a_clerk(line, at=now()), now())
    path = reverse("reviews:rate_window", args=[line.site.code, 1])

    wrong = Client().post(path, {"number": "A007", "grade": "4"})
    said = {"number": visit.shown, "grade": "4", "once": "k" * 32}
    right, tapped_twice = Client().post(path, said), Client().post(path, said)
    thanks = Client().get(right["Location"]).content.decode()

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert tapped_twice["Location"] == right["Location"]
    assert 'value="A007"' in wrong.content.decode()
    assert "谢谢您的评价" in thanks
    assert "/say/?place=" in wrong.content.decode()


def test_the_table_refuses_a_grade_there_is_not() -> None:
    visit = a_served_visit()
    rate_visit(visit.code, 5, at=LATER)

    with pytest.raises(Exception, match="reviews_rating_grade"):
        Rating.objects.update(grade=6)


def test_who_tapped_at_the_machine_says_more_once_and_the_grade_stays() -> None:
    visit = a_served_visit()
    rate_visit(visit.code, 1, channel=Channel.KIOSK, at=LATER)
    event, phone = visit_event(visit.code), "13800000001"

    rating = complete_rating(event, "刚才点错了。", slip=True, phone=phone, at=LATER)
    with pytest.raises(errors.RatedAlready):
        complete_rating(event, "再说一句。", phone=phone, at=LATER)

    assert (rating.grade, rating.words, rating.review.reachable) == (1, "刚才点错了。", True)
    assert Entry.objects.get(verb="rating.completed").facts["slip"] is True
    assert not list(rating_faults())
    Rating.objects.update(grade=2)
    assert len(list(rating_faults())) == 1


def test_with_a_slip_of_paper_all_is_said_at_once() -> None:
    visit = a_served_visit()
    rate_visit(visit.code, 1, at=LATER)

    with pytest.raises(errors.RatedAlready):
        complete_rating(visit_event(visit.code), "还有一句。", at=LATER)


def test_what_nobody_asked_for_is_nobodys_matter_to_rate() -> None:
    review = handed_over(a_bad_rating())
    put_right(review)
    assert review.rectification is not None
    own = review.rectification

    with pytest.raises(errors.NotToBeRated, match="追评请回到"):
        rate_case(own.number, code(own), 5, at=LATER)


def test_who_sits_in_the_rated_office_opens_no_page_of_its_raters() -> None:
    review = a_bad_rating(at=now())
    path = reverse("reviews:rate", args=[review.rating.visit.code])  # type: ignore[union-attr]
    theirs, others = Client(), Client()
    theirs.force_login(a_rated_clerk(review))
    others.force_login(a_callback_clerk())

    refused, given = theirs.get(path), theirs.post(path, {"grade": "5"})

    assert (refused.status_code, given.status_code) == (422, 422)
    assert "冯小明" not in refused.content.decode()
    assert others.get(path).status_code == 200


def test_who_is_not_content_is_asked_for_their_words_before_a_list_to_tick() -> None:
    asked = list(RatingForm(None, grade=1).fields)
    at_a_window = list(NumberRatingForm(None, grade=2).fields)

    assert asked == ["grade", "words", "tags", "phone"]
    assert at_a_window == ["number", "grade", "words", "tags", "phone"]
    assert list(RatingForm(None, grade=5).fields) == ["grade", "tags", "words", "may_show"]
