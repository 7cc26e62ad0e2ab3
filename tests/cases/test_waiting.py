"""What waits is seen: a review day, words to be checked, words unread, people to be called."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from mingchuang.cases.actions.callbacks import record_callback
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.pleas import resume_case
from mingchuang.cases.actions.privacy import clear_photo, redact_remark
from mingchuang.cases.actions.voice import add_remark, withdraw_submission
from mingchuang.cases.actions.watch import archive_silent_cases, watch_cases
from mingchuang.cases.models import Case
from mingchuang.cases.queries.audit import case_faults
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.queries.inbox import InboxFilter, inbox, inbox_counts
from mingchuang.cases.queries.lists import callback_list, first, open_pleas, ready_to_archive
from mingchuang.cases.queries.receipts import receipt_of
from mingchuang.people.models import Person
from tests.build import (
    A_DAY,
    AN_HOUR,
    MONDAY,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    a_submission,
    a_unit,
    code,
    redact,
    the_handler,
    told,
)
from tests.cases.reading import words_of
from tests.town import a_photo

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY
# A pause of `a_case` asks for thirty days, counted from one at noon on Monday.
REVIEW = datetime(2026, 4, 1, tzinfo=MONDAY.tzinfo)


def in_view(person: Person, view: str, at: datetime = TUESDAY) -> list[Case]:
    return list(inbox(person, view=view, wanted=InboxFilter(), now=at)[:100])


def add(case: Case, text: str = "昨晚又灭了。", *, at: datetime = TUESDAY) -> None:
    add_remark(case.number, code(case.submissions.get()), text, at=at)


def nobody_answers(number: str, *hours: int) -> None:
    for hour in hours:
        at = TUESDAY + hour * AN_HOUR
        record_callback(number, outcome="no_answer", by=a_callback_clerk(), at=at)


def test_on_the_review_day_a_paused_case_is_called_to_mind_once() -> None:
    case = a_case("paused")

    early, on_the_day, later = (
        watch_cases(at=at) for at in (REVIEW - timedelta(seconds=1), REVIEW, REVIEW + A_DAY)
    )

    assert (early, on_the_day, later) == (0, 1, 0)
    assert told(case).count("case.review_due") == 1
    assert list(case_faults()) == []


def test_the_requester_reads_that_it_is_looked_at_again() -> None:
    case = a_case("paused")
    watch_cases(at=REVIEW)

    receipt = receipt_of(case.submissions.get())

    assert receipt.story[-1].sentence == "到了复核日期，正在再看一次"


def test_what_was_taken_up_again_before_its_day_is_not_called_to_mind() -> None:
    case = a_case("paused")
    resume_case(case.number, by=the_handler(case), at=TUESDAY)
    Case.objects.update(warn_at=REVIEW + A_DAY, due_at=REVIEW + 2 * A_DAY)

    assert watch_cases(at=REVIEW) == 0


def test_what_is_to_be_reviewed_stands_in_its_own_view_until_it_is_taken_up() -> None:
    case, unit = a_case("paused"), a_unit()
    a_case("paused", unit=unit, at=MONDAY + A_DAY)
    handler = the_handler(case)
    waiting = in_view(handler, "review", REVIEW)
    resume_case(case.number, by=handler, at=REVIEW)

    assert waiting == [case]
    assert in_view(handler, "review", REVIEW) == []


def test_paused_cases_stand_by_their_review_day() -> None:
    later, sooner = a_case("paused", at=MONDAY + 7 * A_DAY), a_case("paused")

    assert in_view(a_dispatcher(), "paused") == [sooner, later]


def test_the_view_of_reviews_is_shown_only_while_something_is_to_be_reviewed(
    client: Client,
) -> None:
    client.force_login(a_dispatcher())
    before = client.get("/desk/").context["views"]
    a_case("paused")

    after = client.get("/desk/").context["views"]

    assert [view["name"] for view in before if view["name"] == "review"] == []
    assert [view["count"] for view in after if view["name"] == "review"] == [1]


def a_secret() -> Case:
    """Confidential words; the first of them are looked over already."""
    case = a_submission(name="张小明", confidential=True).case
    redact(case)
    return case


def test_words_nobody_has_looked_over_wait_where_they_may_be_looked_over() -> None:
    case = a_submission(confidential=True).case
    a_submission()

    waiting = in_view(a_dispatcher(), "check")

    assert waiting == [case]
    assert inbox_counts(a_dispatcher(), now=TUESDAY)["check"] == 1


def test_a_later_remark_waits_until_it_is_looked_over() -> None:
    case = a_secret()
    before = in_view(a_dispatcher(), "check")
    add(case, "我是张小明，昨晚又吵。")
    waiting = in_view(a_dispatcher(), "check")

    remark = case.submissions.get().remarks.get()
    redact_remark(case.number, remark.pk, "昨晚又吵。", by=a_dispatcher(), at=TUESDAY)

    assert (before, waiting, in_view(a_dispatcher(), "check")) == ([], [case], [])


def test_a_photo_waits_until_it_is_looked_at() -> None:
    case = a_submission(confidential=True, photos=(a_photo(),)).case
    redact(case)
    waiting = in_view(a_dispatcher(), "check")

    photo = case.submissions.get().attachments.get()
    clear_photo(case.number, photo.pk, by=a_dispatcher(), at=TUESDAY)

    assert (waiting, in_view(a_dispatcher(), "check")) == ([case], [])


def test_who_may_not_look_over_has_nothing_to_look_over(client: Client) -> None:
    case = a_case("handling", confidential=True)
    add(case)
    client.force_login(the_handler(case))

    views = client.get("/desk/").context["views"]

    assert in_view(the_handler(case), "check") == []
    assert "check" not in {view["name"] for view in views}


def test_words_added_before_the_answer_are_not_unread() -> None:
    case = a_case("handling")
    add(case, at=MONDAY + 4 * AN_HOUR)

    assert not case_file(the_handler(case), case.number).is_unread
    assert not in_view(a_dispatcher(), "all")[0].unread  # type: ignore[attr-defined]


def test_words_added_to_an_answered_case_are_marked_wherever_it_stands(client: Client) -> None:
    case = a_case("replied", phone="13800000000")
    add(case)
    client.force_login(a_callback_clerk())

    pages = [
        words_of(client.get(path))
        for path in ("/desk/?view=callback", "/desk/callbacks/", f"/desk/cases/{case.number}/")
    ]

    assert all("有新补充" in page or "又补充了情况" in page for page in pages)


def test_words_nobody_has_read_keep_a_case_from_the_archive_until_somebody_looks() -> None:
    case = a_case("replied")
    add(case)

    archived = archive_silent_cases(at=MONDAY + 1000 * A_DAY)

    ready = ready_to_archive(a_callback_clerk()).get()
    assert archived == 0
    assert (ready, ready.unread) == (case, True)  # type: ignore[attr-defined]


def two_who_ask() -> tuple[Case, str, str]:
    """An answered case of two requesters, both with a phone."""
    case = a_case("handling", phone="13800000001")
    other = a_case("received", phone="13800000002")
    merge_case(other.number, case.number, by=a_dispatcher(), at=TUESDAY - 2 * AN_HOUR)
    reply_to_case(case.number, "修好了。", disposition="done", by=the_handler(case), at=TUESDAY)
    return Case.objects.get(pk=case.pk), case.number, other.number


def test_who_was_tried_often_enough_leaves_the_call_list_while_a_neighbour_still_waits() -> None:
    _case, tried, waiting = two_who_ask()

    nobody_answers(tried, 1, 2, 25)

    assert [said.number for said in callback_list(a_callback_clerk())] == [waiting]


def test_three_tries_on_one_day_do_not_take_anybody_off_the_call_list() -> None:
    _case, tried, waiting = two_who_ask()

    nobody_answers(tried, 1, 2, 3)

    assert {said.number for said in callback_list(a_callback_clerk())} == {tried, waiting}


def test_tries_around_midnight_in_london_are_tries_on_one_day() -> None:
    _case, tried, waiting = two_who_ask()

    nobody_answers(tried, 22, 22 + 1, 22 + 2)

    assert {said.number for said in callback_list(a_callback_clerk())} == {tried, waiting}


def test_where_the_last_who_waited_took_it_back_nobody_is_called_any_more() -> None:
    case, tried, waiting = two_who_ask()
    nobody_answers(tried, 1, 2, 25)
    said = case.submissions.get(number=waiting)

    withdraw_submission(waiting, code(said), at=TUESDAY + 2 * A_DAY)

    assert not callback_list(a_callback_clerk()).exists()
    assert Case.objects.get(pk=case.pk).state == "archived"


def test_where_everybody_was_tried_the_case_is_ready_for_the_archive() -> None:
    case, tried, waiting = two_who_ask()
    nobody_answers(tried, 1, 2, 25)
    case.submissions.filter(number=waiting).update(withdrawn_at=TUESDAY)

    assert list(ready_to_archive(a_callback_clerk())) == [case]


@pytest.mark.parametrize(("most", "more"), [(1, 2), (2, 1), (3, 0), (4, 0)])
def test_of_a_long_list_one_is_told_how_much_more_there_is(most: int, more: int) -> None:
    for _ in range(3):
        a_case("returned")

    shown = first(open_pleas(a_dispatcher()), most)

    assert (len(shown[0]), shown[1]) == (min(most, 3), more)
