"""Hot topics: many people, one matter, ranked by people, within what one may see."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.alike import compare_new, tell_apart
from mingchuang.cases.actions.keeping import erase_due, load_terms
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.proactive import raise_proactively
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.models import Bulk, Case, Retention
from mingchuang.cases.queries.keeping import some_due
from mingchuang.cases.queries.topics import HotTopic, hot_topics, topic_of
from mingchuang.cases.rules.keeping import Term
from mingchuang.ledger.actions import seal_entries
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    MONDAY,
    a_case,
    a_dispatcher,
    a_person,
    a_submission,
    a_supervisor,
    a_unit,
    newest,
    the_holder,
    the_town,
)
from tests.cases.many import follow
from tests.cases.reading import Answer, words_of

pytestmark = pytest.mark.django_db

DUST = "丽江新城旁边的搅拌站半夜开工，灰尘很大，睡不着。"
AGAIN = "搅拌站又在半夜开工，丽江新城的居民都睡不着，请管一管。"
LAMP = "三里桥公园门口的路灯坏了一个星期。"
NOW = MONDAY + A_DAY


def some_cases(text: str, phones: list[str], state: str = "received", **given: Any) -> list[Case]:
    return [a_case(state, text=text, phone=phone, **given) for phone in phones]


def recently() -> datetime:
    """A moment that is new for whoever looks at a page now."""
    return now() - A_DAY


def compare() -> None:
    seal_entries(at=now())
    while compare_new(at=now()):
        pass


def topics(person: Person | None = None, *, days: int = 30) -> list[HotTopic]:
    return hot_topics(person or a_dispatcher(), days=days, now=NOW)


def test_a_topic_holds_every_case_of_one_matter_and_no_other() -> None:
    dust = [*some_cases(DUST, ["13800000001"]), *some_cases(AGAIN, ["13800000002", ""])]
    some_cases(LAMP, ["13800000003"])
    compare()

    found = topics()

    assert [topic.cases for topic in found] == [dust]
    assert (found[0].people, found[0].unknown) == (2, 1)
    assert {"搅拌站", "丽江新城"} <= set(found[0].shared)


def test_topics_are_ranked_by_people_and_not_by_letters() -> None:
    some_cases(DUST, ["13800000001"] * 4)
    some_cases(LAMP, ["13800000002", "13800000003"])
    compare()

    found = topics()

    assert [len(topic.cases) for topic in found] == [2, 4]
    assert [topic.people for topic in found] == [2, 1]


def test_people_who_were_joined_already_are_counted_in() -> None:
    case, other = some_cases(DUST, ["13800000001", "13800000002"])
    merge_case(other.number, case.number, by=a_dispatcher(), at=MONDAY)
    compare()

    assert [topic.people for topic in topics()] == [2]


def test_what_a_person_told_apart_is_no_topic() -> None:
    case, other = some_cases(DUST, ["13800000001", "13800000002"])
    compare()

    tell_apart(case.number, other.number, by=a_dispatcher(), at=MONDAY)

    assert topics() == []


def test_what_was_erased_leads_no_topic_and_is_in_none() -> None:
    old = some_cases(DUST, ["13800000001", "13800000004"], state="declined")
    new = some_cases(DUST, ["13800000002", "13800000003"], at=MONDAY + A_DAY)
    compare()
    load_terms([Term("words", 30, "本市规定")], at=MONDAY)
    for some in some_due(Retention.objects.get(days=30), MONDAY + 40 * A_DAY):
        erase_due(Retention.objects.get(days=30), some, at=MONDAY + 40 * A_DAY)

    (found,) = hot_topics(a_dispatcher(), days=90, now=MONDAY + 40 * A_DAY)

    assert (found.lead, found.cases) == (new[0], new)
    with pytest.raises(NotFound):
        topic_of(a_dispatcher(), old[0].number, days=90, now=MONDAY + 40 * A_DAY)


def test_a_window_forgets_what_is_older() -> None:
    some_cases(DUST, ["13800000001"], at=MONDAY - 20 * A_DAY)
    some_cases(DUST, ["13800000002"])
    compare()

    assert [len(topics(days=days)) for days in (7, 30, 90)] == [0, 1, 1]


def test_everybody_sees_the_topics_of_what_they_may_see() -> None:
    unit = a_unit()
    led = some_cases(DUST, ["13800000001", "13800000002"], state="dispatched", unit=unit)
    some_cases(DUST, ["13800000003"])
    compare()

    found = topics(a_person(Role.CONVENOR, unit=unit))

    assert [topic.cases for topic in found] == [led]
    assert topics(a_person(Role.CONVENOR, unit=a_unit())) == []


def test_words_in_confidence_join_a_topic_only_once_they_are_looked_over() -> None:
    a_submission(text=DUST, confidential=True)
    some_cases(DUST, ["13800000001", "13800000002"])
    compare()

    assert [len(topic.cases) for topic in topics()] == [2]


def test_the_case_promised_first_leads() -> None:
    some_cases(DUST, ["13800000001"])
    promised = some_cases(DUST, ["13800000002"], state="accepted")
    compare()

    assert topics()[0].lead == promised[0]


def test_a_case_whose_answer_may_be_public_leads_before_one_in_confidence() -> None:
    hidden = some_cases(DUST, ["13800000001"], state="accepted", confidential=True)
    open_ones = some_cases(DUST, ["13800000002", "13800000003"])
    compare()

    topic = topics()[0]

    assert (topic.lead, topic.to_join, topic.apart) == (open_ones[0], open_ones[1:], hidden)


def test_joining_all_leaves_an_answer_that_may_be_public(client: Client) -> None:
    at = recently()
    some_cases(DUST, ["13800000001"], state="accepted", confidential=True, at=at)
    lead = some_cases(DUST, ["13800000002", "13800000003"], at=at)[0]
    compare()
    client.force_login(a_dispatcher())

    page = client.get(_page(lead)).content.decode()
    press(client, page)
    follow()

    assert "另有 1 件要求身份保密，不一起并入" in page
    lead.refresh_from_db()
    assert not lead.confidential
    assert Case.objects.filter(master=lead).count() == 1


def test_where_all_spoke_in_confidence_the_page_says_how_everybody_may_know(client: Client) -> None:
    lead = some_cases(DUST, ["13800000001", "13800000002"], confidential=True, at=recently())[0]
    compare()
    client.force_login(a_dispatcher())

    page = client.get(_page(lead)).content.decode()

    assert "主单要求身份保密，答复只告诉本人，不能公开" in page


def test_a_case_without_like_ones_has_no_topic() -> None:
    case = a_case(text=LAMP)
    compare()

    with pytest.raises(NotFound):
        topic_of(a_dispatcher(), case.number, days=30, now=NOW)


def test_all_are_joined_by_the_follower_and_each_refusal_is_told(client: Client) -> None:
    at = recently()
    lead = some_cases(DUST, ["13800000001"], state="accepted", at=at)[0]
    some_cases(DUST, ["13800000002"], at=at)
    refused = some_cases(DUST, ["13800000003"], state="paused", at=at - 9 * A_DAY)[0]
    compare()
    client.force_login(a_dispatcher())

    shown = client.get(_page(lead)).content.decode()
    asked, again = press(client, shown), press(client, shown)
    follow()
    late = press(client, shown)
    page = words_of(client.get(asked.redirect_chain[-1][0]))

    assert again.redirect_chain == asked.redirect_chain == late.redirect_chain
    assert "正在逐件办理：0 / 2" in words_of(asked)
    assert Case.objects.filter(master=lead).count() == 1
    assert "办好 1 件，1 件没有办成" in page
    assert refused.number in page


def test_what_the_button_named_is_done_whatever_came_in_meanwhile(client: Client) -> None:
    at = recently()
    lead, other = some_cases(DUST, ["13800000001", "13800000002"], at=at)
    compare()
    client.force_login(a_dispatcher())
    page = client.get(_page(lead)).content.decode()
    accept_case(other.number, by=a_dispatcher(), at=at)
    late = some_cases(DUST, ["13800000003"], at=at)[0]
    compare()

    press(client, page)

    bulk = Bulk.objects.get()
    assert bulk.given == {"into": lead.number}
    assert [item.case for item in bulk.items.all()] == [other]
    assert late.number not in page


def test_a_button_that_names_nothing_is_refused_in_words(client: Client) -> None:
    lead = some_cases(DUST, ["13800000001", "13800000002"], at=recently())[0]
    compare()
    client.force_login(a_dispatcher())

    page = client.post(_page(lead), {"once": "k" * 32, "into": lead.number})

    assert page.status_code == 422
    assert "还没有选工单" in page.content.decode()


def test_a_topic_of_hundreds_costs_the_press_no_more(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lead = some_cases(DUST, [f"138000000{n:02d}" for n in range(20)], at=recently())[0]
    compare()
    client.force_login(a_dispatcher())

    page = client.get(_page(lead)).content.decode()

    with django_assert_max_num_queries(26):
        press(client, page, follow=False)

    assert not Case.objects.filter(master__isnull=False).exists()


def test_a_case_of_our_own_is_raised_and_leads_to_its_cause(client: Client) -> None:
    cause = some_cases(DUST, ["13800000001", "13800000002"])[0]
    given = {"title": "搅拌站夜间停工", "text": "请夜间停工。", "place": "丽江新城"}

    case = raise_proactively(cause.number, **given, kind="suggestion", by=a_dispatcher(), at=NOW)

    said = case.submissions.get()
    assert (case.prompted_by, said.channel, said.taken_by) == (cause, "proactive", a_dispatcher())
    assert newest(case).verb == "case.prompted"
    client.force_login(a_dispatcher())
    assert cause.number in client.get(f"/desk/cases/{case.number}/").content.decode()


def test_raising_it_sent_twice_raises_one_case_and_leads_to_it_both_times(client: Client) -> None:
    at = recently()
    lead = some_cases(DUST, ["13800000001", "13800000002"], at=at)[0]
    compare()
    client.force_login(a_dispatcher())
    said = {"title": "搅拌站夜间停工", "text": "请夜间停工。", "place": "", "kind": "suggestion"}
    address = reverse("cases:raise_proactively", args=[lead.number])
    answers = [client.post(address, {**said, "once": "k" * 32})]
    client.post(address, {**said, "once": "m" * 32})

    answers.append(client.post(address, {**said, "once": "k" * 32}))

    raised = lead.prompted.order_by("pk")
    assert [answer["Location"] for answer in answers] == [f"/desk/cases/{raised[0].number}/"] * 2
    assert len(raised) == 2


def test_a_supervisor_looks_and_joins_nothing(client: Client) -> None:
    lead = some_cases(DUST, ["13800000001", "13800000002"], at=recently())[0]
    compare()
    client.force_login(a_supervisor())

    assert client.get(_page(lead)).status_code == 200
    assert client.post(_page(lead)).status_code == 404
    assert not Case.objects.filter(master__isnull=False).exists()


def test_the_council_is_offered_to_who_convenes_it(client: Client) -> None:
    phones = ["13800000001", "13800000002"]
    lead = some_cases(DUST, phones, "dispatched", at=recently())[0]
    compare()

    pages = {}
    for role in (Role.DISPATCHER, Role.CONVENOR):
        client.force_login(the_holder(role, the_town()))
        pages[role] = client.get(_page(lead)).content.decode()

    way = f"/desk/council/new/?case={lead.number}"
    assert "主动立项" in pages[Role.DISPATCHER]
    assert way not in pages[Role.DISPATCHER]
    assert way in pages[Role.CONVENOR]


def press(client: Client, page: str, *, follow: bool = True) -> Answer:
    """Press the button of a topic's page as it was shown."""
    form = page.partition('name="into"')[2].partition("</form>")[0]
    into, *numbers = re.findall(r'value="(YJ-[^"]+)"', form)
    once = re.findall(r'name="once" value="([^"]+)"', page)[0]
    address = re.findall(r'href="/desk/topics/([^/]+)/raise/', page)[0]
    sent = {"once": once, "into": into, "case": numbers}
    return client.post(f"/desk/topics/{address}/?days=90", sent, follow=follow)


def _page(lead: Case) -> str:
    return f"/desk/topics/{lead.number}/?days=90"
