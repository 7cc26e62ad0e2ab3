"""A company's clerk brings many at once, by keyboard: sends, mends, hands in, holds the parcel."""

from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate, now
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from mingchuang.cases.actions.batch_items import ask_for_papers, move_people
from mingchuang.cases.actions.batch_plans import agree_to_overtime, keep_plan
from mingchuang.cases.actions.batch_post import send_delivery
from mingchuang.cases.models import Batch
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.build import A_DAY, the_town
from tests.cases.batches.build import (
    CREDIT_CODE,
    ORGANISATION,
    a_list,
    a_row,
    a_sheet,
    an_identity,
    in_hand,
    the_contact,
)
from tests.town import a_photo


def begin(page: Page) -> None:
    """Fill in the one form and send it, without touching the mouse."""
    page.goto(reverse("cases:batches"))
    tab_to(page, page.get_by_role("link", name="为员工办理"))
    press(page, "Enter")
    said = {
        "单位名称": ORGANISATION,
        "统一社会信用代码": CREDIT_CODE,
        "经办人姓名": "李文员",
        "经办人电话": "13900000001",
        "收件地址": "江滨路 1 号",
        "大约多少人": "3",
    }
    for label, words in said.items():
        tab_to(page, page.get_by_label(label, exact=True))
        page.keyboard.insert_text(words)
    push(page, "下一步：交名单")


def push(page: Page, name: str) -> None:
    tab_to(page, page.get_by_role("button", name=name))
    press(page, "Enter")


def fetched(page: Page, link: str, file: Path) -> Path:
    with page.expect_download() as coming:
        page.get_by_role("link", name=link).first.click()
    coming.value.save_as(file)
    return file


def filled_in(file: Path, *cells: tuple[int, int, Any]) -> Path:
    book = load_workbook(file)
    for row, column, cell in cells:
        book.worksheets[0].cell(row, column, cell)
    book.save(file)
    return file


def send(page: Page, file: Path) -> None:
    page.get_by_label("填好的批量表").set_input_files(file)
    push(page, "报送")


def test_a_clerk_sends_a_list_mends_it_and_follows_it_to_the_parcel(
    desk: Page, tmp_path: Path
) -> None:
    the_town()
    a_sheet()
    rows = [a_row(1), a_row(2, 身份证号码=an_identity(2)[:-1] + "?"), a_row(3, 手机号码="123")]
    cells = [(n, c, x) for n, row in enumerate(rows, 2) for c, x in enumerate(row, 1)]

    begin(desk)
    expect(desk.get_by_role("heading", name="交名单")).to_be_visible()
    assert faults_of(desk, "batch-begun") == []
    send(desk, filled_in(fetched(desk, "下载批量表", tmp_path / "list.xlsx"), *cells))
    expect(desk.get_by_text("新列入 1 人")).to_contain_text("没有列入的 2 行")
    assert faults_of(desk, "batch-faulty") == []

    marked = fetched(desk, "下载标出问题的工作簿", tmp_path / "marked.xlsx")
    send(desk, filled_in(marked, (3, 2, an_identity(2)), (4, 3, "13800000003")))
    expect(desk.get_by_text("新列入 2 人")).to_contain_text("没有列入的 0 行")
    expect(desk.get_by_text("办结 0 / 3 人")).to_be_visible()

    batch = in_hand(Batch.objects.get(), at=now())
    by = the_contact(batch)
    move_people(batch.number, "1-3", "accepted", by=by, at=now())
    ask_for_papers(batch.number, "2", ["劳动合同", "户口本首页"], by=by, at=now())
    keep_plan(batch, {localdate() + A_DAY: 600}, at=now())
    desk.reload()
    expect(desk.get_by_text("1 人还缺材料。")).to_be_visible()
    expect(desk.get_by_text("我们承诺最迟")).to_be_visible()
    assert faults_of(desk, "batch-lacking") == []

    (photo := tmp_path / "合同.jpg").write_bytes(a_photo().jpeg)
    for paper in ("劳动合同", "户口本首页"):
        tab_to(desk, desk.get_by_label(paper))
        press(desk, "Space")
    desk.get_by_label("照片").set_input_files(photo)
    push(desk, "交这些材料")
    expect(desk.get_by_text("材料已收到。")).to_be_visible()
    expect(desk.get_by_role("heading", name="还缺的材料")).to_have_count(0)

    move_people(batch.number, "1-3", "done", by=by, at=now())
    send_delivery(batch.number, "1-3", "sf", "SF1234567890", by=by, at=now())
    desk.reload()
    expect(desk.get_by_text("办结 3 / 3 人")).to_be_visible()
    expect(desk.get_by_text("SF1234567890")).to_be_visible()
    push(desk, "收到了")
    expect(desk.get_by_text("谢谢，已记下您收到了这件快递。")).to_be_visible()
    expect(desk.get_by_role("button", name="收到了")).to_have_count(0)
    assert faults_of(desk, "batch-received") == []


def test_the_contact_handles_a_list_by_keyboard(desk: Page, address: str) -> None:
    batch = a_list(3, at=now())
    let_in(desk, the_contact(batch), address)

    desk.goto(reverse("cases:desk_batch", args=[batch.number]))
    for place in ("1", "2"):
        tab_to(desk, desk.get_by_label(place, exact=True))
        press(desk, "Space")
    push(desk, "受理")
    expect(desk.get_by_text("已办好，记入台账。")).to_be_visible()

    stages = list(batch.people.order_by("place").values_list("stage", flat=True))
    assert stages == ["accepted", "accepted", "sent"]
    assert faults_of(desk, "batch-desk") == []


def test_the_list_of_the_staff_fits_a_phone_with_overtime_on_it(phone: Page, address: str) -> None:
    batch = a_list(3, at=now())
    contact = the_contact(batch)
    for days in (5, 6, 7):
        agree_to_overtime(batch.number, localdate() + days * A_DAY, 60, by=contact, at=now())
    let_in(phone, contact, address)

    phone.goto(reverse("cases:desk_batch", args=[batch.number]))

    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= phone.viewport_size["width"]  # type: ignore[index]
    assert faults_of(phone, "batch-desk-phone") == []
