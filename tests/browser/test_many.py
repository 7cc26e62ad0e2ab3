"""Many cases at once by keyboard: mark, ask, watch, read why one was refused."""

from collections.abc import Iterator

import pytest
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from mingchuang.cases.models import Article, Bulk, Case
from mingchuang.people.models import Unit
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.browser.window import DESK, window
from tests.build import a_dispatcher, a_unit, the_handler, the_lead
from tests.cases.knowledge import an_article
from tests.cases.many import follow
from tests.town import a_case_today


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """Open a browser that runs no scripts."""
    with window(browser, address, {**DESK, "java_script_enabled": False}) as page:
        yield page


def three_cases() -> tuple[Unit, Case]:
    """Two cases to be dispatched, and one that only has come in."""
    unit = a_unit("市政管理中心")
    for text in ("学府路的路灯坏了。", "东门的路灯坏了。"):
        a_case_today("accepted", text=text)
    return unit, a_case_today("received", text="井盖松了。")


def test_three_cases_are_dispatched_by_keyboard_and_the_refused_one_says_why(
    desk: Page, address: str
) -> None:
    unit, late = three_cases()
    let_in(desk, a_dispatcher(), address)
    desk.goto("/desk/")

    bar = desk.get_by_role("form", name="成批办理")
    expect(bar.get_by_role("button", name="派单")).to_be_hidden()
    press(desk, "j", "x", "j", "j", "Shift+X")
    expect(bar.get_by_role("status")).to_have_text("已选 3 件")
    press(desk, "b")
    expect(bar.get_by_role("button", name="派单", exact=True)).to_be_focused()
    press(desk, "Enter")
    expect(desk.get_by_label("主办单位")).to_be_focused()
    desk.get_by_label("主办单位").select_option(str(unit.pk))
    press(desk, "Control+Enter")

    expect(desk.get_by_text("正在逐件办理：0 / 3")).to_be_visible()
    expect(desk.get_by_text("可以离开这一页")).to_be_visible()
    faults = faults_of(desk, "bulk under way")
    follow(at=now())
    expect(desk.get_by_text("办好 2 件，1 件没有办成")).to_be_visible()
    expect(desk.get_by_text("这件工单现在是“已收到”")).to_be_visible()
    assert faults + faults_of(desk, "bulk ended") == []
    tab_to(desk, desk.get_by_role("link", name=late.number))
    press(desk, "Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("井盖松了")
    assert Case.objects.filter(responsible_unit=unit).count() == 2
    desk.goto("/desk/many/")
    expect(desk.get_by_role("link", name="派单 · 3 件")).to_be_visible()
    assert faults_of(desk, "bulks") == []


def test_what_was_marked_may_be_let_go_again_before_it_is_done(desk: Page, address: str) -> None:
    three_cases()
    let_in(desk, a_dispatcher(), address)
    desk.goto("/desk/")

    desk.get_by_label("全选本页").check()
    desk.get_by_role("button", name="催办").click()
    expect(desk.get_by_role("button", name="催办 · 3 件")).to_be_visible()
    desk.locator("[name=case]").first.uncheck()
    expect(desk.get_by_role("button", name="催办 · 2 件")).to_be_visible()
    assert faults_of(desk, "ask bulk") == []
    desk.get_by_role("button", name="催办 · 2 件").click()

    expect(desk.get_by_role("heading", level=1)).to_have_text("催办 · 2 件")
    assert Bulk.objects.get().items.count() == 2


def test_a_shift_click_marks_all_between(desk: Page, address: str) -> None:
    three_cases()
    let_in(desk, a_dispatcher(), address)
    desk.goto("/desk/")
    boxes = desk.locator("[name=case]")

    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(boxes.nth(1)).to_be_checked()
    assert faults_of(desk, "inbox marked") == []
    press(desk, "x")

    expect(desk.get_by_role("status")).to_have_text("已选 2 件")


def test_many_need_no_scripts(plain: Page, address: str) -> None:
    three_cases()
    let_in(plain, a_dispatcher(), address)

    plain.goto("/desk/")
    plain.locator("[name=case]").first.check()
    plain.locator("[name=case]").last.check()
    plain.get_by_role("button", name="催办").click()
    plain.get_by_role("button", name="催办 · 2 件").click()
    follow(at=now())
    plain.get_by_role("link", name="刷新").click()

    expect(plain.get_by_text("办好 0 件，2 件没有办成")).to_be_visible()


def test_an_article_put_into_an_answer_is_counted_when_the_answer_is_given(
    desk: Page, address: str
) -> None:
    case = a_case_today("handling")
    handler = the_handler(case)
    an_article(the_lead(case), by=handler, at=now())
    let_in(desk, handler, address)
    desk.goto(f"/desk/cases/{case.number}/reply/")

    desk.get_by_text("常用语和知识库").click()
    desk.get_by_role("button", name="路灯坏了找谁？").click()
    expect(desk.get_by_label("答复内容")).to_have_value("打市政热线，三天内修好。")
    assert faults_of(desk, "reply with articles") == []
    desk.get_by_role("button", name="答复", exact=True).click()

    expect(desk.get_by_role("status")).to_contain_text("答复：已办好")
    assert Article.objects.get().uses == 1
