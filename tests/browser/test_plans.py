"""How long, before one comes; how good that was; and how many windows, by keyboard alone."""

from datetime import time

import pytest
from django.utils.timezone import localtime, now
from playwright.sync_api import Page, expect

from mingchuang.hall.models import OpeningHours
from mingchuang.people.rules.roles import Role
from mingchuang.visits.models import Line
from mingchuang.visits.reckoning import reckon
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.browser.window import MODES, set_mode
from tests.build import A_DAY, the_holder
from tests.hall.build import a_guide
from tests.visits.hall import a_clerk, a_line, a_visit
from tests.visits.test_reckoning import a_day_at


def a_line_with_a_week_behind_it() -> Line:
    line = a_line()
    OpeningHours.objects.create(site=line.site, weekday=0, opens=time(9), closes=time(11))
    nine = localtime(now()).replace(hour=9, minute=0, second=0, microsecond=0)
    a_day_at(line, nine - 7 * A_DAY, people=12)
    return line


@pytest.mark.parametrize("mode", MODES)
def test_a_guide_says_how_long_it_takes_now(phone: Page, address: str, mode: str) -> None:
    line = a_line()
    guide = a_guide(item=line.items.get())
    a_clerk(line, at=now())
    a_visit(line, at=now())
    set_mode(phone, address, mode)

    phone.goto(f"/guides/{guide.item.code}/")

    expect(phone.get_by_text("现在来，等候")).to_be_visible()
    assert faults_of(phone, f"guide with a wait {mode}") == []
    phone.goto(f"/how-long/{guide.item.code}/")
    assert faults_of(phone, f"how long {mode}") == []


@pytest.mark.parametrize("mode", MODES)
def test_anybody_reads_how_good_our_forecasts_are(phone: Page, address: str, mode: str) -> None:
    a_line_with_a_week_behind_it()
    reckon(now)
    set_mode(phone, address, mode)

    phone.goto("/how-long/")

    expect(phone.get_by_role("heading", name="我们的预计有多准")).to_be_visible()
    assert faults_of(phone, f"record {mode}") == []


def test_a_supervisor_asks_for_a_plan_and_comes_back_by_keyboard(desk: Page, address: str) -> None:
    line = a_line_with_a_week_behind_it()
    let_in(desk, the_holder(Role.SUPERVISOR, line.site.unit), address)
    desk.goto("/desk/staffing/")
    assert faults_of(desk, "plan") == []

    tab_to(desk, desk.get_by_label("哪一天"))
    desk.get_by_label("哪一天").select_option(str((localtime(now()) - 7 * A_DAY).weekday()))
    tab_to(desk, desk.get_by_role("button", name="算一个方案"))
    press(desk, "Enter")
    expect(desk.get_by_text("正在算")).to_be_visible()
    assert faults_of(desk, "plan being made") == []
    reckon(now)

    expect(desk.get_by_role("heading", name="每半小时", exact=True)).to_be_visible()
    assert faults_of(desk, "plan made") == []
    set_mode(desk, address, "elder")
    desk.reload()
    assert faults_of(desk, "plan made elder") == []
