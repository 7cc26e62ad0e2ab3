"""Finding cases by what was said, by number and by phone; public answers; the lists one keeps."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from mingchuang.base.errors import NotFound
from mingchuang.base.search.marks import is_found_by
from mingchuang.cases.actions.dispatch import (
    add_assist,
    decide_return,
    dispatch_case,
    redispatch_case,
)
from mingchuang.cases.actions.handling import publish_reply, unpublish_reply
from mingchuang.cases.actions.merging import merge_case, unmerge_case
from mingchuang.cases.actions.personal import erase_identity
from mingchuang.cases.actions.privacy import redact_remark, redact_submission, retitle_case
from mingchuang.cases.actions.saved import MOST, drop_view, save_view
from mingchuang.cases.actions.voice import add_remark
from mingchuang.cases.errors import TooManyViews
from mingchuang.cases.models import Case, SavedView
from mingchuang.cases.queries.findable import CASES, MOST_UNITS
from mingchuang.cases.queries.finding import found_answers
from mingchuang.cases.queries.inbox import InboxFilter, inbox
from mingchuang.people.actions.posts import give_post
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.build import (
    LONG_AGO,
    MONDAY,
    a_case,
    a_dispatcher,
    a_person,
    a_submission,
    a_unit,
    code,
    the_handler,
    the_lead,
    the_plea,
)
from tests.cases.test_desk_pages import at_desk, listed

pytestmark = pytest.mark.django_db

written = st.text("路灯水管坏了漏aB3 ，。\n", min_size=1, max_size=20)


def found(words: str, *, person: Person | None = None, view: str = "all") -> list[str]:
    rows = inbox(person or a_dispatcher(), view=view, wanted=InboxFilter(q=words), now=MONDAY)
    return [case.number for case in rows[:50]]


def test_a_case_is_found_by_two_characters_of_what_was_said() -> None:
    case = a_case(text="天一路的路灯，坏了三天。", place="北仑街道")
    a_case(text="下水道堵了。")

    assert [found(words) for words in ("路灯", "坏了", "天一", "北仑", "路灯坏")] == [
        [case.number]
    ] * 5


def test_all_the_words_must_be_there_in_any_order() -> None:
    case = a_case(text="路灯坏了，在天一路。")
    a_case(text="路灯太亮。")

    assert found("天一路 坏了 路灯") == [case.number]


def test_the_newest_found_stands_first() -> None:
    first, second = a_case(text="路灯坏了。"), a_case(text="又是路灯。")

    assert found("路灯") == [second.number, first.number]


def test_words_added_later_and_the_answer_are_found_too() -> None:
    case = a_case("replied")
    asked = a_case()
    add_remark(asked.number, code(asked.submissions.get()), "是三单元。", at=MONDAY)

    assert found("灯已修好") == [case.number]
    assert found("三单元") == [asked.number]


def test_a_new_title_is_found_and_the_old_one_no_more() -> None:
    case = a_case(text="有人吗。", title="喂喂喂")
    words = {"title": "楼道照明", "place": "三号楼"}

    retitle_case(case.number, **words, by=a_dispatcher(), at=MONDAY)

    assert found("楼道照明 三号楼") == [case.number]
    assert found("喂喂喂") == []


def test_confidential_words_are_found_only_once_somebody_looked_them_over() -> None:
    case = a_submission(text="隔壁老王家的狗。", title="养狗", confidential=True).case
    before = found("老王")
    words = {"title": "养狗", "place": "", "text": "邻居家的狗很吵。"}

    redact_submission(case.number, **words, by=a_dispatcher(), at=MONDAY)

    assert (before, found("老王"), found("很吵")) == ([], [], [case.number])


def test_a_confidential_remark_is_found_only_once_somebody_looked_it_over() -> None:
    case = a_case("accepted", text="狗很吵。", confidential=True)
    said = case.submissions.get()
    remark = add_remark(said.number, code(said), "老王昨晚又吵。", at=MONDAY)
    before = found("昨晚")

    redact_remark(said.number, remark.pk, "昨晚又吵。", by=a_dispatcher(), at=MONDAY)

    assert (before, found("昨晚"), found("老王")) == ([], [case.number], [])


def test_what_was_merged_is_found_where_it_is_and_back_again() -> None:
    case, master = a_case(text="三楼漏水。"), a_case(text="屋顶漏水。")

    merge_case(case.number, master.number, by=a_dispatcher(), at=MONDAY)
    joined = found("三楼", view="due")
    unmerge_case(case.number, by=a_dispatcher(), at=MONDAY)

    assert (joined, found("三楼")) == ([master.number], [case.number])


def test_nobody_finds_what_they_may_not_see() -> None:
    case = a_case("handling", text="路灯坏了。")
    stranger = a_person(Role.HANDLER, unit=a_unit())

    assert found("路灯", person=the_handler(case)) == [case.number]
    assert found("路灯", person=stranger) == []


def test_who_is_given_a_returned_case_finds_it_from_then_on() -> None:
    case, unit = a_case("returned", text="路灯坏了。"), a_unit()
    person = a_person(Role.HANDLER, unit=unit)
    before, plea = found("路灯", person=person), the_plea(case).pk

    decide_return(plea, granted=True, decision="换", unit=unit, by=a_dispatcher(), at=MONDAY)

    assert (before, found("路灯", person=person)) == ([], [case.number])


def test_who_is_given_a_case_anew_finds_it_from_then_on() -> None:
    case, unit = a_case("dispatched", text="路灯坏了。"), a_unit()
    person = a_person(Role.HANDLER, unit=unit)
    before = found("路灯", person=person)

    redispatch_case(case.number, unit, "改派", by=a_dispatcher(), at=MONDAY)

    assert (before, found("路灯", person=person)) == ([], [case.number])


def test_who_is_called_to_help_finds_the_case_from_then_on() -> None:
    case, unit = a_case("handling", text="路灯坏了。"), a_unit()
    person = a_person(Role.HANDLER, unit=unit)
    before = found("路灯", person=person)

    add_assist(case.number, unit, by=the_handler(case), at=MONDAY)

    assert (before, found("路灯", person=person)) == ([], [case.number])


def test_whoever_is_named_with_the_dispatch_finds_the_case_too() -> None:
    case, lead, helper = a_case("accepted", text="路灯坏了。"), a_unit(), a_unit()

    dispatch_case(case.number, lead, assists=[helper], by=a_dispatcher(), at=MONDAY)

    people = [a_person(Role.HANDLER, unit=unit) for unit in (lead, helper)]
    assert [found("路灯", person=person) for person in people] == [[case.number]] * 2


def test_who_sits_above_more_units_than_are_asked_for_finds_the_cases_of_all() -> None:
    above = a_unit()
    under = [a_unit(parent=above) for _ in range(MOST_UNITS)]
    case = a_case("handling", text="路灯坏了。", unit=under[-1])

    assert found("路灯", person=a_person(Role.SUPERVISOR, unit=above)) == [case.number]


def test_a_tag_is_no_word() -> None:
    case = a_case(text="路灯坏了。")

    assert found(f"@{case.intake_unit_id}") == found(f"{case.intake_unit_id}") == []


def test_a_phone_finds_its_cases_for_those_who_may_know_whose_it_is() -> None:
    case = a_case("handling", phone="138 0000 0000")
    reception = a_person(Role.RECEPTION)

    assert found("138-0000-0000") == [case.number]
    assert found("13800000000", person=the_handler(case)) == [case.number]
    assert found("13800000000", person=reception) == []


def test_what_is_called_by_its_number_stands_before_what_only_speaks_of_it() -> None:
    case = a_case()
    other = a_case(text=f"参见 {case.number}。")

    assert found(case.number) == [case.number, other.number]
    assert found(case.number, view="done") == [case.number]


def test_a_long_list_of_finds_goes_on_over_pages_without_a_gap(client: Client) -> None:
    numbers = [a_submission(text="路灯坏了。").number for _ in range(30)]
    at_desk(client, a_dispatcher())

    pages = [listed(client, view="all", q="路灯", page=page) for page in (1, 2, 3)]

    assert pages[0] + pages[1] == numbers[::-1]
    assert pages[2] == pages[1]


def test_what_is_rare_among_many_finds_is_still_reached() -> None:
    unit = a_unit()
    mine = a_case("handling", text="路灯坏了。", unit=unit)
    for _ in range(90):
        a_submission(text="路灯坏了。")

    rows = inbox(the_handler(mine), view="all", wanted=InboxFilter(q="路灯"), now=MONDAY)

    assert [case.number for case in rows[:1]] == [mine.number]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=written, asked=written)
def test_the_inbox_finds_what_the_rule_says(db: None, text: str, asked: str) -> None:
    assume(text.strip(" ，。\n"))
    case = a_case(text=text)

    words = [case.title, case.place, text]

    assert (case.number in found(asked)) == is_found_by(asked, *words)
    CASES.remove([case.pk])


def test_a_search_costs_the_same_however_much_it_finds(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        a_submission(text="路灯坏了。")
    listed(at_desk(client, a_dispatcher()))

    with django_assert_max_num_queries(7):
        assert len(listed(client, view="all", q="路灯")) == 3


def test_public_answers_are_found_while_they_are_public() -> None:
    case = a_case("replied")
    words = {"text": "天一路的灯已经修好。"}
    publish_reply(case.number, "路灯", **words, by=the_handler(case), at=MONDAY)
    public = [reply.headline for reply in found_answers("天一路 路灯")]

    unpublish_reply(case.number, by=the_handler(case), at=MONDAY)

    assert (public, list(found_answers("天一路"))) == (["路灯"], [])


def test_anybody_looks_among_the_answers(client: Client) -> None:
    case = a_case("replied")
    publish_reply(case.number, "路灯修好了", by=the_handler(case), at=MONDAY)

    held = client.get("/answers/", {"q": "路灯"}).content.decode()
    empty = client.get("/answers/", {"q": "<噪声>"}).content.decode()

    assert "路灯修好了" in held
    assert "没有找到与“&lt;噪声&gt;”有关的答复" in empty


def test_a_list_is_kept_under_a_name_and_found_again(client: Client) -> None:
    case = a_case("handling", text="路灯坏了。")
    at_desk(client, a_dispatcher())
    query = {"name": "路灯", "query": "q=路灯&view=all&page=3&nonsense=1"}

    page = client.post(reverse("cases:save_view"), query, follow=True).content.decode()

    kept = SavedView.objects.get()
    assert kept.query == "view=all&q=%E8%B7%AF%E7%81%AF"
    assert "已存为“路灯”" in page
    assert case.number in client.get(f"/desk/?{kept.query}").content.decode()


def test_the_same_name_means_the_newer_list() -> None:
    for query in ("view=new", "view=done"):
        save_view("看看", query, by=a_dispatcher(), at=MONDAY)

    assert [kept.query for kept in SavedView.objects.all()] == ["view=done"]


def test_a_telephone_is_not_kept_in_a_list(client: Client) -> None:
    at_desk(client, a_dispatcher())

    given_ = {"name": "他", "query": "view=all&q=138 0000 0000"}
    page = client.post(reverse("cases:save_view"), given_, follow=True).content.decode()

    assert "不能存进常用列表" in page
    assert not SavedView.objects.exists()


def test_nobody_drops_the_list_of_another() -> None:
    kept = save_view("看看", "view=new", by=a_dispatcher(), at=MONDAY)

    with pytest.raises(NotFound):
        drop_view(kept.pk, by=a_person(Role.DISPATCHER), at=MONDAY)
    drop_view(kept.pk, by=a_dispatcher(), at=MONDAY)

    assert not SavedView.objects.exists()


def test_who_drops_a_list_stays_where_they_are(client: Client) -> None:
    kept = save_view("看看", "view=new", by=a_dispatcher(), at=MONDAY)
    at_desk(client, a_dispatcher())

    answer = client.post(reverse("cases:drop_view", args=[kept.pk]), {"query": "view=done&q=路灯"})

    assert answer["Location"] == "/desk/?view=done&q=%E8%B7%AF%E7%81%AF"


def test_a_list_without_a_name_is_told_what_is_missing(client: Client) -> None:
    at_desk(client, a_dispatcher())
    given_ = {"name": "", "query": "view=all&q=路灯"}

    page = client.post(reverse("cases:save_view"), given_, follow=True).content.decode()

    assert "给这个列表起个名字：这一项还空着，请填写或选择。" in page
    assert 'value="路灯"' in page


def test_there_is_an_end_to_keeping_lists() -> None:
    for n in range(MOST):
        save_view(f"第{n}个", "view=new", by=a_dispatcher(), at=MONDAY)

    with pytest.raises(TooManyViews):
        save_view("再一个", "view=new", by=a_dispatcher(), at=MONDAY)
    save_view("第0个", "view=done", by=a_dispatcher(), at=MONDAY)

    assert SavedView.objects.count() == MOST


def test_a_tab_keeps_what_is_looked_for(client: Client) -> None:
    a_case(text="路灯坏了。")

    page = (
        at_desk(client, a_dispatcher()).get("/desk/", {"q": "路灯", "page": "2"}).content.decode()
    )

    assert 'href="?q=%E8%B7%AF%E7%81%AF&amp;view=new"' in page


def test_what_presses_is_kept_by_the_database() -> None:
    danger, urgent = a_case(text="电梯里有人被困电梯。"), a_case(urgency="urgent")
    plain, waits = a_case("accepted"), a_case("needs_info")

    ranks = dict(Case.objects.values_list("pk", "press"))

    assert [ranks[case.pk] for case in (danger, urgent, plain, waits)] == [0, 0, 2, 3]


def test_a_phone_finds_no_confidential_case_for_who_also_handles_it() -> None:
    case = a_case("handling", text="狗很吵。", confidential=True, phone="13800000000")
    both = a_person(Role.DISPATCHER)
    give_post(both, the_lead(case), Role.HANDLER, at=LONG_AGO)

    assert found("13800000000") == [case.number]
    assert found("13800000000", person=both) == []


def test_a_kept_list_is_not_called_by_a_telephone(client: Client) -> None:
    client.force_login(a_dispatcher())

    page = client.post(
        reverse("cases:save_view"), {"name": "王 １３８-００００-0001", "query": ""}, follow=True
    ).content.decode()

    assert "电话和编号不能存进常用列表" in page
    assert not SavedView.objects.exists()


def test_kept_lists_that_name_who_was_forgotten_are_dropped_with_them() -> None:
    case, clerk = a_case(name="冯怀远", phone="13987654321"), a_dispatcher()
    save_view("找人", urlencode({"view": "all", "q": "冯 怀远"}), by=clerk, at=MONDAY)
    save_view("冯怀远的事", "view=all", by=clerk, at=MONDAY)
    kept = save_view("路灯", urlencode({"q": "路灯"}), by=clerk, at=MONDAY)

    erase_identity(case.number, by=clerk, at=MONDAY)

    assert list(SavedView.objects.all()) == [kept]
