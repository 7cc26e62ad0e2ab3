"""The pages of a topic: proposed and opened by a convenor, read by everybody, naming nobody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from mingchuang.base.once import new_key
from mingchuang.cases.models import Plea
from mingchuang.council.models import Topic
from mingchuang.council.rules.proposing import Surveyed, place_line, place_typed
from mingchuang.council.words.told import before_closing
from mingchuang.people.actions.posts import give_post
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    MONDAY,
    a_case,
    a_person,
    a_supervisor,
    a_unit,
    the_handler,
    the_lead,
    the_town,
)
from tests.council.build import A_MINUTE, a_convenor, a_stakeholder, a_topic
from tests.council.sittings import against

pytestmark = pytest.mark.django_db

names = st.text("车棚东西ab 1", min_size=1, max_size=20).map(str.strip).filter(bool)


def written(**given: Any) -> dict[str, Any]:
    plain = {
        "title": "5 幢车棚怎么办",
        "background": "车棚里住着人。",
        "options": "搬进一楼\n加装消防设施",
        "legal": "deliberation",
        "unit": the_town().pk,
        "key": new_key(),
    }
    return {**plain, **given}


def test_a_convenor_proposes_a_topic_and_opens_it(client: Client) -> None:
    client.force_login(a_convenor())

    made = client.post(reverse("council:propose"), written(places="3幢车棚，2，没有窗"))
    number = Topic.objects.get().number
    client.post(reverse("council:deed", args=[number, "open"]))

    assert made["Location"] == reverse("council:topic", args=[number])
    assert Topic.objects.get().state == "gathering"
    page = client.get(reverse("council:public_topic", args=[number])).content.decode()
    assert "搬进一楼" in page
    assert "3幢车棚" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"options": "搬进一楼"}, "请写两种到 12 种做法"),
        ({"places": "3幢车棚，很多"}, "看不懂"),
        ({"background": "请打 13812345678 找张三。"}, "好像有电话"),
        ({"title": ""}, "#id_title"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: Client, wrong: dict[str, str], told: str
) -> None:
    client.force_login(a_convenor())

    answer = client.post(reverse("council:propose"), written(place="南门", **wrong))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "南门" in page
    assert not Topic.objects.exists()


def test_a_topic_from_a_case_begins_with_its_title_and_keeps_it_from_the_public(
    client: Client,
) -> None:
    case = a_case("dispatched", at=now())
    client.force_login(a_convenor())
    way = reverse("council:propose") + f"?case={case.number}"

    page = client.get(way).content.decode()
    client.post(way, written())

    topic = Topic.objects.get()
    assert f'value="{case.title}"' in page
    assert "工单挂起" not in page
    assert (topic.origin, topic.from_case) == ("case", case)
    client.post(reverse("council:deed", args=[topic.number, "open"]))
    public = Client().get(reverse("council:public_topic", args=[topic.number])).content.decode()
    assert case.number not in public


def test_a_case_leads_to_a_topic_of_it_and_names_the_topics_it_became(client: Client) -> None:
    case = a_case("dispatched", at=now())
    client.force_login(a_convenor())
    propose = reverse("council:propose") + f"?case={case.number}"
    behind = reverse("council:of_case", args=[case.number])

    before = client.get(behind).content.decode()
    client.post(propose, written())

    number = Topic.objects.get().number
    assert (propose in before, number in before) == (True, False)
    assert reverse("council:topic", args=[number]) in client.get(behind).content.decode()
    assert behind in client.get(reverse("cases:case", args=[case.number])).content.decode()


def test_who_convenes_nothing_is_offered_no_topic_and_shown_none_before_it_is_public(
    client: Client,
) -> None:
    case = a_case("handling", at=now())
    convenor = Client()
    convenor.force_login(a_convenor())
    convenor.post(reverse("council:propose") + f"?case={case.number}", written())
    client.force_login(the_handler(case))
    behind, number = reverse("council:of_case", args=[case.number]), Topic.objects.get().number

    before = client.get(behind).content.decode()
    convenor.post(reverse("council:deed", args=[number, "open"]))

    assert (reverse("council:propose") in before, number in before) == (False, False)
    public = reverse("council:public_topic", args=[number])
    assert public in client.get(behind).content.decode()


def test_who_handles_the_case_asks_in_the_same_breath_that_it_rests(client: Client) -> None:
    case = a_case("handling", at=now())
    both = the_handler(case)
    give_post(both, the_lead(case), Role.CONVENOR, at=now())
    client.force_login(both)
    way = reverse("council:propose") + f"?case={case.number}"
    until = (now() + 30 * A_DAY).date().isoformat()

    client.post(way, written(review_on=until, unit=the_lead(case).pk))

    plea = Plea.objects.get()
    assert (plea.what, plea.case) == ("pause", case)
    assert Topic.objects.get().number in plea.reason


def test_a_proposal_is_written_anew_until_it_is_opened(client: Client) -> None:
    topic = a_topic()
    client.force_login(a_convenor())
    way = reverse("council:change", args=[topic.number])

    client.post(way, written(title="车棚和充电桩", options="甲\n乙\n丙"))
    client.post(reverse("council:deed", args=[topic.number, "open"]))
    late = client.post(way, written(title="另一件事"))

    topic.refresh_from_db()
    assert topic.title == "车棚和充电桩"
    assert topic.options.count() == 3
    assert late.status_code == 422


def test_a_dropped_topic_tells_everybody_why(client: Client) -> None:
    topic = a_topic("gathering")
    client.force_login(a_convenor())

    silent = client.post(reverse("council:deed", args=[topic.number, "drop"]), {"reason": ""})
    client.post(reverse("council:deed", args=[topic.number, "drop"]), {"reason": "物业已修好。"})

    page = client.get(reverse("council:public_topic", args=[topic.number])).content.decode()
    assert silent.status_code == 422
    assert "物业已修好。" in page


def test_the_public_reads_how_many_and_never_who(client: Client) -> None:
    topic = a_topic("gathering")
    a_stakeholder(topic, name="王小明", phone="13812345678", household="9幢909")

    page = client.get(reverse("council:public_topic", args=[topic.number])).content.decode()

    assert "<dd>1 <small>户</small></dd>" in page
    assert not [told for told in ("王小明", "王*明", "5678", "9幢") if told in page]


def test_a_supervisor_reads_and_finds_no_button(client: Client) -> None:
    topic = a_topic()
    client.force_login(a_supervisor())

    page = client.get(reverse("council:topic", args=[topic.number])).content.decode()

    assert "召集人" in page
    assert "开始登记" not in page


def test_a_convenor_of_another_unit_finds_nothing(client: Client) -> None:
    topic = a_topic()
    client.force_login(a_person(Role.CONVENOR, unit=a_unit()))

    assert client.get(reverse("council:topic", args=[topic.number])).status_code == 404


@pytest.mark.parametrize("page", ["council:public", "council:topics"])
def test_a_list_costs_the_same_however_long_it_is(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, page: str
) -> None:
    for _ in range(12):
        a_topic("gathering")
    client.force_login(a_convenor())

    with django_assert_max_num_queries(12):
        client.get(reverse(page))


@given(
    st.builds(
        Surveyed,
        names,
        st.integers(0, 99_999),
        st.text("窗没有 ，,", max_size=20).map(str.strip),
    )
)
def test_a_place_is_read_as_it_is_written(place: Surveyed) -> None:
    read = place_typed(place_line(place))

    assert read is not None
    assert (read.name, read.many) == (place.name, place.many)
    assert read.note.strip("，, ") == place.note.strip("，, ")


def test_withdrawing_twice_is_thanked_twice(client: Client) -> None:
    who = a_stakeholder(a_topic("gathering"))
    way, form = reverse("council:withdraw", args=[who.code]), {"once": "w" * 32}

    first, second = (client.post(way, form) for _ in range(2))

    there = reverse("council:public_topic", args=[who.topic.number])
    assert (first.url, second.url) == (there, there)  # type: ignore[attr-defined]
    assert "已退出" in client.get(there).content.decode()


def test_a_register_is_closed_by_who_read_how_long_it_was_open_and_who_is_against(
    client: Client,
) -> None:
    topic = a_topic("gathering", at=now() - 3 * A_MINUTE)
    against(a_stakeholder(topic, at=now()))
    client.force_login(a_convenor())
    way = reverse("council:deed", args=[topic.number, "close"])

    page = client.get(reverse("council:topic", args=[topic.number])).content.decode()
    unread = client.post(way)
    state = Topic.objects.get(pk=topic.pk).state
    client.post(way, {"sure": "on"})

    assert "分钟。名册上反对的有 1 人。" in page
    assert (unread.status_code, state) == (422, "gathering")
    assert Topic.objects.get(pk=topic.pk).state == "drawing"


@pytest.mark.parametrize(
    ("minutes", "long"), [(0, "0 分钟"), (59, "59 分钟"), (60, "1 小时"), (3 * 24 * 60, "3 天")]
)
def test_how_long_a_register_was_open_is_said_in_whole_words(minutes: int, long: str) -> None:
    told = before_closing(MONDAY, 2, MONDAY + minutes * A_MINUTE)

    assert told == f"登记开放了 {long}。名册上反对的有 2 人。截止以后，名册和态度以现在的为准。"
