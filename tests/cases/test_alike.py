"""The same matter said twice is found, shown with its words, and settled by a person."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mingchuang.base.errors import NotFound
from mingchuang.base.memory import forget
from mingchuang.cases.actions.alike import compare_new, keep_words, tell_apart
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.merging import join_as_reminder, merge_case, unmerge_case
from mingchuang.cases.actions.personal import ask_for_requester, grant_privacy
from mingchuang.cases.errors import NotYourDuty, OtherPerson, SameCase
from mingchuang.cases.models import Alike, Case, CommonWords, NotAlike, Submission
from mingchuang.cases.queries.alike import commonness, like_cases
from mingchuang.cases.queries.common_words import newly_counted
from mingchuang.cases.queries.lists import callback_list
from mingchuang.cases.rules.groups import HOT
from mingchuang.ledger.actions import seal_entries
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    AN_HOUR,
    MONDAY,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    a_person,
    a_submission,
    a_supervisor,
    a_unit,
    code,
    count_words,
    newest,
    the_handler,
    told,
)
from tests.cases.deeds import everything

pytestmark = pytest.mark.django_db

DUST = "丽江新城旁边的搅拌站半夜开工，灰尘很大，睡不着。"
AGAIN = "搅拌站又在半夜开工，丽江新城的居民都睡不着，请管一管。"
LAMP = "三里桥公园门口的路灯坏了一个星期。"
PHONE = "13800000001"


def compare() -> None:
    seal_entries(at=MONDAY)
    while compare_new(at=MONDAY):
        pass


def numbers(case: Case) -> list[str]:
    return [like.case.number for like in like_cases(a_dispatcher(), case)]


def test_the_same_matter_is_found_with_the_words_both_share() -> None:
    earlier, case = a_case(text=DUST), a_case(text=AGAIN)

    found = like_cases(a_dispatcher(), case)

    assert [like.case for like in found] == [earlier]
    assert {"丽江新城", "搅拌站", "半夜开工", "睡不着"} <= set(found[0].shared)
    assert found[0].comes_first


def test_another_matter_is_not_suggested() -> None:
    a_case(text=LAMP)

    assert numbers(a_case(text=DUST)) == []


def test_the_same_words_about_another_place_are_half_as_alike() -> None:
    here, there = a_case(text=LAMP, place="江滨路"), a_case(text=LAMP, place="天一路")

    assert [like.score for like in like_cases(a_dispatcher(), there)] == [
        pytest.approx(0.5, abs=0.1)
    ]
    assert here.place != there.place


@pytest.mark.parametrize("state", ["merged", "withdrawn", "declined", "referred"])
def test_nobody_is_led_to_what_has_ended(state: str) -> None:
    ended = a_case(state, text=DUST)

    assert ended.number not in numbers(a_case(text=DUST))


def test_what_was_said_half_a_year_ago_is_another_story() -> None:
    a_case(text=DUST, at=MONDAY - 180 * A_DAY)

    assert numbers(a_case(text=DUST)) == []


def test_staff_are_led_only_to_what_they_may_see() -> None:
    a_case("dispatched", text=DUST)
    mine = a_case("dispatched", text=DUST)

    assert like_cases(the_handler(mine), mine) == []


def test_words_in_confidence_are_compared_with_nothing_before_they_are_looked_over() -> None:
    secret = a_submission(text=DUST, confidential=True).case
    plain = a_case(text=DUST)
    compare()

    assert like_cases(a_dispatcher(), secret) == []
    assert numbers(plain) == []
    assert not Alike.objects.exists()


def test_words_in_confidence_are_compared_once_they_are_looked_over() -> None:
    plain = a_case(text=DUST)
    secret = a_case(text=DUST, confidential=True)
    compare()

    assert numbers(secret) == [plain.number]
    assert Alike.objects.get().case == secret


def test_what_a_dispatcher_told_apart_is_not_suggested_again() -> None:
    earlier, case = a_case(text=DUST), a_case(text=AGAIN)

    tell_apart(earlier.number, case.number, by=a_dispatcher(), at=MONDAY)

    assert numbers(case) == numbers(earlier) == []
    assert (newest(earlier).verb, newest(earlier).facts["other"]) == (
        "case.told_apart",
        case.number,
    )


def test_two_cases_are_told_apart_once() -> None:
    earlier, case = a_case(text=DUST), a_case(text=AGAIN)
    tell_apart(case.number, earlier.number, by=a_dispatcher(), at=MONDAY)

    tell_apart(earlier.number, case.number, by=a_dispatcher(), at=MONDAY)

    assert NotAlike.objects.count() == 1
    assert told(earlier).count("case.told_apart") + told(case).count("case.told_apart") == 1


def test_a_case_is_not_told_apart_from_itself_nor_by_just_anybody() -> None:
    case, other = a_case(text=DUST), a_case(text=AGAIN)

    with pytest.raises(SameCase):
        tell_apart(case.number, case.number, by=a_dispatcher(), at=MONDAY)
    with pytest.raises(NotYourDuty):
        tell_apart(case.number, other.number, by=a_person(Role.RECEPTION), at=MONDAY)
    with pytest.raises(NotFound):
        tell_apart(case.number, other.number, by=a_person(Role.HANDLER), at=MONDAY)


def test_new_words_are_tied_to_the_earlier_ones_they_are_like() -> None:
    earlier, later, _other = a_case(text=DUST), a_case(text=AGAIN), a_case(text=LAMP)

    compare()

    tie = Alike.objects.get()
    assert (tie.case, tie.other) == (later, earlier)
    assert tie.score >= HOT
    assert "丽江新城" in tie.shared


def test_comparing_goes_on_where_it_stopped() -> None:
    a_case(text=DUST)
    compare()
    a_case(text=AGAIN)

    compare()
    compare()

    assert Alike.objects.count() == 1
    assert compare_new(at=MONDAY) == 0


def test_what_is_not_sealed_yet_waits() -> None:
    a_case(text=DUST)
    a_case(text=AGAIN)

    assert compare_new(at=MONDAY) == 0


def test_erased_words_leave_no_trace_in_the_ties_and_are_compared_no_more() -> None:
    earlier, later = a_case("archived", text=DUST), a_case(text=AGAIN)
    compare()
    wish = ask_for_requester(
        earlier.number,
        what="erase",
        reach="this",
        proof="document",
        by=a_dispatcher(),
        at=MONDAY + A_DAY,
    )

    grant_privacy(wish.pk, proof="document", by=a_supervisor(), at=MONDAY + A_DAY)

    assert earlier.submissions.get().is_erased
    assert Alike.objects.get().shared == []
    assert numbers(later) == []


def test_common_words_are_counted_hourly_and_when_twice_as_many_have_spoken() -> None:
    a_case(text=DUST)
    first = count_words(at=MONDAY)
    too_soon = count_words(at=MONDAY)
    a_case(text=LAMP)
    twice = count_words(at=MONDAY)

    assert (first, too_soon, twice) == (True, False, True)
    assert count_words(at=MONDAY + AN_HOUR)
    assert CommonWords.objects.get().texts == 2


def test_nobody_waits_while_words_are_counted(django_assert_max_num_queries: Any) -> None:
    a_case(text=DUST)
    words = newly_counted(MONDAY)
    assert words is not None

    with django_assert_max_num_queries(4):  # a savepoint, the row, and no text
        keep_words(words, at=MONDAY)

    assert CommonWords.objects.get().texts == 1


def test_words_in_confidence_are_not_counted_before_they_are_looked_over() -> None:
    a_submission(text=DUST, confidential=True)
    a_case(text=LAMP)

    count_words(at=MONDAY)

    assert CommonWords.objects.get().texts == 1


def test_a_new_count_is_read_within_a_minute() -> None:
    for _ in range(4):
        a_case(text=LAMP)
    count_words(at=MONDAY)
    before = commonness()
    for _ in range(8):
        a_case(text=DUST)
    count_words(at=MONDAY)
    forget()

    assert "搅拌" not in before.seen
    assert commonness().seen["搅拌"] == 8


def test_the_same_person_again_is_joined_as_a_reminder() -> None:
    master = a_case("handling", text=DUST, phone=PHONE)
    again = a_case(text=AGAIN, phone=PHONE)

    join_as_reminder(again.number, master.number, by=a_dispatcher(), at=MONDAY + A_DAY)

    joined = Case.objects.get(pk=master.pk)
    assert (joined.reminders, joined.submissions.count()) == (1, 2)
    assert newest(master).verb == "case.reminded"
    assert newest(master).facts == {
        "by": "requester",
        "confirmed_by": a_dispatcher().badge,
        "submission": again.number,
    }


def test_another_person_cannot_be_counted_as_a_reminder() -> None:
    master = a_case("handling", text=DUST, phone=PHONE)
    others = [a_case(text=AGAIN, phone="13900000002"), a_case(text=AGAIN)]

    for case in others:
        with pytest.raises(OtherPerson):
            join_as_reminder(case.number, master.number, by=a_dispatcher(), at=MONDAY + A_DAY)

    assert Case.objects.get(pk=master.pk).reminders == 0


def test_who_spoke_in_confidence_is_not_found_out_by_their_phone() -> None:
    master = a_case("handling", text=DUST, phone=PHONE, confidential=True)
    case = a_case(text=LAMP, phone=PHONE)

    assert numbers(case) == []
    with pytest.raises(OtherPerson):
        join_as_reminder(case.number, master.number, by=a_dispatcher(), at=MONDAY + A_DAY)


def test_the_same_person_comes_first_and_what_else_they_said_last() -> None:
    a_case(text=DUST, at=MONDAY + AN_HOUR)
    other = a_case(text=LAMP, phone=PHONE)
    same = a_case(text=DUST, phone=PHONE)
    case = a_case(text=AGAIN, phone=PHONE)

    found = like_cases(a_dispatcher(), case)

    assert [like.is_same_person for like in found] == [True, False, True]
    assert (found[0].case, found[-1].case) == (same, other)


def test_parting_a_reminder_leaves_everything_as_it_was() -> None:
    master = a_case("handling", text=DUST, phone=PHONE)
    again = a_case("accepted", text=AGAIN, phone=PHONE, at=MONDAY + A_DAY)
    rows, said = Case.objects.order_by("pk").values(), Submission.objects.order_by("pk").values()
    before = [list(rows.all()), list(said.all())]

    join_as_reminder(again.number, master.number, by=a_dispatcher(), at=MONDAY + 2 * A_DAY)
    unmerge_case(again.number, by=a_dispatcher(), at=MONDAY + 2 * A_DAY)

    assert [list(rows.all()), list(said.all())] == before


def test_a_wish_to_join_outlives_joining_and_parting() -> None:
    master = a_case("handling", text=DUST)
    case = a_case("accepted", text=AGAIN, joins=master.pk, at=MONDAY + A_DAY)
    submissions = everything()["cases_submission"]

    merge_case(case.number, master.number, by=a_dispatcher(), at=MONDAY + 2 * A_DAY)
    unmerge_case(case.number, by=a_dispatcher(), at=MONDAY + 2 * A_DAY)

    assert everything()["cases_submission"] == submissions
    assert case.submissions.get().wishes_to_join == master


def test_one_answer_reaches_everybody_who_was_joined_and_each_is_called(client: Client) -> None:
    master = a_case("handling", text=DUST, phone=PHONE)
    said = [a_submission(text=AGAIN, phone=f"1390000000{n}") for n in range(3)]
    for one in said:
        merge_case(one.case.number, master.number, by=a_dispatcher(), at=MONDAY + AN_HOUR)
    reply_to_case(
        master.number,
        "搅拌站已停工。",
        disposition="done",
        by=the_handler(master),
        at=MONDAY + A_DAY,
    )

    everybody = [master.submissions.get(number=master.number), *said]
    pages = [client.get(f"/r/{one.number}/{code(one)}/").content.decode() for one in everybody]
    called = [one.number for one in callback_list(a_callback_clerk())]

    assert all("搅拌站已停工。" in page for page in pages)
    assert sorted(called) == sorted(one.number for one in everybody)


def test_the_list_costs_few_statements_however_many_there_are(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        a_case(text=DUST, phone=PHONE)
    case = a_case(text=AGAIN, phone=PHONE)
    client.force_login(a_dispatcher())

    with django_assert_max_num_queries(14):
        page = client.get(f"/desk/cases/{case.number}/alike/").content.decode()

    assert page.count(">不是同一件<") >= 6


def test_one_press_joins_the_later_into_the_earlier_from_either_side(client: Client) -> None:
    earlier, later = a_case("accepted", text=DUST), a_case(text=AGAIN)
    client.force_login(a_dispatcher())

    client.post(f"/desk/cases/{earlier.number}/alike/", {"other": later.number, "deed": "join"})

    assert Case.objects.get(pk=later.pk).master == earlier


def test_a_refused_join_says_why_and_the_list_stays(client: Client) -> None:
    case, other = a_case(text=DUST), a_case("archived", text=AGAIN)
    client.force_login(a_dispatcher())

    answer = client.post(
        f"/desk/cases/{case.number}/alike/", {"other": other.number, "deed": "join"}
    )

    assert answer.status_code == 422
    assert "已归档" in answer.content.decode()


def test_the_case_page_leads_to_the_list_and_costs_nothing_more(client: Client) -> None:
    case = a_case(text=DUST)
    client.force_login(a_dispatcher())

    pages = [
        client.get(f"/desk/cases/{case.number}/{more}").content.decode() for more in ("", "merge/")
    ]

    assert all(f'hx-get="/desk/cases/{case.number}/alike/"' in page for page in pages)
    assert all(f'href="/desk/cases/{case.number}/alike/"' in page for page in pages)


def test_a_unit_that_leads_another_case_is_named_in_the_list(client: Client) -> None:
    unit = a_unit("江滨社区")
    a_case("dispatched", text=DUST, unit=unit, place="丽江新城东门")
    case = a_case(text=AGAIN)
    client.force_login(a_dispatcher())

    page = client.get(f"/desk/cases/{case.number}/alike/").content.decode()

    assert all(words in page for words in ("江滨社区", "丽江新城东门", "已派单", ">搅拌站</b>"))
