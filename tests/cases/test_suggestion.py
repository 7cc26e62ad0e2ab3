"""Which unit is suggested: the catalogue first, then who answered what was like it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mingchuang.cases.actions.dispatch import decide_return, dispatch_case, redispatch_case
from mingchuang.cases.models import Case, DispatchRule
from mingchuang.cases.queries.suggestion import Suggestion, suggestion_for
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    AN_HOUR,
    MONDAY,
    a_case,
    a_dispatcher,
    a_person,
    a_submission,
    a_unit,
    count_words,
    newest,
    the_lead,
    the_plea,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)
WAGES = "城东工地的包工头拖欠农民工工资三个月。"
LAMPS = "学府路的路灯整夜不亮，走路看不清。"
LIKE = "工地老板拖欠工资，农民工没法回家过年。"


def answered(unit: Unit, text: str = WAGES) -> Case:
    return a_case("replied", unit=unit, text=text)


def suggested(case: Case, *, to: Person | None = None) -> Suggestion:
    return suggestion_for(to or a_dispatcher(), case, on=TODAY)


def units(suggestion: Suggestion) -> list[Unit]:
    return [option.unit for option in suggestion.options]


def dispatch_page(case: Case, who: Person, **query: str) -> str:
    client = Client()
    client.force_login(who)
    answer = client.get(reverse("cases:deed", args=[case.number, "dispatch"]), query)
    return answer.content.decode()


def is_picked(unit: Unit, page: str) -> bool:
    return f'<option value="{unit.pk}" selected>' in page


def test_the_unit_that_answered_what_is_alike_is_suggested_and_why() -> None:
    labour, lamps = a_unit("人社局"), a_unit("路灯所")
    cases = [answered(labour) for _ in range(3)]
    answered(lamps, LAMPS)

    option = suggested(a_case("accepted", text=LIKE)).options[0]

    assert option.unit == labour
    assert (option.choice.cases, option.choice.of) == (3, 3)
    assert {one.case for one in option.backing} == set(cases)
    assert "农民工" in option.backing[0].shared


def test_the_catalogue_comes_before_the_neighbours() -> None:
    labour, lamps = a_unit("人社局"), a_unit("路灯所")
    for _ in range(3):
        answered(labour)
    DispatchRule.objects.create(matter="工资", unit=lamps, since=TODAY)

    found = suggested(a_case("accepted", text=LIKE))

    assert found.chosen == {"unit": lamps.pk, "basis": "工资"}
    assert units(found) == [labour]


def test_enough_like_cases_fill_the_unit_in() -> None:
    labour = a_unit("人社局")
    for _ in range(3):
        answered(labour)

    found = suggested(a_case("accepted", text=LIKE))

    assert found.chosen == {
        "unit": labour.pk,
        "basis": f"相似且已答复的 3 件里 3 件由 {labour} 答复",
    }


def test_two_like_cases_are_shown_and_fill_nothing_in() -> None:
    labour = a_unit("人社局")
    for _ in range(2):
        answered(labour)

    found = suggested(a_case("accepted", text=LIKE))

    assert units(found) == [labour]
    assert found.chosen == {}


def test_nothing_is_suggested_when_nothing_is_alike() -> None:
    answered(a_unit("路灯所"), LAMPS)

    found = suggested(a_case("accepted", text="食堂的饭菜太咸。"))

    assert not found.lines
    assert not found.options


def test_words_that_were_not_counted_yet_find_what_is_alike() -> None:
    for _ in range(5):
        a_submission(text=LAMPS)
    count_words(at=MONDAY)
    labour = a_unit("人社局")
    answered(labour)

    assert units(suggested(a_case("accepted", text=LIKE))) == [labour]


def test_what_is_not_answered_suggests_nobody() -> None:
    a_case("handling", unit=a_unit("人社局"), text=WAGES)

    assert not suggested(a_case("accepted", text=LIKE)).options


def test_a_returned_case_weighs_against_the_unit_that_returned_it() -> None:
    wrong, labour = a_unit("城管局"), a_unit("人社局")
    answered(wrong)
    answered(labour)
    case = a_case("returned", unit=wrong, text=WAGES)
    before = units(suggested(a_case("accepted", text=LIKE)))

    decide_return(
        the_plea(case).pk,
        granted=True,
        decision="归人社局。",
        unit=labour,
        by=a_dispatcher(),
        at=MONDAY + A_DAY,
    )

    assert wrong in before
    assert units(suggested(a_case("accepted", text=LIKE))) == [labour]


def test_a_case_sent_elsewhere_weighs_against_the_first_unit_once_it_is_answered() -> None:
    wrong, labour = a_unit("城管局"), a_unit("人社局")
    answered(wrong)
    case = a_case("dispatched", unit=wrong, text=WAGES)
    at = MONDAY + 3 * AN_HOUR
    redispatch_case(case.number, labour, "派错了。", by=a_dispatcher(), at=at)
    Case.objects.filter(pk=case.pk).update(state="replied", round=1, replied_at=at)

    assert units(suggested(a_case("accepted", text=LIKE))) == [labour]


def test_no_case_is_linked_that_the_dispatcher_may_not_see() -> None:
    labour, county = a_unit("人社局"), a_unit("东县")
    for _ in range(3):
        answered(labour)
    case = a_case("accepted", text=LIKE)
    Case.objects.filter(pk=case.pk).update(intake_unit=county)
    case.refresh_from_db()

    found = suggested(case, to=a_person(Role.DISPATCHER, unit=county))

    assert not found.options


def test_words_in_confidence_that_nobody_looked_over_are_no_neighbours() -> None:
    labour = a_unit("人社局")
    case = answered(labour)
    case.submissions.update(confidential=True, redacted_at=None)

    assert not suggested(a_case("accepted", text=LIKE)).options


def test_words_in_confidence_find_no_neighbours_before_they_are_looked_over() -> None:
    answered(a_unit("人社局"))

    case = a_submission(text=LIKE, confidential=True).case

    assert not suggested(case).options


def test_the_dispatch_page_shows_the_cases_and_one_click_takes_the_unit() -> None:
    labour, case = a_unit("人社局"), a_case("accepted", text=LIKE)
    known = answered(labour)

    page = dispatch_page(case, a_dispatcher())
    taken = dispatch_page(case, a_dispatcher(), unit=str(labour.pk))

    assert known.number in page
    assert "都写到：" in page
    assert not is_picked(labour, page)
    assert is_picked(labour, taken)
    assert f"相似且已答复的 1 件里 1 件由 {labour} 答复" in taken


@pytest.mark.parametrize("asked", ["0", "x", "999999999999999999999999"])
def test_a_unit_that_was_not_suggested_is_not_filled_in(asked: str) -> None:
    page = dispatch_page(a_case("accepted", text=LIKE), a_dispatcher(), unit=asked)

    assert "请您判断派给谁" in page
    assert "selected" not in page.partition('name="unit"')[2].partition("</select>")[0].replace(
        '<option value="" selected>', ""
    )


def test_the_ledger_tells_on_what_grounds_the_unit_was_chosen() -> None:
    lamps, labour = a_unit("路灯所"), a_unit("人社局")
    DispatchRule.objects.create(matter="路灯", unit=lamps, since=TODAY)
    answered(labour)
    by_line, by_likes, by_hand = (a_case("accepted", text=text) for text in (LAMPS, LIKE, LIKE))
    who: dict[str, Any] = {"by": a_dispatcher(), "at": MONDAY + 2 * AN_HOUR}

    dispatch_case(by_line.number, lamps, basis="路灯", **who)
    dispatch_case(by_likes.number, labour, basis="相似的都由它答复", **who)
    dispatch_case(by_hand.number, labour, **who)

    assert newest(by_line).facts["grounds"] == "catalogue"
    assert "路灯" not in str(newest(by_line).facts)
    assert newest(by_likes).facts["grounds"] == "alike"
    assert (newest(by_likes).facts["cases"], newest(by_likes).facts["compared"]) == (1, 1)
    assert newest(by_hand).facts["grounds"] == "hand"


def test_what_was_dispatched_by_hand_has_a_vote_once_it_is_answered() -> None:
    case = answered(a_unit("人社局"))

    assert units(suggested(a_case("accepted", text=LIKE))) == [the_lead(case)]


def test_the_page_of_suggestions_asks_few_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    labour, dispatcher = a_unit("人社局"), a_dispatcher()
    for _ in range(6):
        answered(labour)
    case = a_case("accepted", text=LIKE)
    client = Client()
    client.force_login(dispatcher)
    client.get(reverse("cases:case", args=[case.number]))

    with django_assert_max_num_queries(16):
        answer = client.get(reverse("cases:suggestion", args=[case.number]))

    assert answer.status_code == 200


def test_suggesting_asks_eleven_questions_however_many_are_alike(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    labour, dispatcher = a_unit("人社局"), a_dispatcher()
    for _ in range(6):
        answered(labour)
    case = a_case("accepted", text=LIKE)

    with django_assert_max_num_queries(11):
        suggestion_for(dispatcher, case, on=TODAY)
