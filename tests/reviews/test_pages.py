"""What each sees: who rates, everybody, the reviewing office, and the one that was rated."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries

from mingchuang.cases.rules.figures import month_of
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.reviews.actions.rating import rate_number, rate_visit
from mingchuang.reviews.models import Rating, Review
from mingchuang.reviews.queries.figures import counted
from mingchuang.reviews.rules.figures import Begun, Name, Share
from mingchuang.reviews.rules.ratings import GRADES, Channel
from mingchuang.reviews.rules.tags import tags_of
from tests.build import A_DAY, MONDAY, a_callback_clerk, a_supervisor, code
from tests.reviews.build import (
    LATER,
    a_bad_rating,
    a_matter_ended,
    a_rated_clerk,
    a_visit_served,
    contested,
    found,
    handed_over,
    rated_matter,
)
from tests.reviews.test_reviewing import put_right

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_one_question_at_a_time_and_tags_that_go_with_the_grade() -> None:
    path, client = reverse("reviews:rate", args=[a_visit_served(at=now()).code]), Client()

    first = client.get(path).content.decode()
    second = client.get(path + "?grade=2").content.decode()
    given = client.post(path, {"grade": "2", "tags": ["209", "214"], "words": "等了很久。"})

    assert "?grade=5" in first
    assert "<textarea" not in first
    assert "窗口人员业务不熟练" in second
    assert "服务热情效率高" not in second
    assert given.status_code == 302
    assert Rating.objects.get().tags == "209,214"
    assert "服务态度生硬" in client.get(path).content.decode()


def test_a_good_word_asks_for_no_phone_and_a_bad_one_may_leave_it() -> None:
    path, client = reverse("reviews:rate", args=[a_visit_served(at=now()).code]), Client()

    assert "联系电话" not in client.get(path + "?grade=5").content.decode()
    assert "联系电话" in client.get(path + "?grade=1").content.decode()


def test_who_rates_again_is_asked_for_no_phone() -> None:
    review = handed_over(a_bad_rating(at=now()), at=now())
    put_right(review, at=now())
    path = reverse("reviews:rate", args=[review.rating.visit.code])  # type: ignore[union-attr]

    page = Client().get(path + "?again=1&grade=1").content.decode()

    assert "<textarea" in page
    assert "联系电话" not in page


def test_a_receipt_leads_to_the_rating_once_its_matter_has_ended() -> None:
    own = a_matter_ended(at=now() - A_DAY).submissions.get()
    receipt = reverse("cases:receipt", args=[own.number, code(own)])
    path = reverse("reviews:rate_matter", args=[own.number, code(own)])

    page, given = Client().get(receipt), Client().post(path, {"grade": "4"})

    assert path in page.content.decode()
    assert given.status_code == 302
    assert Rating.objects.get().submission == own


def test_at_the_machine_one_tap_is_a_citizens_word() -> None:
    visit = a_visit_served(at=now())
    start = reverse("reviews:kiosk", args=[visit.site.code])
    client = Client()

    led = client.post(start, {"typed": visit.code})
    client.post(led["Location"], {"grade": "5"})

    assert "谢谢您的评价" in client.get(led["Location"]).content.decode()
    assert Rating.objects.get().channel == Channel.KIOSK


def test_figures_count_citizens_and_print_what_was_left_out() -> None:
    then = now() - 32 * A_DAY
    good, bad = a_visit_served(at=then), a_visit_served(at=then)
    assert good.window is not None
    rate_visit(good.code, 3, at=then)
    rate_number(good.window, "A001", 1, phone="13800000007", at=then)
    rate_visit(bad.code, 1, phone="13800000001", at=then)
    a_visit_served(at=then)
    found(Review.objects.get(rating__origin="citizen"), "mistaken", at=then)
    found(Review.objects.get(rating__origin="window"), at=then)

    shares = {one.name: one for one in counted(month_of(localdate(then)), now()).shares}
    page = Client().get(reverse("reviews:told")).content.decode()

    assert (shares[Name.VOICE].part, shares[Name.VOICE].whole) == (2, 3)
    assert (shares[Name.GOOD].part, shares[Name.GOOD].whole) == (1, 1)
    assert (shares[Name.CALLED].part, shares[Name.CALLED].whole) == (1, 1)
    assert shares[Name.VERIFIED] == Share(Name.VERIFIED, 1, 1, running=0)
    assert "误评 1" in page
    assert "窗口扫码，未核对本人" in page


def test_a_rectification_answered_in_time_counts_and_one_forgotten_counts_against_us() -> None:
    review = handed_over(a_bad_rating(at=now()), at=now())
    assert review.rectification is not None
    due = review.rectification.case.due_at
    assert due is not None

    rate_visit(a_visit_served(at=now()).code, 2, at=now())
    before = counted(month_of(localdate()), now())
    after = counted(month_of(localdate()), due)

    assert (before.kept, before.due) == (0, 0)
    assert (after.kept, after.due) == (0, 1)
    assert [before.begun, after.begun] == [Begun(1, 1, 1), Begun(1, 2, 0)]


def test_everybody_reads_what_was_settled_and_nothing_by_which_to_know_who() -> None:
    review = found(a_bad_rating(at=now()), at=now())

    page = Client().get(reverse("reviews:told")).content.decode()

    assert "等了两个小时。" in page
    assert str(review.unit) in page
    assert "冯小明" not in page
    assert "13812345678" not in page
    assert f"{localdate():%Y-%m-%d}" not in page


def test_what_is_not_verified_yet_is_on_no_page_but_the_reviewers() -> None:
    review = a_bad_rating(at=now())
    rated = signed_in(a_rated_clerk(review))

    assert "等了两个小时" not in Client().get(reverse("reviews:told")).content.decode()
    assert rated.get(reverse("reviews:review", args=[review.pk])).status_code == 404
    assert "没有对本单位的差评" in rated.get(reverse("reviews:desk")).content.decode()


def test_the_rated_office_never_reads_the_words_the_day_or_the_visit() -> None:
    review = found(a_bad_rating(at=now()), at=now())
    rated = signed_in(a_rated_clerk(review))

    page = rated.get(reverse("reviews:review", args=[review.pk])).content.decode()
    office = signed_in(a_callback_clerk())
    whole = office.get(reverse("reviews:review", args=[review.pk])).content.decode()

    assert "等了两个小时" in whole
    assert "138****0001" in whole
    assert "等了两个小时。" in page
    for clue in ("冯小明", "138****0001", "A001", f"{localdate().day}日 周", "取号记录相符"):
        assert clue not in page


def test_the_words_of_who_rated_are_covered_until_a_look_that_is_written_down() -> None:
    review = a_bad_rating(at=now(), phone="")
    office, way = signed_in(a_callback_clerk()), reverse("reviews:review", args=[review.pk])

    covered = [office.get(way + deed).content.decode() for deed in ("", "verified/")]
    looked = Entry.objects.filter(verb="review.revealed")
    before = looked.count()
    whole = office.post(reverse("reviews:reveal", args=[review.pk])).content.decode()

    told = [clue in page for page in covered for clue in ("冯小明", "13812345678")]
    assert told == [False] * 4
    assert "我叫冯小明，电话 13812345678" in whole
    assert "没有留电话，原话已经全部显示" in whole
    assert (before, looked.count()) == (0, 1)


def test_a_deed_is_a_form_and_is_done_once() -> None:
    review = a_bad_rating(at=now())
    office = signed_in(a_callback_clerk())
    path = reverse("reviews:deed", args=[review.pk, "verified"])
    said = {"finding": "true", "shown": "等了两个小时。", "text": "属实。", "once": "k" * 32}

    asked = office.get(path).content.decode()
    first, second = office.post(path, said), office.post(path, said)

    assert "〔姓名〕" in asked or "〔电话〕" in asked
    assert 'value="mistaken"' not in asked
    assert (first.status_code, second.status_code) == (302, 404)
    assert Review.objects.get().state == "found"


def test_paper_comes_back_filled_in_where_something_is_missing() -> None:
    office = signed_in(a_callback_clerk())
    said = {"paper": "ZZ-1", "number": "A001", "grade": "5", "tags": "999"}

    page = office.post(reverse("reviews:paper"), said)
    sheet = office.get(reverse("reviews:blank_paper")).content.decode()

    assert page.status_code == 422
    assert "没有代码 999" in page.content.decode()
    assert 'value="ZZ-1"' in page.content.decode()
    codes = [code for grade in GRADES for code in tags_of(grade)]
    assert [code for code in codes if f">{code}<" not in sheet] == []


def test_who_reviews_reads_every_word_and_the_rated_office_none(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for words in ("王姐很耐心。", "电话13812345678，门太重。"):
        visit = a_visit_served(at=now())
        assert visit.window is not None
        rate_number(visit.window, "A001", 3, words=words, tags=[314], at=now())
    review = a_bad_rating(at=now())
    path, office = reverse("reviews:written"), signed_in(a_callback_clerk())

    with django_assert_max_num_queries(10):
        page = office.get(path).content.decode()
    rated = signed_in(a_rated_clerk(review)).get(path)

    assert "王姐很耐心。" in page
    assert "服务态度一般" in page
    assert "窗口扫码，未核对本人" in page
    assert reverse("reviews:review", args=[review.pk]) in page
    assert "13812345678" not in page
    assert rated.status_code == 404


def test_a_hundred_bad_ratings_cost_as_many_statements_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(4):
        found(a_bad_rating(at=now()), at=now())
    office = signed_in(a_callback_clerk())

    with django_assert_max_num_queries(14):
        office.get(reverse("reviews:desk"))
    with django_assert_max_num_queries(14):
        Client().get(reverse("reviews:told"))


def test_a_matter_rated_badly_tells_its_rater_what_became_of_it() -> None:
    case = a_matter_ended(at=now() - A_DAY, phone="13800000009")
    review = rated_matter(case, 1, at=now()).review
    handed_over(review, at=now())
    own = case.submissions.get()

    page = Client().get(reverse("reviews:rate_matter", args=[own.number, code(own)]))

    assert "打开整改的回执" in page.content.decode()
    assert "属实" in page.content.decode()


def test_everybody_reads_what_who_rated_said_after_it_was_put_right() -> None:
    review = handed_over(a_bad_rating())
    put_right(review)
    rate_visit(review.rating.visit.code, 4, at=LATER)  # type: ignore[union-attr]

    page = Client().get(reverse("reviews:told")).content.decode()

    assert "<b>追评</b>：满意" in page


def test_what_is_left_out_of_a_rate_tells_by_whose_badge() -> None:
    at = now() - 32 * A_DAY
    found(a_bad_rating(at=at), "mistaken", at=at)

    page = Client().get(reverse("reviews:told")).content.decode()

    assert f"误评 1 条（工号 {a_callback_clerk().badge} 认定）" in page


def test_who_asked_for_texts_is_written_to_by_who_verifies_and_who_calls_back() -> None:
    case = a_matter_ended(name="林静", phone="13800000009", contact="text")
    review = rated_matter(case, 1, at=MONDAY + A_DAY).review
    office, page = signed_in(a_callback_clerk()), reverse("reviews:review", args=[review.pk])

    before = office.get(page).content.decode()
    shown = office.post(reverse("reviews:reveal", args=[review.pk])).content.decode()
    given = handed_over(review, at=MONDAY + A_DAY).rectification

    assert "只发短信" in before
    assert "请发短信，不要打电话" in shown
    assert "tel:13800000009" not in shown
    assert given is not None
    assert given.requester is not None
    assert given.requester.wants_text


def test_who_may_be_called_is_shown_no_other_wish() -> None:
    review = a_bad_rating()
    office = signed_in(a_callback_clerk())

    shown = office.post(reverse("reviews:reveal", args=[review.pk])).content.decode()

    assert "tel:13800000001" in shown
    assert "只发短信" not in shown


def test_who_decides_an_objection_reads_it_beside_the_form() -> None:
    review = contested(a_bad_rating())

    client = signed_in(a_supervisor())
    page = client.get(reverse("reviews:deed", args=[review.pk, "settled"])).content.decode()

    assert "当天系统故障。" in page
