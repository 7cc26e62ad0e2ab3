"""The desk by keyboard alone: from the inbox to the archive."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Protocol

import pytest
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from mingchuang.cases.models import Case, DispatchRule, ReplyTemplate
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.browser.hands import let_in, press, sign_in, tab_to, tab_to_place
from tests.browser.window import DESK, PHONE, window
from tests.build import LONG_AGO, a_case, a_dispatcher, a_person, a_submission, a_unit, the_handler
from tests.town import a_case_today


class Seats(Protocol):
    def __call__(self, person: Person) -> Page: ...


@pytest.fixture
def seats(browser: Browser, address: str) -> Iterator[Seats]:
    """Let each colleague sit down at a machine of their own."""
    with ExitStack() as stack:

        def sit(person: Person) -> Page:
            page = stack.enter_context(window(browser, address, DESK))
            sign_in(page, person)
            return page

        yield sit


def test_a_case_goes_to_the_archive_by_keyboard_alone(seats: Seats) -> None:
    unit = a_unit("市政管理中心")
    DispatchRule.objects.create(matter="路灯", unit=unit, basis="市政职责", since=LONG_AGO.date())
    a_submission(text="学府路的路灯坏了三盏。", phone="13800000000", at=now())

    dispatcher = seats(a_dispatcher())
    press(dispatcher, "j", "Enter")
    expect(dispatcher.locator("#case h1")).to_have_text("学府路的路灯坏了三盏")
    press(dispatcher, "a")
    expect(dispatcher.get_by_role("status")).to_contain_text("受理：已办好")
    press(dispatcher, "d")
    expect(dispatcher.get_by_label("主办单位")).to_be_focused()
    expect(dispatcher.get_by_label("主办单位").locator(":checked")).to_contain_text("市政管理中心")
    press(dispatcher, "Control+Enter")
    expect(dispatcher.get_by_role("status")).to_contain_text("派单：已办好")

    handler = seats(a_person(Role.HANDLER, unit=unit))
    press(handler, "j", "Enter")
    expect(handler.locator("#case h1")).to_be_visible()
    press(handler, "a")
    expect(handler.get_by_role("status")).to_contain_text("签收：已办好")
    press(handler, "r")
    expect(handler.get_by_label("答复内容")).to_be_focused()
    handler.keyboard.insert_text("三盏路灯今晚已修好。")
    press(handler, "Control+Enter")
    expect(handler.get_by_role("status")).to_contain_text("答复：已办好")

    clerk = seats(a_person(Role.CALLBACK))
    tab_to_place(clerk, "诉求", "回访")
    press(clerk, "Enter")
    expect(clerk.get_by_role("heading", name="待回访")).to_be_visible()
    press(clerk, "j", "Enter")
    tab_to(clerk, clerk.get_by_label("问到了（接通，或回了短信）"))
    press(clerk, "Space", "Tab", "Space", "Tab", "Space", "Control+Enter")
    expect(clerk.get_by_text("没有要回访的人")).to_be_visible()

    case = Case.objects.get()
    assert case.state == "archived"
    assert [call.satisfied for call in case.callbacks.all()] == ["yes"]


def test_the_sheet_of_shortcuts_opens_and_closes_and_gives_the_focus_back(
    desk: Page, address: str
) -> None:
    a_case_today()
    let_in(desk, a_dispatcher(), address)
    desk.goto("/desk/")
    press(desk, "j")

    press(desk, "?")
    sheet = desk.get_by_role("dialog", name="快捷键")
    expect(sheet.get_by_role("button", name="关上")).to_be_focused()
    press(desk, "j", "a")
    expect(desk).to_have_url(f"{address}/desk/")
    press(desk, "Escape")

    expect(sheet).to_be_hidden()
    expect(desk.locator("[data-item]")).to_be_focused()
    press(desk, "?")
    expect(sheet).to_be_visible()
    press(desk, "?")
    expect(sheet).to_be_hidden()


def test_a_slash_begins_a_search_and_letters_typed_there_are_only_letters(
    desk: Page, address: str
) -> None:
    a_case_today(text="楼道灯坏了。")
    a_case_today(text="电梯停了。")
    let_in(desk, a_dispatcher(), address)
    desk.goto("/desk/?view=new")

    press(desk, "/")
    expect(desk.get_by_label("搜索工单")).to_be_focused()
    desk.keyboard.type("ji")
    desk.get_by_label("搜索工单").clear()
    desk.keyboard.insert_text("电梯")
    press(desk, "Enter")

    expect(desk.locator("[data-item]")).to_have_count(1)
    expect(desk.locator("[data-item]")).to_contain_text("电梯停了")
    press(desk, "i")
    expect(desk).to_have_url(f"{address}/desk/")


def test_a_case_opens_beside_the_list_and_the_keys_work_there(desk: Page, address: str) -> None:
    first, second = a_case_today(text="楼道灯坏了。"), a_case_today(text="电梯停了。")
    let_in(desk, a_dispatcher(), address)
    desk.goto("/desk/?view=new")

    desk.get_by_role("link", name=first.number).click()
    expect(desk.locator("#case h1")).to_have_text("楼道灯坏了")
    expect(desk).to_have_url(f"{address}/desk/?view=new")
    press(desk, "j", "Enter")
    expect(desk.locator("#case h1")).to_have_text("电梯停了")
    expect(desk.locator("[aria-current=true]")).to_contain_text(second.number)
    press(desk, "Tab", "Tab", "w")

    expect(desk).to_have_url(f"{address}/desk/cases/{second.number}/note/")


def test_a_case_that_went_out_of_sight_is_told_to_be_gone(desk: Page, address: str) -> None:
    case = a_case("handling")
    let_in(desk, the_handler(case), address)
    desk.goto("/desk/?view=all")
    Case.objects.update(responsible_unit=a_unit())

    desk.get_by_role("link", name=case.number).click()

    expect(desk.get_by_role("heading", name="没有找到")).to_be_visible()


def test_on_a_phone_a_case_is_a_page_of_its_own(browser: Browser, address: str) -> None:
    case = a_case_today(text="楼道灯坏了。")

    with window(browser, address, PHONE) as phone:
        let_in(phone, a_dispatcher(), address)
        phone.goto("/desk/?view=new")
        phone.get_by_role("link", name=case.number).tap()

        expect(phone).to_have_url(f"{address}/desk/cases/{case.number}/")
        expect(phone.get_by_role("button", name="受理")).to_be_visible()
        phone.get_by_role("button", name="受理").tap()
        expect(phone.get_by_role("status")).to_contain_text("受理：已办好")


def test_a_clerk_puts_a_ready_phrase_into_the_answer(desk: Page, address: str) -> None:
    unit = a_unit()
    ReplyTemplate.objects.create(unit=unit, title="受理告知", text="您反映的情况已经收到。")
    case = a_case_today("handling", unit=unit)
    let_in(desk, the_handler(case), address)
    desk.goto(f"/desk/cases/{case.number}/reply/")

    desk.get_by_label("答复内容").fill("您好：")
    desk.get_by_text("常用语").click()
    desk.get_by_role("button", name="受理告知").click()

    expect(desk.get_by_label("答复内容")).to_have_value("您好：\n您反映的情况已经收到。")
    expect(desk.get_by_label("答复内容")).to_be_focused()


def test_the_way_back_leads_to_the_list_as_it_was_left(desk: Page, address: str) -> None:
    case = a_case_today("handling", text="楼道灯坏了。")
    let_in(desk, the_handler(case), address)
    desk.goto("/desk/?view=all&kind=complaint")

    desk.goto(f"/desk/cases/{case.number}/")
    press(desk, "i")

    expect(desk).to_have_url(f"{address}/desk/?view=all&kind=complaint")
    press(desk, "i")
    expect(desk).to_have_url(f"{address}/desk/")


def test_the_way_back_leads_nobody_to_the_list_of_who_sat_here_before(
    desk: Page, address: str
) -> None:
    case = a_case_today("handling", text="楼道灯坏了。")
    let_in(desk, the_handler(case), address)
    desk.goto("/desk/?view=all&q=楼道")
    let_in(desk, a_dispatcher(), address)

    desk.goto(f"/desk/cases/{case.number}/")
    press(desk, "i")

    expect(desk).to_have_url(f"{address}/desk/")
