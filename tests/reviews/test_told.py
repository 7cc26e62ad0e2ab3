"""What everybody reads: good words that were looked over, and each service where that tells on
nobody."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from mingchuang.cases.rules.figures import month_of
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import Entry
from mingchuang.reviews.actions.rating import rate_visit
from mingchuang.reviews.actions.showing import publish_words
from mingchuang.reviews.models import Rating, Review, Showing
from mingchuang.reviews.queries.figures_of_items import counted_by_item
from mingchuang.reviews.rules.figures import Name
from mingchuang.reviews.words.tags import tag_words
from mingchuang.visits.actions.calling import call_next, finish
from tests.build import A_DAY, a_callback_clerk, a_unit
from tests.hall.build import a_site
from tests.reviews.build import LATER, a_visit_served, found
from tests.reviews.test_pages import signed_in
from tests.visits.hall import a_clerk, a_line, a_visit
from tests.visits.test_keeping import audited

pytestmark = pytest.mark.django_db
BOARD = "reviews:told"


def test_good_words_are_read_by_everybody_once_agreed_to_and_looked_over() -> None:
    agrees, silent = a_visit_served(at=now()), a_visit_served(at=now())
    said = {"grade": "5", "words": "没有多跑，电话13812345678。", "may_show": "on"}
    Client().post(reverse("reviews:rate", args=[agrees.code]), said)
    Client().post(reverse("reviews:rate", args=[silent.code]), {"grade": "4", "words": "不错。"})
    office, rating = signed_in(a_callback_clerk()), Rating.objects.get(may_show=True)
    path, other = (
        reverse("reviews:words", args=[Rating.objects.get(may_show=agreed).handle])
        for agreed in (True, False)
    )

    waiting = Client().get(reverse(BOARD)).content.decode()
    settling = office.get(path)
    office.post(path, {"shown": settling.context["form"]["shown"].value()})
    shown = Client().get(reverse(BOARD)).content.decode()
    office.post(reverse("reviews:words_down", args=[rating.handle]))

    entry = Entry.objects.get(verb="showing.published")
    assert "没有多跑" not in waiting
    assert "13812345678" not in settling.content.decode()
    assert "没有多跑，电话〔电话〕" in shown
    assert "不错。" not in shown
    assert office.get(other).status_code == 404
    assert rating.handle not in f"{entry.subject} {entry.facts}"
    assert "没有多跑" not in Client().get(reverse(BOARD)).content.decode()
    assert audited() == []


def test_two_wordings_of_the_same_words_do_not_fit_into_the_table() -> None:
    rating = rate_visit(a_visit_served().code, 5, words="很快。", may_show=True, at=LATER)
    publish_words(rating.handle, "很快。", by=a_callback_clerk(), at=LATER)
    second = Showing(rating=rating, shown="很快！", by=a_callback_clerk(), at=LATER)
    second.entry = record("showing.published", second.subject, at=LATER, digest=second.digest)

    with pytest.raises(IntegrityError, match="reviews_showing"), transaction.atomic():
        second.save()


def test_each_service_has_its_figures_once_the_month_is_over() -> None:
    then = now() - 32 * A_DAY
    line = a_line(site=a_site("told-apart", unit=a_unit()))
    clerk, item = a_clerk(line, at=then), line.items.get()
    for grade in (5, 5, 4, 3, 1):
        visit = a_visit(line, at=then)
        call_next(by=clerk, at=then)
        finish(by=clerk, at=then)
        rate_visit(visit.code, grade, phone="13800000001" * (grade == 1), at=then)
    a_visit(line, at=then)
    call_next(by=clerk, at=then)
    found(Review.objects.get(), "mistaken", at=then)

    ((named, told),) = counted_by_item(month_of(localdate(then)), now()).lines
    shares = {one.name: (one.part, one.whole) for one in told.shares}
    over = Client().get(reverse(BOARD), {"month": f"{localdate(then):%Y-%m}"}).content.decode()
    running = Client().get(reverse(BOARD), {"month": f"{localdate():%Y-%m}"}).content.decode()
    asked_for_none = Client().get(reverse(BOARD)).content.decode()

    assert named == item
    assert (shares[Name.GOOD], shares[Name.BAD], shares[Name.VOICE]) == ((4, 4), (0, 4), (5, 5))
    assert f'<th scope="row">{item}</th>' in over
    assert '误评 <span class="num">1</span>' in over
    assert "下个月起给出" in running
    assert str(item) not in running
    assert "还没有可以给出的数字，下面是" in asked_for_none
    assert f'<th scope="row">{item}</th>' in asked_for_none


def test_a_rating_of_today_moves_no_figure_that_anybody_reads() -> None:
    rate_visit(a_visit_served(at=now()).code, 1, tags=[113], phone="13800000001", at=now())

    page = Client().get(reverse(BOARD)).content.decode()

    assert "满 5 条才给出" in page
    assert "非常不满意" not in page
    assert str(tag_words("v2", "113")[0]) not in page


def test_a_service_few_rated_is_not_told_by_itself() -> None:
    then = now() - 32 * A_DAY
    visit = a_visit_served(at=then)
    rate_visit(visit.code, 5, at=then)
    names_none = a_visit_served(at=then)
    names_none.items.clear()
    names_none.line.items.clear()
    rate_visit(names_none.code, 5, at=then)

    page = Client().get(reverse(BOARD), {"month": f"{localdate(then):%Y-%m}"}).content.decode()

    assert str(visit.line.items.get()) not in page
    assert "另有 1 个事项，本人评价共 1 条" in page
    assert "另有 1 条没有说明办哪件事，只计入全市" in page
