"""Without scripts, and on paper: everything that matters still works."""

from collections.abc import Iterator

import pytest
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from mingchuang.cases.models import Case
from tests.browser.hands import let_in
from tests.browser.window import DESK, MODES, set_mode, window
from tests.build import a_submission, code, the_handler, the_lead, the_town
from tests.cases.knowledge import an_article
from tests.hall.build import a_guide
from tests.town import a_case_today


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """Open a browser that runs no scripts."""
    with window(browser, address, {**DESK, "java_script_enabled": False}) as page:
        yield page


@pytest.mark.parametrize("mode", MODES)
def test_a_resident_needs_no_scripts(plain: Page, address: str, mode: str) -> None:
    the_town()
    set_mode(plain, address, mode)
    plain.goto("/")
    plain.get_by_role("link", name="我要反映").click()
    plain.get_by_label("您想说什么？").fill("路灯坏了。")
    plain.get_by_label("建议").check()
    plain.get_by_role("button", name="提交，拿回执").click()

    expect(plain.get_by_role("heading", level=1)).to_have_text("路灯坏了")
    plain.get_by_role("link", name="补充情况或照片").click()
    plain.get_by_label("补充的情况").fill("一共三盏。")
    plain.get_by_role("button", name="补充情况或照片").click()
    expect(plain.get_by_role("status")).to_contain_text("补充的内容已收到")
    expect(plain.locator(".steps")).to_contain_text("一共三盏。")


def test_a_clerk_needs_no_scripts(plain: Page, address: str) -> None:
    case = a_case_today("dispatched", text="楼道灯坏了。")
    let_in(plain, the_handler(case), address)

    plain.goto("/desk/")
    plain.get_by_role("link", name=case.number).click()
    plain.get_by_role("button", name="签收").click()
    plain.get_by_role("link", name="答复").click()
    plain.get_by_label("答复内容").fill("灯已修好。")
    plain.get_by_role("button", name="答复").click()

    expect(plain.get_by_role("status")).to_contain_text("答复：已办好")
    assert Case.objects.get().state == "replied"


def test_a_printed_receipt_is_the_receipt_and_nothing_else(desk: Page) -> None:
    said = a_submission(text="路灯坏了。", at=now())
    desk.goto(f"/r/{said.number}/{code(said)}/")

    desk.emulate_media(media="print")

    expect(desk.get_by_text(code(said))).to_be_visible()
    expect(desk.locator(".qr")).to_be_visible()
    expect(desk.get_by_role("button", name="长辈模式")).to_be_hidden()
    expect(desk.get_by_role("link", name="补充情况或照片")).to_be_hidden()
    expect(desk.get_by_role("contentinfo")).to_be_hidden()


def test_a_printed_one_time_notice_is_the_notice_and_nothing_else(desk: Page) -> None:
    a_guide()
    desk.goto("/guides/pension-check/notice/")
    desk.get_by_label("社会保障卡").check()
    desk.get_by_role("button", name="写进告知书").click()

    desk.emulate_media(media="print")

    expect(desk.get_by_role("heading", name="还需补齐的材料")).to_be_visible()
    expect(desk.get_by_text("申请人签收：")).to_be_visible()
    expect(desk.get_by_role("button", name="打印")).to_be_hidden()
    expect(desk.get_by_role("link", name="返回办事指南")).to_be_hidden()
    expect(desk.get_by_role("contentinfo")).to_be_hidden()


def test_a_clerk_puts_what_the_office_knows_into_an_answer_without_scripts(
    plain: Page, address: str
) -> None:
    case = a_case_today("handling", text="楼道灯坏了。")
    an_article(the_lead(case), by=the_handler(case), title="路灯坏了找谁？", at=now())
    let_in(plain, the_handler(case), address)

    plain.goto(f"/desk/cases/{case.number}/reply/")
    plain.get_by_label("答复内容").fill("您好：")
    plain.get_by_text("常用语和知识库").click()
    plain.get_by_label("搜索标题和内容").fill("市政")
    plain.get_by_label("搜索标题和内容").press("Enter")
    plain.get_by_role("button", name="路灯坏了找谁？").click()

    expect(plain.get_by_label("答复内容")).to_have_value("您好：\n打市政热线，三天内修好。")
