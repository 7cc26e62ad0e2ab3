"""From a rate to its rows and to one case, by keyboard alone."""

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to, tab_to_place
from tests.browser.window import MODES, set_mode
from tests.build import A_DAY, a_case, a_supervisor


def test_a_supervisor_goes_from_a_rate_to_its_cases_by_keyboard(desk: Page, address: str) -> None:
    late = a_case("handling", at=now() - 20 * A_DAY)
    a_case("replied", at=now() - 20 * A_DAY)
    let_in(desk, a_supervisor(), address)
    desk.goto("/desk/")

    tab_to_place(desk, "管理", "统计")
    press(desk, "Enter")
    expect(desk.get_by_role("heading", name="统计", exact=True)).to_be_visible()
    first = (now() - 60 * A_DAY).date().isoformat()
    desk.goto(f"/desk/figures/?since={first}&until={now().date().isoformat()}")
    assert faults_of(desk, "desk figures") == []
    tab_to(desk, desk.get_by_role("link", name="按时答复率 分母 2").first)
    press(desk, "Enter")
    expect(desk.get_by_text("共 2 行")).to_be_visible()
    tab_to(desk, desk.get_by_role("link", name="其余"))
    press(desk, "Enter")
    expect(desk.get_by_role("cell", name="到期没有答复")).to_be_visible()
    assert faults_of(desk, "figure rows") == []
    tab_to(desk, desk.get_by_role("link", name=late.number))
    press(desk, "Enter")

    expect(desk.get_by_role("heading", name=late.title)).to_be_visible()


def test_anybody_reads_the_figures_on_a_phone(phone: Page) -> None:
    a_case("replied", at=now() - A_DAY)
    phone.goto("/")

    phone.get_by_role("link", name="看全部统计").click()

    expect(phone.get_by_role("heading", name="按月")).to_be_visible()
    assert faults_of(phone, "figures") == []


@pytest.mark.parametrize("mode", MODES)
def test_on_a_phone_a_line_keeps_its_name_while_its_numbers_move(
    phone: Page, address: str, mode: str
) -> None:
    set_mode(phone, address, mode)
    phone.goto("/figures/")
    table = phone.get_by_role("region", name="按月")
    name, last = table.get_by_role("rowheader").first, table.get_by_role("columnheader").last

    table.evaluate("table => table.scrollIntoView()")
    expect(name).to_be_in_viewport(ratio=0.9)
    expect(last).not_to_be_in_viewport()
    table.evaluate("table => table.scrollLeft = table.scrollWidth")

    expect(last).to_be_in_viewport(ratio=0.9)
    expect(name).to_be_in_viewport(ratio=0.9)
    assert "local" in table.evaluate("table => getComputedStyle(table).backgroundAttachment")
