"""A bad rating is verified, contested before another office, put right, told, and rated again."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mingchuang.base.errors import NotFound, Refused
from mingchuang.cases.actions.callbacks import record_callback
from mingchuang.cases.actions.dispatch import acknowledge_case
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.queries.casefile import case_file
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Unit
from mingchuang.people.rules.roles import Role
from mingchuang.reviews import errors
from mingchuang.reviews.actions import reviewing
from mingchuang.reviews.actions.rating import (
    enter_case_paper,
    enter_visit_paper,
    rate_number,
    rate_visit,
)
from mingchuang.reviews.models import Rating, Review
from mingchuang.reviews.queries.desk import to_answer, to_review
from mingchuang.reviews.queries.raters import contact_of, draft_of
from mingchuang.reviews.queries.reviewing import offices as offices_of
from mingchuang.reviews.queries.reviewing import opened, review_for
from mingchuang.reviews.rules.life import Deed
from mingchuang.reviews.rules.ratings import Channel, Origin
from tests.build import (
    A_DAY,
    MONDAY,
    a_callback_clerk,
    a_case,
    a_person,
    a_supervisor,
    a_unit,
    the_handler,
)
from tests.reviews.build import (
    A_MONTH,
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
from tests.visits.test_keeping import audited

pytestmark = pytest.mark.django_db


def put_right(review: Review, *, at: datetime = LATER) -> Review:
    """The rated office answered, and the call-back clerk told who rated."""
    assert review.rectification is not None
    case = review.rectification.case
    handler = the_handler(case)
    acknowledge_case(case.number, by=handler, at=at)
    reply_to_case(case.number, "已增开一个窗口。", disposition="done", by=handler, at=at)
    number, clerk = review.rectification.number, a_callback_clerk()
    record_callback(number, outcome="reached", solved=True, by=clerk, at=at)
    return Review.objects.get(pk=review.pk)


def test_a_bad_word_is_verified_whose_ever_it_is_and_called_about_where_a_phone_was_left() -> None:
    good, bad, other = a_visit_served(), a_visit_served(), a_visit_served()
    assert bad.window is not None
    assert other.window is not None
    rate_visit(good.code, 3, at=LATER)
    rate_number(bad.window, "A001", 1, at=LATER)
    rate_number(other.window, "A001", 1, phone="13800000007", at=LATER)
    rate_visit(bad.code, 2, at=LATER)

    reviews = [(one.rating.origin, one.rating.grade, one.reachable) for one in Review.objects.all()]

    assert reviews == [("window", 1, False), ("window", 1, True), ("citizen", 2, False)]
    assert not Entry.objects.filter(verb__startswith="review.").exists()


def test_a_matter_is_rated_once_it_has_ended_and_not_before() -> None:
    running = a_case("handling")

    with pytest.raises(errors.NotFinishedYet):
        rated_matter(running, 5, at=LATER)

    ended = a_matter_ended()
    rating = rated_matter(ended, 2, tags=[209, 110], at=MONDAY + A_DAY)
    assert (rating.unit, rating.tags, rating.channel) == (
        ended.responsible_unit,
        "209",
        Channel.RECEIPT,
    )


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        ("declined", errors.NeverTakenOn),
        ("referred", errors.SentElsewhere),
        ("withdrawn", errors.TakenBackByThemselves),
    ],
)
def test_what_ended_without_an_answer_says_why_it_is_not_rated(
    state: str, refusal: type[Refused]
) -> None:
    ended = a_case(state)

    with pytest.raises(refusal):
        rated_matter(ended, 5, at=LATER)


def test_after_thirty_days_a_matter_is_forgotten() -> None:
    ended = a_matter_ended()

    with pytest.raises(errors.TooLateToRate, match="30 天"):
        rated_matter(ended, 5, at=MONDAY + A_MONTH + A_DAY)


def test_paper_is_typed_by_the_reviewing_office_and_never_by_the_rated_one() -> None:
    visit, ended = a_visit_served(), a_matter_ended()
    assert visit.window is not None
    unit = visit.window.site.unit
    paper: dict[str, Any] = {"paper": "ZZ-7", "at": LATER}

    own = a_person(Role.CALLBACK, unit=unit)
    with pytest.raises(errors.NotYours):
        enter_visit_paper(visit.window, "A001", visit.day, 1, by=own, **paper)
    enter_visit_paper(visit.window, "A001", visit.day, 1, by=a_callback_clerk(), **paper)
    enter_case_paper(ended.number, 5, by=a_callback_clerk(), paper="ZZ-8", at=MONDAY + A_DAY)

    assert {one.origin for one in Rating.objects.all()} == {Origin.STAFF}
    assert Review.objects.get().rating.paper == "ZZ-7"


def test_who_came_is_not_called_about_what_stands_on_a_sheet_of_somebody() -> None:
    ended = a_matter_ended(name="林静", phone="13800000009")
    paper: dict[str, Any] = {"paper": "ZZ-9", "by": a_callback_clerk(), "at": MONDAY + A_DAY}

    rating = enter_case_paper(ended.number, 1, words="林静白跑一趟。", **paper)

    assert contact_of(rating) == ("", "")
    assert not rating.review.reachable
    assert draft_of(rating) == "〔姓名〕白跑一趟。"


def test_before_it_is_verified_the_rated_office_knows_of_nothing() -> None:
    review = a_bad_rating()
    rated = a_rated_clerk(review)

    with pytest.raises(NotFound):
        review_for(rated, review.pk)

    assert not to_answer(offices_of(rated)).exists()
    assert to_review(offices_of(a_callback_clerk())).get() == review


def test_the_rated_office_reads_what_was_settled_and_never_who_rated() -> None:
    review = found(a_bad_rating())

    seen = opened(a_rated_clerk(review), review.pk, at=LATER)

    assert (seen.is_office, seen.phone, list(seen.story), seen.may_reveal) == (False, "", [], False)
    assert seen.review.shown == "等了两个小时。"
    assert {str(deed) for deed in seen.deeds} == {"agreed", "appealed"}


def test_a_slip_is_found_only_after_who_rated_said_so() -> None:
    review, clerk = a_bad_rating(), a_callback_clerk()
    reviewing.record_call(review.pk, outcome="no_answer", by=clerk, at=LATER)

    with pytest.raises(errors.NoSuchFinding):
        reviewing.settle_finding(
            review.pk, "mistaken", shown="", text="想是点错了。", by=clerk, at=LATER
        )

    assert Review.objects.get().state == "waiting"


def test_nobody_is_called_who_left_no_number() -> None:
    review = a_bad_rating(phone="")

    with pytest.raises(errors.NobodyToCall):
        reviewing.record_call(review.pk, outcome="reached", by=a_callback_clerk(), at=LATER)


def test_each_look_at_the_phone_is_an_entry_and_only_for_who_verifies() -> None:
    review = a_bad_rating()

    _name, phone = reviewing.reveal_rater(
        review.pk, reason="call_requester", by=a_callback_clerk(), at=LATER
    )

    assert phone == "13800000001"
    assert Entry.objects.get(verb="review.revealed").subject == review.subject
    with pytest.raises(NotFound):
        reviewing.reveal_rater(
            review.pk, reason="call_requester", by=a_rated_clerk(review), at=LATER
        )


def test_an_objection_is_decided_by_another_office_and_another_person() -> None:
    review = contested(a_bad_rating())
    decision: dict[str, Any] = {
        "upheld": True,
        "finding": "malicious",
        "text": "查明。",
        "at": LATER,
    }

    with pytest.raises(errors.NotYours):
        reviewing.decide_contest(review.pk, by=a_callback_clerk(), **decision)
    with pytest.raises(errors.NotYours):
        reviewing.decide_contest(review.pk, by=a_rated_clerk(review), **decision)
    settled = reviewing.decide_contest(review.pk, by=a_supervisor(), **decision)

    assert (settled.finding, settled.upheld, settled.state) == ("malicious", True, "found")
    assert Rating.objects.get().grade == 1


def test_who_found_it_does_not_decide_about_their_own_finding() -> None:
    review = a_bad_rating()
    both = a_person(Role.CALLBACK)
    Review.objects.filter(pk=review.pk).update(reachable=False)
    reviewing.settle_finding(review.pk, "true", shown="", text="属实。", by=both, at=LATER)
    reviewing.contest_finding(review.pk, "不是。", by=a_rated_clerk(review), at=LATER)
    Review.objects.update(found_by=a_supervisor())

    with pytest.raises(errors.AnotherDecides):
        reviewing.decide_contest(
            review.pk, upheld=False, text="维持。", by=a_supervisor(), at=LATER
        )


def objected_to_in_a_district() -> tuple[Review, Unit]:
    """A finding of a district's own call-back clerk, to which an office of it objects."""
    district = a_unit("海曙区")
    review = a_bad_rating(unit=a_unit(parent=district))
    by = a_person(Role.CALLBACK, unit=district)
    reviewing.settle_finding(review.pk, "true", shown="", text="属实。", by=by, at=LATER)
    clerk = a_rated_clerk(review)
    return reviewing.contest_finding(review.pk, "不是。", by=clerk, at=LATER), district


def test_an_objection_goes_to_another_office_than_the_one_that_found() -> None:
    review, district = objected_to_in_a_district()
    colleague, above = a_person(Role.SUPERVISOR, unit=district), a_supervisor()
    decision: dict[str, Any] = {"upheld": False, "text": "维持。", "at": LATER}

    with pytest.raises(errors.AnotherOfficeDecides):
        reviewing.decide_contest(review.pk, by=colleague, **decision)
    buttons = [Deed.DECIDE in opened(one, review.pk, at=LATER).deeds for one in (colleague, above)]
    settled = reviewing.decide_contest(review.pk, by=above, **decision)

    assert buttons == [False, True]
    assert settled.decided_by == above


def test_where_no_other_office_reviews_another_person_decides() -> None:
    review, district = objected_to_in_a_district()
    colleague = a_person(Role.SUPERVISOR, unit=district)

    before = opened(colleague, review.pk, at=LATER)
    settled = reviewing.decide_contest(
        review.pk, upheld=False, text="维持。", by=colleague, at=LATER
    )

    assert settled.decided_by == colleague
    assert (before.is_decided_within, Deed.DECIDE in before.deeds) == (True, True)


def test_one_objects_once_and_in_time() -> None:
    review = contested(a_bad_rating())
    reviewing.decide_contest(review.pk, upheld=False, text="维持。", by=a_supervisor(), at=LATER)
    late = found(a_bad_rating())

    for one, at in ((review, LATER), (late, LATER + 5 * A_DAY)):
        with pytest.raises(errors.TooLateToContest):
            reviewing.contest_finding(one.pk, "还是不服。", by=a_rated_clerk(one), at=at)


def test_nothing_is_handed_over_before_the_rated_office_was_heard() -> None:
    review = found(a_bad_rating())
    told: dict[str, Any] = {"text": "增开窗口。", "unit": review.unit, "by": a_callback_clerk()}

    with pytest.raises(errors.StillToBeHeard):
        reviewing.hand_over(review.pk, **told, at=LATER + 4 * A_DAY)

    assert reviewing.hand_over(review.pk, **told, at=LATER + 5 * A_DAY).state == "rectifying"


def test_what_is_unfounded_is_not_put_right_but_told() -> None:
    review = found(a_bad_rating(), "unfounded")
    told: dict[str, Any] = {"text": "增开窗口。", "unit": review.unit, "by": a_callback_clerk()}

    with pytest.raises(errors.NothingToRectify, match="不属实"):
        reviewing.hand_over(review.pk, **told, at=LATER + 5 * A_DAY)

    closed = reviewing.close_review(review.pk, "当天按时办结。", by=a_callback_clerk(), at=LATER)
    assert (closed.state, closed.rating.phone) == ("closed", "")


def test_a_rectification_is_a_case_on_its_own_clock_that_names_nobody() -> None:
    review = handed_over(a_bad_rating())
    assert review.rectification is not None
    case = review.rectification.case

    seen = case_file(the_handler(case), case.number)

    assert (case.kind, case.state, case.responsible_unit) == ("rectify", "dispatched", review.unit)
    assert case.time_limit is not None
    assert case.time_limit.profile == "ratings_zhejiang"
    assert case.due_at is not None
    assert (case.due_at - LATER).days == 15
    (speaker,) = seen.speakers
    assert not speaker.may_reveal
    assert "冯小明" not in speaker.submission.text
    assert "增开一个窗口" in speaker.submission.text


def test_who_rated_is_called_back_about_it_and_then_rates_once_more() -> None:
    review = handed_over(a_bad_rating())
    visit = review.rating.visit
    assert visit is not None

    with pytest.raises(errors.NotPutRightYet):
        reviewing.close_review(review.pk, "还没改。", by=a_callback_clerk(), at=LATER)
    with pytest.raises(errors.NoFollowUp):
        rate_visit(visit.code, 5, at=LATER)
    put_right(review)
    again = rate_visit(visit.code, 4, at=LATER)
    closed = reviewing.close_review(review.pk, "已增开窗口。", by=a_callback_clerk(), at=LATER)

    assert (again.nth, closed.state) == (2, "closed")
    assert [one.grade for one in Rating.objects.order_by("nth")] == [1, 4]
    with pytest.raises(errors.RatedAlready):
        rate_visit(visit.code, 5, at=LATER)


def test_a_bad_follow_up_keeps_no_phone_and_is_looked_into_like_the_first_word() -> None:
    review = handed_over(a_bad_rating())
    put_right(review)

    again = rate_visit(review.rating.visit.code, 1, phone="13800000009", at=LATER)  # type: ignore[union-attr]

    assert (again.nth, again.phone) == (2, "")
    assert (again.review.state, again.review.reachable) == ("waiting", False)
    settled = reviewing.settle_finding(
        again.review.pk, "unfounded", shown="", text="查过了。", by=a_callback_clerk(), at=LATER
    )
    assert settled.state == "found"


def test_a_closed_one_stays_closed() -> None:
    review = found(a_bad_rating(), "unfounded")
    reviewing.close_review(review.pk, "查明。", by=a_callback_clerk(), at=LATER)

    with pytest.raises(errors.NotSuchAStep, match="已办结"):
        reviewing.contest_finding(review.pk, "不服。", by=a_rated_clerk(review), at=LATER)


def test_the_whole_story_stands_in_the_ledger_and_the_audit_agrees() -> None:
    review = put_right(handed_over(a_bad_rating()))
    reviewing.close_review(review.pk, "已增开窗口。", by=a_callback_clerk(), at=LATER)

    told = Entry.objects.filter(subject=review.subject).values_list("verb", flat=True)

    assert [verb.removeprefix("review.") for verb in told] == [
        "phoned",
        "verified",
        "agreed",
        "entrusted",
        "concluded",
    ]
    assert audited() == []


def test_a_finding_bettered_behind_the_ledger_is_found() -> None:
    review = found(a_bad_rating())

    Review.objects.update(finding="unfounded")

    (fault,) = audited()
    assert (fault["code"], fault["what"], fault["tells"]) == ("contradicted", "finding", "true")
    assert fault["subject"] == review.subject


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"finding": "malicious"}, "reviews_review_harm_is_found_by_a_third"),
        ({"state": "rectifying"}, "reviews_review_rectifying_has_a_case"),
        ({"state": "closed"}, "reviews_review_closed_tells_what_was_done"),
        ({"state": "contested"}, "reviews_review_contested_waits_for_a_third"),
        ({"finding": ""}, "reviews_review_found_by_somebody"),
        ({"state": "asleep"}, "reviews_review_state"),
        ({"upheld": True}, "reviews_review_decided_by_a_third"),
        ({"finding": "mistaken", "was_reached": False}, "reviews_review_a_slip_is_said_by"),
    ],
)
def test_the_table_of_reviews_refuses(change: dict[str, object], name: str) -> None:
    found(a_bad_rating())

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Review.objects.update(**change)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"nth": 3}, "reviews_rating_first_or_follow_up"),
        ({"tags": "517"}, "reviews_rating_tags_fit_the_grade"),
        ({"channel": "window"}, "reviews_rating_came_so"),
        ({"paper": "ZZ-1"}, "reviews_rating_entered_by_somebody"),
        ({"window": None}, "reviews_rating_of_one_thing"),
        ({"nth": 2}, "reviews_rating_follow_up_leaves_no_phone"),
        ({"may_show": True}, "reviews_rating_shown_as_agreed"),
    ],
)
def test_the_table_of_ratings_refuses(change: dict[str, object], name: str) -> None:
    a_bad_rating()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Rating.objects.update(**change)


def test_two_follow_ups_of_one_visit_do_not_fit_into_the_table() -> None:
    visit = put_right(handed_over(a_bad_rating())).rating.visit
    assert visit is not None
    rate_visit(visit.code, 4, at=LATER)
    Rating.objects.filter(nth=1).update(origin="window", channel="window")

    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.filter(nth=1).update(origin="citizen", channel="ticket", nth=2)
