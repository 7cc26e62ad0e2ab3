"""What everybody may read of an answer: looked over by a person, and taken down again."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.actions.handling import publish_reply, reply_to_case
from mingchuang.cases.models import Case, Reply
from mingchuang.cases.rules.publishing import public_draft
from tests.build import A_DAY, MONDAY, a_case, newest, the_handler
from tests.cases.reading import fields_of, words_of

TUESDAY = MONDAY + A_DAY
ANSWER = "张小明您好：天一路 12 号 3 幢 502 室门口的灯已修好，有事请打 13800000000。"
COVERED = "〔姓名〕您好：天一路〔门牌〕门口的灯已修好，有事请打 〔电话〕。"


def an_answered_case(text: str = ANSWER) -> Case:
    case = a_case("handling", name="张小明", phone="13800000000")
    reply_to_case(case.number, text, disposition="done", by=the_handler(case), at=TUESDAY)
    case.refresh_from_db()
    return case


def at_desk(client: Client, case: Case, name: str) -> str:
    client.force_login(the_handler(case))
    return f"/desk/cases/{case.number}/{name}/"


def offered(client: Client, case: Case) -> set[str]:
    """The names of the deeds that stand on the case page."""
    page = client.get(f"/desk/cases/{case.number}/")
    return {deed.name for kind in ("at_once", "with_form") for deed in page.context[kind]}


@pytest.mark.parametrize(
    ("text", "public"),
    [
        (ANSWER.replace("张小明", "您"), COVERED.replace("〔姓名〕", "您")),
        ("学府苑 3 号楼 2 单元 501 室漏水", "学府苑〔门牌〕漏水"),
        ("12幢3单元的电梯", "〔门牌〕的电梯"),
        ("东门街8-2号的围挡", "东门街〔门牌〕的围挡"),
        ("3月12号前装好，坐地铁 3 号线可到。", "3月12号前装好，坐地铁 3 号线可到。"),
        ("共 12 盏灯，5 天修好。", "共 12 盏灯，5 天修好。"),
    ],
)
def test_names_phones_and_house_numbers_are_covered(text: str, public: str) -> None:
    assert public_draft(text) == public


@given(st.text("天一路学府苑0123456789 号幢栋单元室楼-，。"))
def test_covering_twice_covers_nothing_more(text: str) -> None:
    once = public_draft(text)

    assert public_draft(once) == once


@pytest.mark.django_db
def test_the_clerk_finds_the_answer_with_its_clues_covered(client: Client) -> None:
    case = an_answered_case()

    form = client.get(at_desk(client, case, "publish"))

    assert fields_of(form)["text"] == COVERED
    assert fields_of(form)["headline"] == case.title


@pytest.mark.django_db
def test_everybody_reads_what_the_clerk_wrote_and_the_requester_the_whole_answer(
    client: Client,
) -> None:
    case = an_answered_case()
    given = {"headline": "楼道灯修好了", "text": "楼道灯已修好。"}
    client.post(at_desk(client, case, "publish"), given)
    client.logout()

    pages = [words_of(client.get(path)) for path in ("/", "/answers/")]

    assert all("楼道灯已修好。" in page and "502 室" not in page for page in pages)
    assert Reply.objects.get().text == ANSWER


@pytest.mark.django_db
def test_an_answer_is_not_published_without_words(client: Client) -> None:
    case = an_answered_case()

    page = client.post(at_desk(client, case, "publish"), {"headline": "楼道灯", "text": ""})

    assert page.status_code == 422
    assert Reply.objects.get().published_at is None


@pytest.mark.django_db
def test_published_without_being_read_the_clues_are_covered_all_the_same() -> None:
    case = an_answered_case()

    reply = publish_reply(case.number, "楼道灯", by=the_handler(case), at=TUESDAY)

    assert reply.public_text == COVERED


@pytest.mark.django_db
def test_an_answer_published_before_people_looked_it_over_is_covered_when_shown(
    client: Client,
) -> None:
    case = an_answered_case("学府苑 3 号楼的灯已修好，请打 13800000000。")
    publish_reply(case.number, "楼道灯", by=the_handler(case), at=TUESDAY)
    Reply.objects.update(published_text="")

    page = words_of(client.get("/answers/"))

    assert "学府苑〔门牌〕的灯已修好，请打 〔电话〕。" in page


@pytest.mark.django_db
def test_taking_down_is_offered_while_something_is_public(client: Client) -> None:
    case = an_answered_case()
    client.force_login(the_handler(case))
    before = offered(client, case)
    publish_reply(case.number, "楼道灯", by=the_handler(case), at=TUESDAY)

    after = offered(client, case)

    assert before & {"publish", "unpublish"} == {"publish"}
    assert after & {"publish", "unpublish"} == {"unpublish"}


@pytest.mark.django_db
def test_what_was_taken_down_is_gone_for_everybody_and_kept_for_the_next_time(
    client: Client,
) -> None:
    case = an_answered_case()
    given = {"headline": "楼道灯修好了", "text": "楼道灯已修好。"}
    client.post(at_desk(client, case, "publish"), given)

    client.post(at_desk(client, case, "unpublish"), {"sure": "yes"})

    assert newest(case).verb == "reply.unpublished"
    assert "楼道灯修好了" not in words_of(client.get("/answers/"))
    assert fields_of(client.get(at_desk(client, case, "publish"))).items() >= given.items()
