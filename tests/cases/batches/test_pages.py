"""The pages of a batch: the company's clerk sends, mends and follows; the staff handle the list."""

import csv
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import localdate, now
from openpyxl import load_workbook

from mingchuang.base.templatetags.words import day
from mingchuang.cases.actions.batch_crossing_out import cross_out
from mingchuang.cases.actions.batch_items import hand_in
from mingchuang.cases.actions.batch_lists import keep_upload
from mingchuang.cases.actions.batch_plans import keep_plan
from mingchuang.cases.actions.batch_post import send_delivery
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.pleas import ask_extension, ask_pause, decide_plea, resume_case
from mingchuang.cases.actions.voice import withdraw_submission
from mingchuang.cases.models import Batch, BatchSheet, Overtime, Paper
from mingchuang.cases.views import batch_files
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.build import MONDAY, a_person, a_supervisor, a_unit, the_handler
from tests.cases.batches.build import (
    a_batch,
    a_list,
    a_row,
    a_sheet,
    a_workbook,
    an_identity,
    code,
    in_hand,
    moved,
    sent,
    the_contact,
)
from tests.cases.batches.doors import OPENING
from tests.hall.build import a_site, an_item
from tests.town import a_photo

pytestmark = pytest.mark.django_db
Questions = Callable[[int], AbstractContextManager[object]]


def own(batch: Batch, name: str = "own_batch", *more: object) -> str:
    return reverse(f"cases:{name}", args=[batch.number, code(batch), *more])


def desk(batch: Batch, *more: object, name: str = "desk_batch") -> str:
    return reverse(f"cases:{name}", args=[batch.number, *more])


def seated(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def uploaded(client: Client, batch: Batch, workbook: bytes, key: str = "u" * 32) -> Any:
    file = SimpleUploadedFile("名单.xlsx", workbook)
    given = {"workbook": file, "key": key}
    return client.post(own(batch, "batch_upload"), given, follow=True)


def test_a_clerk_opens_a_batch_and_stands_before_the_list(client: Client) -> None:
    sheet = a_sheet()

    page = client.post(reverse("cases:begin_batch", args=[sheet.item.code]), OPENING, follow=True)

    assert "请交名单" in page.content.decode()
    assert Batch.objects.get().organisation == OPENING["organisation"]


def test_a_wrong_code_of_the_organisation_comes_back_filled_in(client: Client) -> None:
    way = reverse("cases:begin_batch", args=[a_sheet().item.code])

    page = client.post(way, {**OPENING, "credit_code": "91350100M000100Y44"})

    assert page.status_code == 422
    assert "有一位写错了" in page.content.decode()
    assert "宁波海澜纺织有限公司" in page.content.decode()


def test_a_small_list_is_read_where_it_was_sent(client: Client) -> None:
    batch = a_batch()

    page = uploaded(client, batch, a_workbook(a_row(1), a_row(2, 手机号码="错")))

    told = page.content.decode()
    assert "新列入 1 人" in told
    assert "“手机号码”不是 11 位的手机号码" in told


def test_the_marked_workbook_is_fetched_and_mended(client: Client) -> None:
    batch = a_batch()
    uploaded(client, batch, a_workbook(a_row(1), a_row(2, 手机号码="错")))
    book = load_workbook(BytesIO(client.get(own(batch, "batch_marked")).getvalue()))
    book.worksheets[0]["C3"] = "13800000002"
    book.save(mended := BytesIO())

    page = uploaded(client, batch, mended.getvalue(), key="v" * 32)

    assert "新列入 1 人；早已在名单里的 1 人；有问题、没有列入的 0 行" in page.content.decode()
    assert client.get(own(batch, "batch_marked")).status_code == 404


def test_a_list_sent_twice_is_read_once(client: Client) -> None:
    batch = a_batch()

    for _ in range(2):
        uploaded(client, batch, a_workbook(a_row(1)))

    assert batch.uploads.count() == 1


def test_who_kept_only_the_receipt_finds_the_list_again(client: Client) -> None:
    batch = a_list(1)

    page = client.get(reverse("cases:receipt", args=[batch.number, code(batch)]))

    assert own(batch) in page.content.decode()


def test_a_large_list_is_told_how_far_it_is(client: Client) -> None:
    batch = a_batch()
    keep_upload(batch.number, code(batch), [b"x"], key="k" * 32, at=now())
    batch.uploads.update(about=1000, rows=400, good=400)

    told = client.get(own(batch)).content.decode()

    assert "已核对 400 行" in told
    assert 'hx-trigger="every 2s"' in told


def test_the_company_reads_n_of_n_and_what_is_missing_from_whom(client: Client) -> None:
    batch = a_list(3, representative_of=4)
    handling(batch, "move", {"places": "1", "to": "accepted"})
    handling(batch, "move", {"places": "1", "to": "done"})
    handling(batch, "ask", {"places": "2", "papers": "劳动合同\n照片"})

    told = client.get(own(batch)).content.decode()

    assert "办结 1 / 3 人" in told
    assert "第 2 位（您表里第 3 行）王小明" in told
    assert "劳动合同" in told
    assert an_identity(2) not in told
    assert "您说约 4 人，已列入 3 人。" in told


def test_where_several_workbooks_came_a_row_is_named_with_its_day(client: Client) -> None:
    batch = a_list(1)
    handling(batch, "ask", {"places": "1", "papers": "劳动合同"})

    sent(batch, a_workbook(a_row(2, 手机号码="1")))

    told = client.get(own(batch)).content.decode()
    assert "报的表里第 2 行）王小明" in told


def test_a_paper_is_handed_in_with_its_tick(client: Client) -> None:
    batch = a_list(1)
    handling(batch, "ask", {"places": "1", "papers": "劳动合同"})

    client.post(own(batch, "batch_papers"), {"paper": [Paper.objects.get().pk]})

    assert batch.people.get().stage == "accepted"
    assert "劳动合同" not in client.get(own(batch)).content.decode()


def test_the_staff_page_asks_few_questions(
    client: Client, django_assert_max_num_queries: Questions
) -> None:
    batch = a_list(60)
    seat = seated(the_contact(batch))
    seat.get(desk(batch))

    with django_assert_max_num_queries(30):
        page = seat.get(desk(batch))

    told = page.content.decode()
    assert "王*明" in told
    assert an_identity(1) not in told
    assert '已报&nbsp;<span class="num">60</span>' in told
    assert "?stage=done" not in told
    assert '已报 <b class="num">60</b>' in client.get(own(batch)).content.decode()


def test_the_list_of_batches_asks_few_questions(django_assert_max_num_queries: Questions) -> None:
    batches = [a_batch(), in_hand(a_batch(phone="13900000003")), a_list(4, phone="13900000004")]
    cross_out(batches[2].number, code(batches[2]), "2", "写错人了。", at=MONDAY)
    seat = seated(a_person(Role.SUPERVISOR))

    with django_assert_max_num_queries(9):
        page = seat.get(reverse("cases:desk_batches"))

    assert all(batch.number in page.text for batch in batches)
    assert 'class="num">3</td>' in page.text
    assert "没有按承诺办完" not in page.text
    late = localdate() - timedelta(1)
    Batch.objects.filter(pk=batches[2].pk).update(promised_on=late, planned_at=MONDAY)
    assert "没有按承诺办完" in seat.get(reverse("cases:desk_batches")).text
    assert "没有做到，还有 3 人" in Client().get(own(batches[2])).text


def test_a_colleague_reads_how_far_it_is_and_no_name() -> None:
    batch = a_list(2)
    colleague = a_person(Role.HANDLER, unit=batch.item.unit)

    told = seated(colleague).get(desk(batch)).content.decode()

    assert "办结 0 / 2 人" in told
    assert "王*明" not in told
    assert seated(colleague).post(desk(batch, 1, name="batch_person")).status_code == 404
    assert seated(colleague).post(desk(batch, name="batch_list")).status_code == 404


def test_a_colleague_reads_that_a_parcel_left_and_not_its_number() -> None:
    batch = a_list(1)
    contact, colleague = the_contact(batch), a_person(Role.HANDLER, unit=batch.item.unit)
    moved(batch, "1", "accepted", "done")
    send_delivery(batch.number, "1", "ems", "EA123456789CN", by=contact, at=MONDAY)

    told = [seated(one).get(desk(batch)).content.decode() for one in (contact, colleague)]

    assert ["寄出 1 人的结果" in one for one in told] == [True, True]
    assert ["EA123456789CN" in one for one in told] == [True, False]


def test_one_person_is_shown_in_full_to_the_contact() -> None:
    batch = a_list(1)

    page = seated(the_contact(batch)).post(desk(batch, 1, name="batch_person"))

    assert an_identity(1) in page.content.decode()


def test_the_list_is_taken_out_masked_unless_all_of_it_is_asked_for() -> None:
    batch = a_list(1)
    seat = seated(the_contact(batch))

    masked = cells(seat.post(desk(batch, name="batch_list")).content)
    whole = cells(seat.post(desk(batch, name="batch_list"), {"what": "whole"}).content)

    assert masked[1][1:4] == ("王*明", "3302**********" + an_identity(1)[-4:], "138****0001")
    assert whole[1][1:4] == ("王小明", an_identity(1), "13800000001")


def test_those_ticked_and_those_written_go_together() -> None:
    batch = a_list(4)

    handling(batch, "move", {"place": ["1", "2"], "places": "4", "to": "accepted"})

    assert batch.people.filter(stage="accepted").count() == 3


def test_no_field_of_a_form_hides_another_of_its_name() -> None:
    batch = a_list(2)

    forms = texts_of(seated(the_contact(batch)).get(desk(batch)))

    assert "because" in forms["chosen"]
    assert "why_back" in forms["chosen"]
    assert [names for names in forms.values() if len(names) != len(set(names))] == []


def test_somebody_is_declined_with_the_fields_the_page_has() -> None:
    batch = a_list(2)
    empty = dict.fromkeys(texts_of(seated(the_contact(batch)).get(desk(batch)))["chosen"], "")

    handling(batch, "move", {**empty, "place": ["2"], "because": "不在本地。", "to": "declined"})

    assert [item.stage for item in batch.people.order_by("place")] == ["sent", "declined"]
    assert batch.people.get(place=2).because == "不在本地。"


def test_what_is_refused_is_said_and_what_was_written_stays() -> None:
    batch = a_list(2)

    said: dict[str, object] = {"places": "1", "carrier": "ems", "tracking": "EA123456"}

    page = handling(batch, "send", said)
    entered = handling(batch, "move", {**said, "place": ["2"], "to": ""})

    form = entered.content.decode().split('<form id="chosen"')[1]
    first = form[form.index("<button") :].split(">")[0]
    assert (page.status_code, entered.status_code) == (422, 422)
    assert "第 1 位还没有办结" in page.content.decode()
    assert "EA123456" in page.content.decode()
    assert "没有选要办的事项" in entered.content.decode()
    assert ("EA123456" in form, 'value="2" checked' in form) == (True, True)
    assert ('name="to" value=""' in first, "formaction" in first) == (True, False)


def test_overtime_is_offered_by_who_will_stay() -> None:
    batch = a_list(1)
    day = (localdate() + timedelta(5)).isoformat()

    seat = seated(the_handler(batch.case))
    seat.post(desk(batch, "overtime", name="batch_deed"), {"day": day, "minutes": "60"})

    assert Overtime.objects.get().person == the_handler(batch.case)


def test_an_offer_is_taken_back_where_it_stands() -> None:
    batch, day = a_list(1), (localdate() + timedelta(5)).isoformat()
    seat = seated(the_handler(batch.case))
    seat.post(desk(batch, "overtime", name="batch_deed"), {"day": day, "minutes": "60"})

    seat.post(desk(batch, "stay_not", name="batch_deed"), {"day": day})

    assert Overtime.objects.get().withdrawn_at
    assert "您登记了" not in seat.get(desk(batch)).content.decode()


def test_the_contact_looks_at_the_papers_of_one_person() -> None:
    batch = a_list(1)
    handling(batch, "ask", {"places": "1", "papers": "劳动合同"})
    paper = Paper.objects.get()
    hand_in(batch.number, code(batch), [paper.pk], [a_photo()], at=now())

    page = seated(the_contact(batch)).post(desk(batch, 1, name="batch_person"))

    photo = paper.photos.get()
    assert reverse("cases:photo", args=[photo.pk]) in page.content.decode()


def test_a_deed_nobody_knows_is_not_there() -> None:
    batch = a_list(1)

    assert handling(batch, "erase", {}).status_code == 404


def test_the_parcel_is_confirmed_on_the_company_page(client: Client) -> None:
    batch = a_list(1)
    for to in ("accepted", "done"):
        handling(batch, "move", {"places": "1", "to": to})
    handling(batch, "send", {"places": "1", "carrier": "sf", "tracking": "SF123456"})
    parcel = batch.deliveries.get()

    page = client.post(own(batch, "batch_parcel", parcel.pk), follow=True)

    assert "谢谢" in page.content.decode()
    assert batch.deliveries.get().received_at


def handling(batch: Batch, name: str, given: dict[str, object]) -> Any:
    return seated(the_contact(batch)).post(desk(batch, name, name="batch_deed"), given)


class Texts(HTMLParser):
    """The names of what is written into each form of a page, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, list[str]] = {}
        self.form = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = given.get("id") or f"{len(self.names)}"
            self.names[self.form] = []
        ticked = given.get("type") in {"checkbox", "radio"}
        if tag in {"input", "textarea", "select"} and self.form and not ticked:
            self.names[self.form].append(given["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = ""


def texts_of(page: Any) -> dict[str, list[str]]:
    texts = Texts()
    texts.feed(page.content.decode())
    return texts.names


def cells(workbook: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(workbook)).worksheets[0].iter_rows(values_only=True))


def test_an_administrator_sets_the_columns_and_stops_taking_batches() -> None:
    administrator = seated(a_person(Role.ADMINISTRATOR))
    item = an_item("pension", name="养老保险关系转入", unit=a_unit("社保中心"))
    new = reverse("admin:cases_batchsheet_add")
    given = {"item": item.pk, "minutes": 12}

    wrong = administrator.post(new, {**given, "columns": "原参保地 数字 必填", "active": "on"})
    administrator.post(new, {**given, "columns": "原参保地 文字 必填", "active": "on"})
    sheet = BatchSheet.objects.get()
    change = reverse("admin:cases_batchsheet_change", args=[sheet.pk])
    administrator.post(change, {"minutes": 15, "columns": "原参保地 文字 选填"})

    assert "第 1 行不是一列" in wrong.content.decode()
    sheet.refresh_from_db()
    assert (sheet.minutes, sheet.columns, sheet.active) == (15, "原参保地 文字 选填", False)
    assert Entry.objects.filter(verb="batch.sheet_stopped").count() == 1


def test_an_answer_while_people_wait_is_refused_with_how_many_and_where() -> None:
    batch = a_list(3)
    seat = seated(the_handler(batch.case))
    way = reverse("cases:deed", args=[batch.number, "reply"])

    page = seat.post(way, {"text": "已经办好。", "disposition": "done"})

    told = page.content.decode()
    assert page.status_code == 422
    assert "名单上还有 3 人没有办完" in told
    assert f'<a href="{desk(batch)}">去这份名单</a>' in told


def test_the_hundred_and_first_who_lacks_something_is_named_too(client: Client) -> None:
    batch = a_list(101)
    handling(batch, "ask", {"places": "1-101", "papers": "劳动合同"})

    first = client.get(own(batch)).content.decode()
    last = client.get(own(batch) + "?lacking=3").content.decode()

    assert "第 40 位（" in first
    assert "第 101 位（" not in first
    assert 'href="?lacking=2#lacking"' in first
    assert "第 101 位（" in last


def test_a_paper_of_the_hundred_and_first_is_handed_in(client: Client) -> None:
    batch = a_list(101)
    handling(batch, "ask", {"places": "1-101", "papers": "劳动合同"})
    last = Paper.objects.get(item__place=101)

    client.post(own(batch, "batch_papers"), {"paper": [last.pk]})

    assert batch.people.get(place=101).stage == "accepted"


def test_everybody_who_was_declined_is_told_why(client: Client) -> None:
    batch = a_list(45)
    handling(batch, "move", {"places": "1-45", "to": "declined", "because": "已在本地参保。"})

    told = client.get(own(batch) + "?declined=2").content.decode()

    assert "第 45 位（" in told
    assert "第 40 位（" not in told


def test_who_was_done_by_mistake_is_put_back_with_a_reason() -> None:
    batch = a_list(2)
    for to in ("accepted", "done"):
        handling(batch, "move", {"places": "1-2", "to": to})

    without = handling(batch, "back", {"places": "2", "why_back": ""})
    page = handling(batch, "back", {"places": "2", "why_back": "第 2 位的材料还没有核对。"})

    assert (without.status_code, page.status_code) == (422, 302)
    assert [item.stage for item in batch.people.order_by("place")] == ["done", "accepted"]


def test_what_was_answered_offers_no_more_than_parcels() -> None:
    batch = a_list(1)
    moved(batch, "1", "accepted", "done")
    by = the_handler(batch.case)
    reply_to_case(batch.number, "已经办好。", disposition="solved", by=by, at=now())
    later = {"day": (localdate() + timedelta(5)).isoformat(), "minutes": "60"}
    seat, way = seated(by), desk(batch, "overtime", name="batch_deed")

    page = seat.get(desk(batch)).content.decode()
    refused = [handling(batch, "plan", {}), seat.post(way, later)]

    offered = [name for name in ("plan", "back", "ask", "overtime", "send") if f"/{name}/" in page]
    assert offered == ["send"]
    assert "还没有排" not in page
    assert ["请先重办" in answer.content.decode() for answer in refused] == [True, True]


def test_a_long_list_is_sent_as_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = a_list(3)
    seat = seated(the_contact(batch))
    monkeypatch.setattr(batch_files, "LONG", 2)

    answer = seat.post(desk(batch, name="batch_list"))

    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert answer["Content-Disposition"].endswith('-masked.csv"')
    assert lines[1].startswith("1,王*明,3302**********")
    assert len(lines) == 4


def test_a_long_list_in_full_keeps_long_numbers_in_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = in_hand(a_batch())
    numbers = [one for one in map(an_identity, range(1, 30)) if one.isdecimal()][:2]
    rows = [a_row(n, 身份证号码=one) for n, one in enumerate(numbers)]
    sent(batch, a_workbook(*rows, a_row(9, 姓名="王@小明", 原参保地="12345678901234567")))
    monkeypatch.setattr(batch_files, "LONG", 2)

    answer = seated(the_contact(batch)).post(desk(batch, name="batch_list"), {"what": "whole"})

    lines = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [line[2] for line in lines[1:3]] == [f'="{one}"' for one in numbers]
    assert lines[1][3] == "13800000000"
    assert lines[3][4] == '="12345678901234567"'


def test_a_batch_that_is_over_asks_for_no_list(client: Client) -> None:
    batch = a_batch()
    asked = client.get(own(batch)).content.decode()
    withdraw_submission(batch.number, code(batch), at=now())

    told = client.get(own(batch)).content.decode()

    assert "请交名单" in asked
    assert "请交名单" not in told
    assert "这件事已经结束" in told


def test_the_company_reads_that_a_paper_is_not_here_and_why(client: Client) -> None:
    batch = a_list(1)
    handling(batch, "ask", {"places": "1", "papers": "劳动合同"})
    paper = Paper.objects.get().pk
    client.post(own(batch, "batch_papers"), {"paper": [paper]})

    without = handling(batch, "missing", {"paper": [paper], "because": ""})
    handling(batch, "missing", {"paper": [paper], "because": "窗口没有收到原件。"})

    told = client.get(own(batch)).content.decode()
    assert without.status_code == 422
    assert f'value="{paper}" checked' in without.content.decode()
    assert "窗口没有收到这份材料：窗口没有收到原件。" in told
    assert "劳动合同" in told


def test_what_is_refused_on_the_second_page_comes_back_there(client: Client) -> None:
    batch = a_list(41)
    handling(batch, "ask", {"places": "1-41", "papers": "劳动合同"})
    last, second = Paper.objects.get(item__place=41).pk, "?declined=2&lacking=2"
    bad = SimpleUploadedFile("合同.jpg", b"no picture at all", "image/jpeg")
    shown = client.get(own(batch) + second).content.decode()
    way = own(batch, "batch_papers") + second

    told = client.post(way, {"paper": [last], "photos": [bad]}).content.decode()
    back = client.get(own(batch, "batch_papers") + "?declined=2&lacking=1")

    assert f'action="{escape(way)}"' in shown
    assert 'href="?declined=2&amp;lacking=1#lacking"' in told
    assert f'value="{last}" checked' in told
    assert back.headers["Location"] == own(batch) + "?declined=2&lacking=1"


@pytest.mark.parametrize("name", ["move", "noted", "missing"])
def test_at_the_desk_too_a_form_comes_back_where_it_was(name: str) -> None:
    batch = a_list(82)
    handling(batch, "ask", {"places": "1-82", "papers": "劳动合同"})
    some = list(Paper.objects.filter(item__place__gt=41).values_list("pk", flat=True))
    handling(batch, "noted", {"paper": some})
    seat, second = seated(the_contact(batch)), "?page=2&lacking=2&claimed=2"
    way = desk(batch, name, name="batch_deed") + second

    shown = seat.get(desk(batch) + second).content.decode()
    again = seat.post(way, {}).content.decode()
    back = seat.get(desk(batch, name, name="batch_deed") + "?page=1&lacking=2")

    assert f'action="{escape(way)}"' in shown
    assert f'action="{escape(way)}"' in again
    assert "第 41 位 王*明" in again
    assert 'name="place" value="51"' in again
    assert back.headers["Location"] == desk(batch) + "?page=1&lacking=2"


def test_the_company_and_the_contact_cross_out_who_is_there_by_mistake(client: Client) -> None:
    batch = a_list(3)
    way = own(batch, "batch_out")

    refused = client.post(way, {"places": "9", "why_out": "离职了。"})
    client.post(way, {"places": "2", "why_out": "离职了。"})
    without = handling(batch, "out", {"place": ["3"], "why_out": ""})
    handling(batch, "out", {"place": ["3"], "why_out": "和第一位重复。"})

    told = client.get(own(batch)).content.decode()
    assert (refused.status_code, without.status_code) == (422, 422)
    assert 'value="9"' in refused.content.decode()
    assert 'value="离职了。"' in refused.content.decode()
    assert "办结 0 / 1 人" in told
    assert "离职了。" in told
    assert "和第一位重复。" in told


def test_a_photo_that_is_refused_loses_no_tick(client: Client) -> None:
    batch = a_list(2)
    handling(batch, "ask", {"places": "1-2", "papers": "劳动合同"})
    ticked, other = Paper.objects.order_by("pk").values_list("pk", flat=True)
    bad = SimpleUploadedFile("合同.jpg", b"no picture at all", "image/jpeg")

    page = client.post(own(batch, "batch_papers"), {"paper": [ticked], "photos": [bad]})
    good = SimpleUploadedFile("合同.jpg", a_photo().jpeg, "image/jpeg")
    unticked = client.post(own(batch, "batch_papers"), {"photos": [good]})

    told = page.content.decode()
    assert (unticked.status_code, "photos-kept" in unticked.text) == (422, True)
    assert page.status_code == 422
    assert f'value="{ticked}" checked' in told
    assert f'value="{other}">' in told


def test_what_is_refused_at_the_desk_loses_neither_ticks_nor_places() -> None:
    batch = a_list(3)

    page = handling(batch, "ask", {"place": ["1"], "places": "2-3", "papers": ""})

    told = page.content.decode()
    assert page.status_code == 422
    assert 'name="place" value="1" checked' in told
    assert 'name="place" value="2">' in told
    assert 'value="2-3"' in told


def test_the_receipt_tells_the_day_that_the_list_is_promised(client: Client) -> None:
    batch = a_list(1, at=now())
    keep_plan(batch, {localdate() + timedelta(1): 60}, at=now())

    told = client.get(reverse("cases:receipt", args=[batch.number, code(batch)])).content.decode()

    assert "名单上的人，我们承诺最迟" in told
    assert str(day(localdate() + timedelta(1))) in told


def test_nothing_is_promised_once_everybody_is_done(client: Client) -> None:
    batch = a_list(1, at=now())
    keep_plan(batch, {localdate() + timedelta(1): 60}, at=now())
    handling(batch, "move", {"places": "1", "to": "accepted"})
    handling(batch, "move", {"places": "1", "to": "done"})

    told = client.get(reverse("cases:receipt", args=[batch.number, code(batch)])).content.decode()

    assert "前给您答复" in told
    assert "名单上的人，我们承诺最迟" not in told


def test_nothing_is_promised_while_the_case_stands_still(client: Client) -> None:
    batch = a_list(1, at=now())
    keep_plan(batch, {localdate() + timedelta(1): 60}, at=now())
    paused(batch)

    told = client.get(own(batch)).content.decode()

    assert "这件事暂时挂起" in told
    assert "我们承诺最迟" not in told


@pytest.mark.parametrize("over", [False, True])
def test_a_plan_is_waited_for_only_where_the_batch_goes_on(over: bool) -> None:
    batch = a_list(1)
    Batch.objects.update(plan_asked_at=now())
    if over:
        withdraw_submission(batch.number, code(batch), at=now())

    told = seated(the_contact(batch)).get(desk(batch)).content.decode()

    assert ("正在排，稍后刷新" in told) != over


def test_taken_up_again_the_days_are_counted_again() -> None:
    batch = a_list(1, at=now())
    keep_plan(batch, {localdate() + timedelta(1): 60}, at=now())
    paused(batch)

    resume_case(batch.number, by=a_supervisor(), at=now())

    batch.refresh_from_db()
    assert batch.plan_asked_at


def paused(batch: Batch) -> None:
    by, day = the_handler(batch.case), localdate() + timedelta(9)
    asked = ask_pause(batch.number, "等外地社保转出。", review_on=day, by=by, at=now())
    decide_plea(asked.pk, granted=True, decision="同意。", by=a_supervisor(), at=now())


def test_a_plan_beyond_the_due_time_leads_to_an_extension_and_promises_nothing(
    client: Client,
) -> None:
    batch = a_list(1, at=now())
    late = localdate() + timedelta(55)

    keep_plan(batch, {late: 60}, at=now())

    batch.refresh_from_db()
    told = seated(the_handler(batch.case)).get(desk(batch)).content.decode()
    assert batch.promised_on is None
    assert "计划晚于办理期限" in told
    assert reverse("cases:deed", args=[batch.number, "extend"]) in told
    company = client.get(own(batch)).content.decode()
    assert "我们承诺" not in company
    assert "专人正在商量怎么办" in company


def test_an_extension_lets_the_days_be_counted_again(client: Client) -> None:
    batch = a_list(1, at=now())
    keep_plan(batch, {localdate() + timedelta(55): 60}, at=now())
    asked = ask_extension(
        batch.number, "名单长，窗口排不下。", days=5, by=the_handler(batch.case), at=now()
    )
    meanwhile = client.get(own(batch)).content.decode()

    decider = a_person(Role.SUPERVISOR)
    decide_plea(asked.pk, granted=True, decision="同意。", by=decider, at=now())

    batch.refresh_from_db()
    assert batch.plan_asked_at
    assert "正在申请延期" in meanwhile


def test_the_clerk_reads_a_phone_and_keeps_the_code(client: Client) -> None:
    batch = in_hand(a_batch())
    a_site(unit=batch.item.unit, phone="0574-12345")

    told = client.get(own(batch)).content.decode()

    assert 'href="tel:0574-12345"' in told
    assert f"<b>{code(batch)}</b>" in told
    assert "<svg" in told
    assert reverse("cases:wish", args=[batch.number, code(batch), "remark"]) in told


def test_who_sent_a_list_before_is_led_to_where_a_code_opens_it(client: Client) -> None:
    told = client.get(reverse("cases:batches")).content.decode()

    assert f'href="{reverse("cases:track")}">查进度</a>' in told


def test_the_clerk_takes_out_her_own_list_with_who_still_lacks_what(client: Client) -> None:
    batch = a_list(2)
    handling(batch, "ask", {"places": "2", "papers": "劳动合同\n照片"})

    rows = cells(client.post(own(batch, "own_list")).content)

    assert rows[1][:4] == (1, 2, "王小明", "3302**********" + an_identity(1)[-4:])
    assert rows[2][:2] == (2, 3)
    assert rows[2][5] == "劳动合同、照片"
    told = Entry.objects.get(subject=batch.subject, verb="batch.exported")
    assert told.facts == {"masked": False, "rows": 2, "by": "requester"}


def test_the_page_of_the_case_and_the_list_lead_to_each_other() -> None:
    batch = a_list(2)
    seat, case = seated(the_handler(batch.case)), reverse("cases:case", args=[batch.number])

    there, back = seat.get(case).content.decode(), seat.get(desk(batch)).content.decode()

    assert f'<a href="{desk(batch)}">宁波海澜纺织有限公司，2 人</a>' in there
    assert f'<a href="{case}">' in back
