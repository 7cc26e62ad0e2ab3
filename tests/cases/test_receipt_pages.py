"""The receipt page: a number and a code open it, and everything one may do from there."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries, Settings

from mingchuang.cases.models import Case, Submission
from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.rules.receipt import Receipt
from mingchuang.people.actions.attempts import count_attempt
from tests.build import a_case, a_submission, code, told
from tests.cases.reading import Answer, fields_of, main_of, words_of
from tests.town import a_case_today, a_photo

pytestmark = pytest.mark.django_db


def receipt(case: Case, *more: object) -> str:
    said = Submission.objects.get(number=case.number)
    return "/".join(["/r", said.number, code(said), *map(str, more), ""])


def wish(client: Client, case: Case, name: str, **given: Any) -> Answer:
    """Do what a button of the receipt page does, and return the page one is led to."""
    return client.post(receipt(case, name), given, follow=True)


def state_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def test_the_page_shows_the_number_the_code_and_what_was_said(client: Client) -> None:
    case = a_case(text="楼道灯坏了。晚上看不见。")

    page = words_of(client.get(receipt(case)))

    assert case.number in page
    assert code(case.submissions.get()) in page
    assert "楼道灯坏了。晚上看不见。" in page
    assert "收到诉求" in page


def test_the_page_shows_the_promised_day_and_why_it_is_that_day(client: Client) -> None:
    case = a_case("handling")

    page = words_of(client.get(receipt(case)))

    assert "3月9日 周一 24:00" in page
    assert "为什么是这一天" in page


def test_the_page_shows_the_answer(client: Client) -> None:
    case = a_case("replied")

    page = words_of(client.get(receipt(case)))

    assert "已经答复您" in page
    assert "灯已修好。" in page


def test_a_code_may_be_typed_as_people_type(client: Client) -> None:
    case = a_case()
    typed = {"number": f" {case.number.lower()} "}
    typed["code"] = code(case.submissions.get()).replace("-", " ").lower()

    answer = client.post("/track/", typed)

    assert answer["Location"] == receipt(case)


@pytest.mark.parametrize("path", ["{number}/AAAA-BBBB-CCCC", "YJ-2026-999999/{code}"])
def test_a_wrong_number_and_a_wrong_code_open_the_same_page(client: Client, path: str) -> None:
    case = a_case()
    nothing = client.get("/r/YJ-2026-888888/AAAA-BBBB-CCCC/")

    found = client.get(f"/r/{path}/".format(number=case.number, code=code(case.submissions.get())))

    assert found.status_code == nothing.status_code == 404
    assert main_of(found) == main_of(nothing)
    assert "没有找到这份回执" in words_of(found)


def test_looking_up_does_not_tell_a_wrong_number_from_a_wrong_code(client: Client) -> None:
    case = a_case()

    wrong_code = client.post("/track/", {"number": case.number, "code": "AAAA-BBBB-CCCC"})
    wrong_number = client.post("/track/", {"number": "YJ-2026-999999", "code": "AAAA-BBBB-CCCC"})

    assert wrong_code.status_code == wrong_number.status_code == 422
    own = re.compile(r'value="(YJ-2026-\d+|\w{64})"')
    assert own.sub("", main_of(wrong_code)) == own.sub("", main_of(wrong_number))
    assert fields_of(wrong_code)["number"] == case.number


@pytest.mark.parametrize("way", ["/track/", "/r/YJ-2026-000001/AAAA-BBBB-CCCC/"])
def test_whoever_tries_codes_is_asked_to_wait(client: Client, settings: Settings, way: str) -> None:
    settings.LIMITS = {**settings.LIMITS, "look": 1}
    guess = {"number": "YJ-2026-000001", "code": "AAAA-BBBB-CCCC"}
    client.post("/track/", guess)

    answer = {"/track/": client.post}.get(way, client.get)(way, guess)

    assert answer.status_code in {422, 429}
    assert "操作太频繁了，请 10 分钟后再试" in words_of(answer)


def test_who_guessed_too_often_waits_even_with_the_right_code(
    client: Client, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "look": 1}
    case = a_case(photos=(a_photo(),))
    photo = case.submissions.get().attachments.get()
    client.get(f"/r/{case.number}/AAAA-BBBB-CCCC/")

    answers = [client.get(receipt(case, *more)) for more in [(), ("remark",), ("photo", photo.pk)]]
    file = client.get(receipt(case, "receipt.json").rstrip("/"))

    assert {answer.status_code for answer in [*answers, file]} == {429}
    assert "操作太频繁了，请 10 分钟后再试" in words_of(answers[0])


def test_guesses_at_photos_and_wishes_count_like_all_others(
    client: Client, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "look": 2}
    wrong = "/r/YJ-2026-000001/AAAA-BBBB-CCCC"
    client.get(f"{wrong}/photo/1/")
    client.post(f"{wrong}/remind/")

    answer = client.get(f"{wrong}/receipt.json")

    assert answer.status_code == 429


def test_whoever_holds_the_receipt_may_look_as_often_as_they_like(
    client: Client, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "look": 1}
    case = a_case()

    answers = [client.get(receipt(case)) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]


def test_guesses_of_another_address_keep_nobody_waiting(client: Client, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "look": 1}
    case = a_case()
    for _ in range(2):
        client.get("/r/YJ-2026-000001/AAAA-BBBB-CCCC/", REMOTE_ADDR="203.0.113.7")

    answer = client.get(receipt(case), REMOTE_ADDR="203.0.113.8")

    assert answer.status_code == 200


def test_after_ten_minutes_the_right_code_opens_the_receipt_again(
    client: Client, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "look": 1}
    case = a_case()
    ten_minutes_ago = now() - timedelta(minutes=10)
    count_attempt("look:127.0.0.1", limit=1, minutes=10, at=ten_minutes_ago)

    answer = client.get(receipt(case))

    assert answer.status_code == 200


def test_looking_at_a_receipt_or_its_photo_writes_nothing(client: Client) -> None:
    case = a_case(photos=(a_photo(),))
    photo = case.submissions.get().attachments.get()

    with CaptureQueriesContext(connection) as queries:
        client.get(receipt(case))
        client.get(receipt(case, "photo", photo.pk)).getvalue()

    assert {query["sql"].partition(" ")[0] for query in queries} == {"SELECT"}


@pytest.mark.parametrize("more", [(), ("remark",), ("receipt.json",), ("photo", "{photo}")])
def test_no_cache_keeps_it_and_no_search_engine_lists_it(client: Client, more: Any) -> None:
    case = a_case(photos=(a_photo(),))
    seal_entries(at=now())
    photo = case.submissions.get().attachments.get().pk

    answer = client.get(receipt(case, *more).format(photo=photo).replace(".json/", ".json"))

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer.getvalue()


def test_the_receipt_file_proves_itself(client: Client) -> None:
    case = a_case()
    seal_entries(at=now())

    answer = client.get(receipt(case, "receipt.json").rstrip("/"))

    found = Receipt.read(answer.json())
    assert found is not None
    assert found.flaws() == []
    assert found.says["subject"] == case.subject
    assert answer["Content-Disposition"] == f'attachment; filename="{case.number}.json"'


def test_before_it_is_sealed_there_is_no_proof_yet(client: Client) -> None:
    case = a_case()

    answer = client.get(receipt(case, "receipt.json").rstrip("/"))

    assert answer.status_code == 404
    assert "还没有封存" in words_of(answer)


def test_a_photo_of_somebody_else_is_not_there(client: Client) -> None:
    mine, theirs = a_case(), a_case(photos=(a_photo(),))
    photo = theirs.submissions.get().attachments.get()

    assert client.get(receipt(mine, "photo", photo.pk)).status_code == 404
    own = client.get(receipt(theirs, "photo", photo.pk))
    assert own["Content-Type"] == "image/jpeg"
    assert own.getvalue().startswith(b"\xff\xd8")


def test_somebody_adds_words_and_a_photo(client: Client) -> None:
    case = a_case("handling")
    photo = SimpleUploadedFile("门口.jpg", a_photo("blue").jpeg)

    page = wish(client, case, "remark", text="还没有人来。", photos=photo)

    assert "补充的内容已收到。" in words_of(page)
    assert "还没有人来。" in words_of(page)
    assert case.submissions.get().attachments.count() == 1


def test_a_photo_alone_says_enough(client: Client) -> None:
    case = a_case("handling")

    page = wish(client, case, "remark", photos=SimpleUploadedFile("门口.jpg", a_photo().jpeg))

    assert "补充的内容已收到。" in words_of(page)


@pytest.mark.parametrize(
    ("state", "name", "sentence"),
    [
        ("handling", "remark", "请写几句话，或者加一张照片。"),
        ("replied", "not-solved", "还空着"),
        ("replied", "solved", "还空着"),
        ("declined", "contest", "还空着"),
    ],
)
def test_what_is_left_empty_is_asked_for(
    client: Client, state: str, name: str, sentence: str
) -> None:
    case = a_case(state)

    page = wish(client, case, name)

    assert page.status_code == 422
    assert sentence in words_of(page)
    assert state_of(case) == state


def test_an_answer_to_a_question_brings_the_case_back(client: Client) -> None:
    case = a_case("needs_info")

    wish(client, case, "remark", text="3 幢 2 单元。")

    assert state_of(case) == "received"


def test_somebody_may_chase_once_a_day(client: Client) -> None:
    case = a_case("handling")
    first = wish(client, case, "remind")

    second = wish(client, case, "remind")

    assert "已经替您催办" in words_of(first)
    assert second.status_code == 422
    assert "今天已经催办过了" in words_of(second)
    assert told(case).count("case.reminded") == 1


def test_not_solved_opens_the_case_again_and_keeps_the_answer(client: Client) -> None:
    case = a_case("replied")

    page = wish(client, case, "not-solved", text="灯又坏了。")

    assert state_of(case) == "handling"
    assert "灯已修好。" in words_of(page)
    assert "灯又坏了。" in words_of(page)


def test_solved_archives_the_case(client: Client) -> None:
    case = a_case("replied")

    page = wish(client, case, "solved", satisfied="yes")

    assert state_of(case) == "archived"
    assert "谢谢您告诉我们。" in words_of(page)


def test_a_declined_case_may_be_contested(client: Client) -> None:
    case = a_case("declined")
    before = words_of(client.get(receipt(case)))

    wish(client, case, "contest", text="这是市里管的路。")

    assert "请到人民法院立案大厅办理。" in before
    assert state_of(case) == "received"


def test_what_is_withdrawn_is_withdrawn(client: Client) -> None:
    case = a_case("handling")

    page = wish(client, case, "withdraw")
    again = wish(client, case, "withdraw")

    assert "已经撤回" in words_of(page)
    assert state_of(case) == "withdrawn"
    assert again.status_code == 422
    assert told(case).count("case.withdrawn") == 1


@pytest.mark.parametrize(
    ("state", "name", "given"),
    [
        ("received", "solved", {"satisfied": "yes"}),
        ("handling", "not-solved", {"text": "没有。"}),
        ("archived", "remark", {"text": "又坏了。"}),
        ("archived", "remind", {}),
        ("received", "contest", {"text": "不服。"}),
        ("referred", "withdraw", {}),
    ],
)
def test_a_button_of_an_old_page_is_refused_in_words_and_loses_nothing(
    client: Client, state: str, name: str, given: dict[str, str]
) -> None:
    case = a_case(state)
    before = told(case)

    page = wish(client, case, name, **given)

    assert page.status_code == 422
    assert "不能这样办" in words_of(page)
    assert fields_of(page).items() >= given.items()
    assert told(case) == before


def test_an_unheard_of_wish_is_not_there(client: Client) -> None:
    case = a_case()

    assert client.get(receipt(case, "delete")).status_code == 404
    assert wish(client, case, "delete").status_code == 404


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("received", ["remark", "remind", "withdraw"]),
        ("replied", ["solved", "not-solved", "remark", "withdraw"]),
        ("declined", ["contest"]),
        ("archived", []),
        ("withdrawn", []),
    ],
)
def test_only_what_can_be_done_now_is_offered(client: Client, state: str, names: list[str]) -> None:
    case = a_case(state)

    page = main_of(client.get(receipt(case)))

    assert re.findall(rf'href="{receipt(case)}([a-z-]+)/"', page) == [*names, "mine"]


def test_a_machine_gets_the_refusal_as_json(client: Client) -> None:
    answer = client.get("/r/YJ-2026-1/AAAA/", headers={"accept": "application/json"})

    assert answer.status_code == 404
    assert answer.json()["code"] == "wrong_receipt"


def test_a_receipt_costs_the_same_however_much_has_happened(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = a_case_today("replied", photos=(a_photo(), a_photo("blue")))
    for text in ("一", "二", "三"):
        wish(client, case, "remark", text=text)
    wish(client, case, "not-solved", text="没有。")
    path = receipt(case)

    with django_assert_max_num_queries(13):
        client.get(path)


def test_saying_something_costs_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_submission()

    with django_assert_max_num_queries(12):
        client.post("/say/", {"text": "灯坏了", "key": "a-key-of-the-form-itself"})
