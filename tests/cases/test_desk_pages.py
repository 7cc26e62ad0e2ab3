"""The desk: the inbox and its filters, the case page, and every deed that is done by a form."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.actions.pleas import ask_extension
from mingchuang.cases.models import Case, Reply, Submission
from mingchuang.people.actions.posts import give_post
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    LONG_AGO,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    a_mass_complaint,
    a_person,
    a_submission,
    a_supervisor,
    a_unit,
    code,
    the_handler,
    the_lead,
    the_plea,
    the_town,
    told,
    what_was_said,
)
from tests.cases.reading import Answer, fields_of, words_of
from tests.town import a_case_today, a_photo

pytestmark = pytest.mark.django_db

NUMBERED = re.compile(r'href="/desk/cases/(YJ-[\d-]+)/" data-item')


def at_desk(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def listed(client: Client, **asked: str | int) -> list[str]:
    """Return the numbers in the inbox, in the order they stand there."""
    return NUMBERED.findall(client.get(reverse("cases:inbox"), asked).content.decode())


def do(client: Client, case: Case, name: str, **given: Any) -> Answer:
    return client.post(reverse("cases:deed", args=[case.number, name]), given, follow=True)


def due_in(case: Case, time: timedelta) -> str:
    Case.objects.filter(pk=case.pk).update(due_at=now() + time)
    return case.number


def test_what_presses_most_stands_on_top(client: Client) -> None:
    later, new, late = a_case("accepted"), a_case_today("received"), a_case("accepted")
    in_order = [due_in(late, -A_DAY), new.number, due_in(later, 2 * A_DAY)]

    assert listed(at_desk(client, a_dispatcher())) == in_order


def test_a_late_case_says_so_and_how_long(client: Client) -> None:
    due_in(a_case("accepted"), -A_DAY)

    page = at_desk(client, a_dispatcher()).get("/desk/").content.decode()

    assert "逾期" in page


def test_each_view_holds_its_cases_and_says_how_many(client: Client) -> None:
    unit = a_unit()
    states = ["received", "needs_info", "accepted", "returned", "handling", "paused", "replied"]
    cases = {state: a_case(state, unit=unit).number for state in [*states, "archived"]}
    at_desk(client, a_dispatcher())

    found = {
        view: set(listed(client, view=view)) for view in ("new", "dispatch", "callback", "done")
    }
    counted = {item["name"]: item["count"] for item in client.get("/desk/").context["views"]}

    assert found == {
        "new": {cases["received"], cases["needs_info"]},
        "dispatch": {cases["accepted"], cases["returned"]},
        "callback": {cases["replied"]},
        "done": {cases["archived"]},
    }
    assert counted == {
        "due": 5,
        "decide": 1,
        "mine": 0,
        "new": 2,
        "dispatch": 2,
        "callback": 1,
        "paused": 1,
        "review": 1,
        "done": None,
        "all": None,
    }


def test_mine_is_what_i_acknowledged(client: Client) -> None:
    mine, unit = a_case("handling"), a_unit()
    a_case("dispatched", unit=unit)

    assert listed(at_desk(client, the_handler(mine)), view="mine") == [mine.number]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"state": "handling"}, ["handling", "soon"]),
        ({"kind": "praise"}, ["praise"]),
        ({"time": "late"}, ["handling"]),
        ({"time": "soon"}, ["soon"]),
        ({"q": "电梯"}, ["soon"]),
        ({"q": "江滨路"}, ["praise"]),
        ({"q": "江滨路", "kind": "complaint"}, []),
        ({"state": "nonsense", "unit": "nonsense"}, []),
        ({"q": "\x00"}, []),
        ({"q": "灯" * 61}, []),
        ({"view": "nonsense"}, ["handling", "praise", "soon"]),
    ],
)
def test_the_inbox_is_narrowed(client: Client, asked: dict[str, str], expected: list[str]) -> None:
    cases = {
        "handling": a_case("handling"),
        "soon": a_case("handling", text="电梯停了。"),
        "praise": a_case_today("received", kind="praise", place="江滨路 12 号"),
    }
    due_in(cases["handling"], -A_DAY)
    due_in(cases["soon"], A_DAY)

    found = listed(at_desk(client, a_dispatcher()), **asked)

    assert found == [cases[name].number for name in expected]


def test_a_case_is_found_by_its_number_and_by_the_unit_above_its_unit(client: Client) -> None:
    bureau = a_unit()
    case, other = a_case("handling", unit=a_unit(parent=bureau)), a_case("handling")
    at_desk(client, a_dispatcher())

    assert listed(client, q=case.number.lower()) == [case.number]
    assert listed(client, unit=bureau.pk) == [case.number]
    assert set(listed(client, unit=the_town().pk)) == {case.number, other.number}


@pytest.mark.parametrize(
    ("page", "shown"),
    [("1", 25), ("2", 2), ("0", 25), ("-1", 25), ("99", 2), ("二", 25), ("", 25), ("1e9", 25)],
)
def test_an_odd_page_number_shows_the_nearest_page(client: Client, page: str, shown: int) -> None:
    for _ in range(27):
        a_submission()

    assert len(listed(at_desk(client, a_dispatcher()), page=page)) == shown


def test_the_inbox_costs_the_same_however_much_is_in_it(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    unit = a_unit()
    for state in ("received", "accepted", "dispatched", "handling", "replied"):
        a_case(state, unit=unit)
    listed(at_desk(client, a_dispatcher()))

    with django_assert_max_num_queries(6):
        assert len(listed(client, view="all")) == 5


def test_a_case_page_costs_the_same_however_much_has_happened(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = a_case_today("handling", phone="13800000000", photos=(a_photo(), a_photo("blue")))
    at_desk(client, the_handler(case))
    for text in ("一", "二", "三"):
        do(client, case, "note", text=text)

    with django_assert_max_num_queries(21):
        client.get(reverse("cases:case", args=[case.number]))


def test_the_call_list_costs_the_same_however_long_it_is(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    unit = a_unit()
    for n in range(4):
        a_case("replied", unit=unit, phone=f"1380000000{n}")
    at_desk(client, a_callback_clerk())

    with django_assert_max_num_queries(6):
        client.get(reverse("cases:callbacks"))


def test_a_deed_costs_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = a_case("handling")
    at_desk(client, the_handler(case))

    with django_assert_max_num_queries(12):
        client.post(reverse("cases:deed", args=[case.number, "note"]), {"text": "看过了。"})


def test_a_step_that_somebody_else_took_meanwhile_is_refused_in_words(client: Client) -> None:
    case = a_case("received")
    at_desk(client, a_dispatcher())
    do(client, case, "accept")

    page = do(client, case, "accept")

    assert page.status_code == 422
    assert "这件工单现在是“已受理”，不能这样办。页面可能已经过时，请刷新后再看。" in words_of(page)
    assert told(case).count("case.accepted") == 1


@pytest.mark.parametrize(
    ("state", "name", "given", "sentence"),
    [
        ("handling", "reply", {"text": "", "disposition": "done"}, "还空着"),
        (
            "handling",
            "reply",
            {"text": "好了", "disposition": "nonsense"},
            "请从列出的各项中选一项",
        ),
        ("handling", "extend", {"text": "零件没到", "days": "999"}, "60"),
        ("handling", "extend", {"text": "零件没到", "days": "59"}, "最多可以延长"),
        ("handling", "pause", {"text": "零件没到", "review_on": "2001-01-01"}, "必须晚于今天"),
        ("handling", "pause", {"text": "零件没到", "review_on": "下周"}, "日期"),
        ("handling", "assist", {"unit": "999999"}, "选"),
        ("dispatched", "return", {"text": ""}, "还空着"),
    ],
)
def test_a_faulty_deed_comes_back_filled_in_and_says_what_to_do(
    client: Client, state: str, name: str, given: dict[str, str], sentence: str
) -> None:
    case = a_case_today(state)
    before = told(case)

    page = do(at_desk(client, the_handler(case)), case, name, **given)

    assert page.status_code == 422
    assert sentence in words_of(page)
    typed = {"text", "days", "review_on"} & given.keys()
    assert {field: fields_of(page)[field] for field in typed} == {f: given[f] for f in typed}
    assert told(case) == before


@pytest.mark.parametrize("assists", ["999999", "9" * 30, "-1", "\u0669", "x"])
def test_a_unit_there_cannot_be_is_refused_in_words(client: Client, assists: str) -> None:
    case = a_case("accepted")
    given = {"unit": a_unit("路灯所").pk, "assists": assists}

    page = do(at_desk(client, a_dispatcher()), case, "dispatch", **given)

    assert page.status_code == 422
    assert "case.dispatched" not in told(case)


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e\u200b", "\u3164", "\ufe0f", "\u2800"])
@pytest.mark.parametrize(
    ("state", "name", "field", "given"),
    [
        ("accepted", "retitle", "title", {}),
        ("handling", "reply", "text", {"disposition": "done"}),
        ("replied", "publish", "headline", {"text": "修好了。"}),
        ("replied", "publish", "text", {"headline": "路灯修好了"}),
    ],
)
def test_letters_nobody_can_see_are_no_title_and_no_answer(
    client: Client, state: str, name: str, field: str, given: dict[str, str], unseen: str
) -> None:
    case = a_case(state)
    before = told(case)
    who = a_dispatcher() if name == "retitle" else the_handler(case)

    page = do(at_desk(client, who), case, name, **given, **{field: unseen})

    assert page.status_code == 422
    assert "还空着" in words_of(page)
    assert told(case) == before


def test_what_is_done_is_told_on_the_case(client: Client) -> None:
    case = a_case("handling")

    page = do(
        at_desk(client, the_handler(case)), case, "reply", text="修好了。", disposition="done"
    )

    assert page.redirect_chain == [(reverse("cases:case", args=[case.number]), 302)]
    assert "答复：已办好，记入台账。" in words_of(page)
    assert "修好了。" in words_of(page)
    assert Reply.objects.get().text == "修好了。"


def test_whoever_sends_a_case_elsewhere_is_led_back_to_it(client: Client) -> None:
    case, lamps = a_case_today("returned"), a_unit("路灯所")
    at_desk(client, a_dispatcher())

    page = client.post(
        reverse("cases:plea", args=[the_plea(case).pk]),
        {"granted": "1", "unit": lamps.pk, "decision": "改派。"},
        follow=True,
    )

    assert page.redirect_chain == [(reverse("cases:case", args=[case.number]), 302)]
    assert "已审核，记入台账。" in words_of(page)
    assert Case.objects.get(pk=case.pk).responsible_unit == lamps


def test_whoever_gives_a_case_back_still_reads_it_until_that_is_decided(client: Client) -> None:
    case = a_case_today("dispatched")

    page = do(at_desk(client, the_handler(case)), case, "return", text="不归我们管。")

    assert page.redirect_chain == [(reverse("cases:case", args=[case.number]), 302)]
    assert "退单：已办好，记入台账。" in words_of(page)


def test_nobody_decides_what_they_asked_themselves(client: Client) -> None:
    both = a_person(Role.HANDLER, Role.SUPERVISOR)
    case = a_case_today("handling", unit=the_town())
    plea = ask_extension(case.number, "零件没到", days=2, by=both, at=now())
    at_desk(client, both)

    page = client.post(
        reverse("cases:plea", args=[plea.pk]), {"granted": "1", "decision": "同意自己"}
    )

    assert page.status_code == 422
    assert "不能自己审核自己的申请" in words_of(page)
    assert fields_of(page)["decision"] == "同意自己"


def test_a_plea_is_decided_once(client: Client) -> None:
    case = a_case_today("handling")
    plea = ask_extension(case.number, "零件没到", days=2, by=the_handler(case), at=now())
    at_desk(client, a_supervisor())
    path, given = reverse("cases:plea", args=[plea.pk]), {"granted": "1", "decision": "同意"}
    client.post(path, given)

    again = client.post(path, {**given, "granted": "0"})

    assert again.status_code == 422
    assert "已经审核过了" in words_of(again)
    assert told(case).count("case.extended") == 1


def test_a_confidential_case_is_not_dispatched_before_somebody_looked_it_over(
    client: Client,
) -> None:
    case = a_submission(text="我是隔壁楼的张小明。", name="张小明", confidential=True).case
    at_desk(client, a_dispatcher())
    do(client, case, "accept")
    unit = a_unit()
    refused = do(client, case, "dispatch", unit=unit.pk)
    original = client.get(reverse("cases:redact", args=[case.number]))
    words = {"title": "施工噪声", "place": "", "text": "有人反映施工。"}
    client.post(reverse("cases:redact", args=[case.number]), words)

    page = do(client, case, "dispatch", unit=unit.pk)

    assert refused.status_code == 422
    assert "先核对遮盖后的文字和照片" in words_of(refused)
    assert "张小明" in words_of(original)
    assert page.status_code == 200
    assert [verb for verb in told(case) if verb.startswith("submission.")] == [
        "submission.received",
        "submission.original_read",
        "submission.redacted",
    ]


def test_a_revealed_identity_is_shown_once_and_written_down(client: Client) -> None:
    case = a_case("handling", name="张小明", phone="13800000000")
    at_desk(client, the_handler(case))
    before = client.get(reverse("cases:case", args=[case.number]))

    page = client.post(reverse("cases:reveal", args=[case.number]), {"reason": "call_requester"})

    assert "13800000000" not in words_of(before)
    assert "13800000000" in words_of(page)
    assert "张小明" in words_of(page)
    assert told(case).count("requester.revealed") == 1


def test_a_call_is_taken_in_and_its_slip_printed_by_who_took_it(client: Client) -> None:
    the_town()
    at_desk(client, a_person(Role.RECEPTION))
    given = {"text": "路灯不亮。", "urgency": "urgent", "channel": "phone", "key": "k" * 32}

    page = client.post(reverse("cases:take_in"), {**given, "title": "路灯"}, follow=True)

    said = Submission.objects.get()
    assert page.redirect_chain == [(reverse("cases:slip", args=[said.number]), 302)]
    assert code(said) in words_of(page)
    assert (said.channel, said.case.urgency, said.case.title) == ("phone", "urgent", "路灯")


def test_a_faulty_call_form_comes_back_filled_in(client: Client) -> None:
    the_town()
    at_desk(client, a_person(Role.RECEPTION))
    given = {"text": "", "title": "路灯", "address": "江滨路 12 号"}

    page = client.post(reverse("cases:take_in"), {**given, "key": "k" * 32})

    assert page.status_code == 422
    assert fields_of(page).items() >= given.items()


def test_a_slip_is_printed_for_a_day_and_by_nobody_else(client: Client) -> None:
    clerk, colleague = a_person(Role.RECEPTION), a_person(Role.RECEPTION)
    said, old = (
        receive_submission(what_was_said(), unit=the_town(), at=at, taken_by=clerk)
        for at in (now() - timedelta(hours=23), now() - timedelta(hours=25))
    )

    at_desk(client, clerk)
    found = [client.get(reverse("cases:slip", args=[one.number])) for one in (said, old)]
    at_desk(client, colleague)
    seen = client.get(reverse("cases:slip", args=[said.number]))

    assert [page.status_code for page in [*found, seen]] == [200, 404, 404]


def test_who_only_keeps_the_house_is_told_so_once(client: Client) -> None:
    a_case("received")

    page = at_desk(client, a_person(Role.ADMINISTRATOR)).get("/desk/").content.decode()

    assert page.count('class="empty"') == 2  # the list, and the panel beside it
    assert "系统管理员不看工单" in page
    assert "都办完了" not in page


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.DISPATCHER, True), (Role.SUPERVISOR, True), (Role.CALLBACK, False)]
)
def test_needs_are_shown_to_those_who_may_see_them(client: Client, role: Role, shown: bool) -> None:
    case = a_case("accepted", name="张小明", vulnerability="elderly", representative_of=12)
    at_desk(client, a_person(role))

    page = words_of(client.get(reverse("cases:case", args=[case.number])))

    assert ("老年人" in page, "代表 12 人" in page) == (shown, shown)


def test_needs_are_not_seen_by_the_unit_nor_by_a_post_elsewhere(client: Client) -> None:
    case = a_case("handling", name="张小明", vulnerability="elderly")
    both = a_person(Role.HANDLER, unit=the_lead(case))
    give_post(both, a_unit(), Role.RECEPTION, at=LONG_AGO)

    page = words_of(at_desk(client, both).get(reverse("cases:case", args=[case.number])))

    assert "老年人" not in page


def test_needs_that_would_tell_who_speaks_in_confidence_stay_where_they_came_in(
    client: Client,
) -> None:
    case = a_case("handling", name="张小明", vulnerability="elderly", confidential=True)
    path = reverse("cases:case", args=[case.number])

    boss = at_desk(client, a_person(Role.SUPERVISOR, unit=the_lead(case))).get(path)
    dispatcher = at_desk(client, a_dispatcher()).get(path)

    assert "老年人" not in words_of(boss)
    assert "老年人" in words_of(dispatcher)


def test_danger_is_told_on_the_case_until_somebody_takes_it_on(client: Client) -> None:
    case = a_case("received", text="三楼着火了！")
    at_desk(client, a_dispatcher())
    before = words_of(client.get(reverse("cases:case", args=[case.number])))

    after = words_of(do(client, case, "accept"))

    assert "该转 119 的，马上转" in before
    assert "该转 119 的，马上转" not in after


def test_the_second_page_of_a_mass_complaint_is_reached_from_the_first(client: Client) -> None:
    case = a_mass_complaint(21)
    path = reverse("cases:case", args=[case.number])

    first = at_desk(client, a_dispatcher()).get(path)
    second = client.get(path, {"page": 2})

    assert "第 1–20 位，共 21 位诉求人" in words_of(first)
    assert f'href="{path}?page=2"' in first.content.decode()
    assert "第 21–21 位，共 21 位诉求人" in words_of(second)


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"outcome": "reached", "solved": "1", "satisfied": "yes"}, "archived"),
        ({"outcome": "reached", "solved": "0", "satisfied": "no", "text": "灯又坏了"}, "handling"),
        ({"outcome": "no_answer"}, "replied"),
        ({"outcome": "no_answer", "solved": "1", "satisfied": "yes"}, "replied"),
    ],
)
def test_a_call_back_asks_two_questions_and_draws_its_consequence(
    client: Client, given: dict[str, str], state: str
) -> None:
    case = a_case("replied", phone="13800000000")
    at_desk(client, a_callback_clerk())

    client.post(reverse("cases:callback", args=[case.number]), given)

    assert Case.objects.get(pk=case.pk).state == state
    assert told(case).count("callback.recorded") == 1


def test_a_call_that_reached_somebody_must_say_whether_it_is_solved(client: Client) -> None:
    case = a_case("replied", phone="13800000000")
    at_desk(client, a_callback_clerk())

    page = client.post(
        reverse("cases:callback", args=[case.number]), {"outcome": "reached", "text": "说不清"}
    )

    assert page.status_code == 422
    assert "请记下“解决了”或“没有解决”" in words_of(page)
    assert fields_of(page)["text"] == "说不清"


def test_whoever_was_spoken_to_leaves_the_call_list(client: Client) -> None:
    case, other = (a_case("replied", phone="13800000000") for _ in range(2))
    at_desk(client, a_callback_clerk())
    path = reverse("cases:callback", args=[case.number])
    client.post(path, {"outcome": "would_not_say"})

    page = client.get(reverse("cases:callbacks")).content.decode()

    assert path not in page
    assert reverse("cases:callback", args=[other.number]) in page


def test_an_answer_is_published_by_the_unit_and_read_by_everybody(client: Client) -> None:
    case = a_case("replied")
    at_desk(client, the_handler(case))
    do(client, case, "publish", headline="楼道灯修好了", text="灯已修好。")
    client.logout()

    assert "楼道灯修好了" in words_of(client.get("/"))
    assert "灯已修好。" in words_of(client.get("/answers/"))


def test_a_merged_case_sends_its_requesters_to_the_master(client: Client) -> None:
    master, double = a_case("handling"), a_case("received", text="灯坏了，我也看见。")
    at_desk(client, a_dispatcher())

    do(client, double, "merge", into=f" {master.number.lower()} ")

    assert Case.objects.get(pk=double.pk).master == master
    assert master.submissions.count() == 2
    page = client.get(reverse("cases:case", args=[master.number]))
    assert "灯坏了，我也看见。" in words_of(page)


@pytest.mark.parametrize("into", ["YJ-2026-999999", "nonsense", "\u202e"])
def test_merging_into_nothing_is_refused(client: Client, into: str) -> None:
    case = a_case("received")

    page = do(at_desk(client, a_dispatcher()), case, "merge", into=into)

    assert page.status_code == 422
    assert "没有找到编号为" in words_of(page)
    assert fields_of(page)["into"] == into
    assert Case.objects.get(pk=case.pk).state == "received"


def test_times_are_shown_in_beijing(client: Client) -> None:
    case = a_case("accepted")

    page = at_desk(client, a_dispatcher()).get(reverse("cases:case", args=[case.number]))

    assert "3月2日" in words_of(page)
