"""What every page has: our look, a refusal in words, two modes, two languages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.window import MODES, axe, set_mode


@pytest.mark.parametrize("mode", MODES)
def test_a_page_that_is_not_there_is_a_sentence_everybody_can_read(
    phone: Page, address: str, mode: str
) -> None:
    set_mode(phone, address, mode)

    phone.goto("/nowhere/")

    expect(phone.get_by_role("heading", level=1)).to_have_text("没有找到")
    expect(phone.get_by_role("alert")).to_contain_text("这里没有您可以查看的内容")
    axe(phone)


def test_our_style_sheets_reach_the_page(desk: Page) -> None:
    desk.goto("/nowhere/")

    paper = desk.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    assert paper == "rgb(251, 250, 246)"


def test_elder_mode_is_larger_and_stays(phone: Page) -> None:
    phone.goto("/nowhere/")
    before = phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")

    phone.get_by_role("button", name="长辈模式").click()
    phone.goto("/nowhere/")

    after = phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert after > 1.3 * before
    expect(phone.get_by_role("button", name="标准模式")).to_be_visible()


def test_the_language_can_be_changed_and_changed_back(desk: Page) -> None:
    desk.goto("/nowhere/")

    desk.get_by_role("button", name="English").click()
    expect(desk.locator("html")).to_have_attribute("lang", "en")
    desk.get_by_role("button", name="中文").click()

    expect(desk.locator("html")).to_have_attribute("lang", "zh-Hans")
