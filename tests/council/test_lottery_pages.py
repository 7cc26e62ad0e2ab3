"""What the pages of a lottery tell its convenor, and everybody."""

import json

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from mingchuang.council.actions.lotteries import ask_lottery, commit_lottery, void_lottery
from mingchuang.council.actions.topics import drop_topic
from mingchuang.council.models import Lottery
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.council.rules.asking import Registered, Terms
from mingchuang.council.rules.looking import Look, looked_at
from mingchuang.council.rules.lottery.pool import Quota
from mingchuang.council.rules.lottery.shape import LATER
from mingchuang.council.templatetags.lots import chance
from mingchuang.council.views.lots import price_shown
from mingchuang.council.words.lots import feature_word
from tests.build import MONDAY, a_supervisor
from tests.council.build import a_convenor
from tests.council.neighbours import (
    DUE,
    PLACE,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_neighbourhood,
    a_planned_lottery,
    a_promised_lottery,
    a_small_promise,
)

pytestmark = pytest.mark.django_db
ASKED = {"size": "16", "share": "30", "meant_for": "16"}


def test_a_convenor_is_warned_where_a_sum_tells_what_a_must_in_is(client: Client) -> None:
    client.force_login(a_convenor())
    number = a_neighbourhood().number

    told = client.post(f"/desk/council/{number}/lottery/price/", ASKED).content.decode()

    assert "他们的“态度”都一样" in told


def test_without_scripts_the_warning_stands_beside_the_promise(client: Client) -> None:
    client.force_login(a_convenor())
    number = a_planned_lottery().roster.topic.number

    page = client.get(reverse("council:lottery", args=[number])).content.decode()

    assert page.index("都一样") < page.index("公开承诺")
    assert "他们的“态度、年龄段”都一样" in page


def test_once_it_is_promised_nobody_is_warned_any_more(client: Client) -> None:
    number = a_promised_lottery().roster.topic.number

    for person in (a_convenor(), a_supervisor()):
        client.force_login(person)
        page = client.get(reverse("council:lottery", args=[number])).content.decode()
        assert "都一样" not in page


@pytest.mark.parametrize("name", ["lottery", "public_lottery"])
def test_a_plan_made_before_plans_told_who_rests_and_when_is_shown(
    client: Client, name: str
) -> None:
    lottery = a_planned_lottery()
    plan = json.loads(lottery.plan)
    older = {part: told for part, told in plan.items() if part not in LATER}
    promise = {"commitment": plan["commitment"], "committed_at": TUESDAY, "randomness": "dice"}
    Lottery.objects.update(plan=json.dumps(older), announced=PLACE, **promise)
    client.force_login(a_convenor())

    page = client.get(reverse(f"council:{name}", args=[lottery.roster.topic.number]))

    assert page.status_code == 200
    assert older.keys() < plan.keys()


@pytest.mark.parametrize(
    ("value", "told"),
    [(-0.0, "0%"), (-1e-17, "0%"), (1e-17, "0%"), (0.0032209, "0.322%"), (0.0395484, "3.95%")],
)
def test_a_chance_is_never_less_than_nothing(value: float, told: str) -> None:
    assert chance(value) == told


def test_where_somebody_cannot_be_drawn_nobody_reads_that_quotas_cost_nothing() -> None:
    assert price_shown(Look(-0.0, without={"camp": -0.0, "age": 0.0}))["nobody"]
    assert not price_shown(Look(0.1, without={"camp": 0.1}))["nobody"]


OLD_AND_YOUNG = [
    Registered(f"p{n}", f"h{n}", "", {"age": "70+" if n < 2700 else "18-34"}) for n in range(3000)
]


def told_of(*quotas: Quota) -> str:
    shown = price_shown(looked_at(OLD_AND_YOUNG, Terms(10, 0, quotas)))
    return render_to_string("council/_price.html", shown)


def test_of_thousands_too_the_price_of_each_quota_is_told() -> None:
    told = told_of(Quota("age", "70+", 0, 3), Quota("age", "18-34", 1, 9))

    dear = "加上“年龄段·70 岁以上，最多 3 席”这一条，最小中签机会从 0.333% 降到 0.111%"
    assert dear in told
    assert "整类" not in told
    assert "另外 1 条，单去掉它，最小的机会不变。" in told


def test_where_some_sat_before_the_price_is_called_that_of_the_others() -> None:
    told = render_to_string("council/_price.html", price_shown(Look(0.625, is_weighed=True)))

    assert "没坐过席位的人的最小中签机会" in told


def test_of_quotas_that_say_the_same_the_price_of_their_category_is_told() -> None:
    told = told_of(Quota("age", "70+", 0, 3), Quota("age", "18-34", 7, 10))

    assert "加上“年龄段”整类，最小中签机会从 0.333% 降到 0.111%" in told
    assert "这一条" not in told


def test_a_price_refused_names_the_row_whose_most_is_less_than_its_least(client: Client) -> None:
    number = a_neighbourhood().number
    client.force_login(a_convenor())
    said = {**ASKED, "use_age": "on", "age-0-least": "3", "age-0-most": "1"}

    told = client.post(reverse("council:price", args=[number]), said).content.decode()

    assert 'data-fault="age-0-most"' in told
    assert "年龄段·18—34 岁：最多不能比最少还小。" in told


def test_a_plan_nobody_promised_is_told_as_one_that_was_never_public(client: Client) -> None:
    number = a_planned_lottery().roster.topic.number
    client.force_login(a_convenor())

    before = client.get(reverse("council:lottery", args=[number])).content.decode()
    ask_lottery(number, Terms(14, 30, []), by=a_convenor(), at=MONDAY)
    plan_lotteries(lambda: MONDAY)
    commit_lottery(number, "dice", DUE, PLACE, by=a_convenor(), at=TUESDAY)
    page = client.get(reverse("council:public_lottery", args=[number])).content.decode()

    assert "上面这一次没有公开过，会作废，工作人员仍看得到。" in before
    assert "第 1 份名单，第 1 次没有公开承诺，已作废。" in page


def test_what_was_given_up_is_told_with_its_reason_and_what_came_after_once_it_is_void(
    client: Client,
) -> None:
    number, by = a_small_promise().roster.topic.number, a_convenor()
    public = reverse("council:public_lottery", args=[number])

    void_lottery(number, "名册漏了一户。", by=by, at=TUESDAY)
    ask_lottery(number, Terms(3, 30, []), by=by, at=WEDNESDAY)
    private = client.get(public).content.decode()
    ask_lottery(number, Terms(3, 40, []), by=by, at=WEDNESDAY)
    drop_topic(number, "物业已修好。", by=by, at=THURSDAY)
    told = client.get(public).content.decode()

    assert "名册漏了一户。" in private
    assert "第 2 次" not in private
    assert told.index("物业已修好。") < told.index("第 3 次没有公开承诺，已作废。")
    assert told.index("第 3 次") < told.index("第 2 次没有公开承诺") < told.index("名册漏了一户。")


def test_a_promise_nobody_kept_says_so_and_is_void_once_the_topic_is_dropped(
    client: Client,
) -> None:
    number = a_small_promise().roster.topic.number
    public = reverse("council:public_lottery", args=[number])

    late = client.get(public).content.decode()
    drop_topic(number, "物业已修好。", by=a_convenor(), at=WEDNESDAY)
    told = client.get(public).content.decode()

    assert "结果还没有记下" in late
    assert "结果还没有记下" not in told
    assert told.index("已作废") < told.index("这个议题不再议。")
    assert Lottery.objects.get().voided_because == "topic_dropped"


def test_a_plan_in_english_has_english_commas_and_says_that_everybody_can_be_drawn() -> None:
    features = [feature_word("camp", "silent"), feature_word("age", "70+")]
    classes = [{"features": features, "many": 2, "least": 0.1}]
    shown = {"classes": classes, "lottery": {}, "plan": {"gap": 0.0}}

    with override("en"):
        told = render_to_string("council/_plan.html", {**shown, "least": 0.1, "most": 0.1})

    assert "Has not said, 70 and over" in told
    assert "Everybody in the lottery can be drawn." in told
