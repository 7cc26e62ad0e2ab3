"""What is held of a person: asked for on a phone, answered at the desk, by keyboard alone."""

import re
from zipfile import ZipFile

from django.utils.timezone import now
from playwright.sync_api import Browser, expect

from mingchuang.cases.models import PrivacyPlea, Submission
from mingchuang.people.models import Requester
from tests import build
from tests.browser.hands import let_in, sign_in, tab_to, tab_to_place
from tests.browser.window import DESK, MODES, PHONE, axe, set_mode, window

NAME, NUMBER = "冯怀远", "13987654321"
WORDS = "我家楼上的空调滴水滴了半年。"


def test_a_wrong_number_is_asked_about_on_a_phone_and_put_right_at_the_desk(
    browser: Browser, address: str
) -> None:
    case = build.a_case("handling", name=NAME, phone=NUMBER, text=WORDS, at=now())
    receipt = f"/r/{case.number}/{build.code(case.submissions.get())}/"

    with window(browser, address, PHONE) as phone:
        phone.goto(receipt)
        phone.get_by_role("link", name="我的个人信息").tap()
        expect(phone.get_by_text("139****4321")).to_be_visible()
        with phone.expect_download() as download:
            phone.get_by_role("button", name="下载副本").tap()
        names = ZipFile(download.value.path()).namelist()
        phone.get_by_text("更正姓名、电话或住址").tap()
        phone.get_by_label("哪里不对，应当是什么？").fill("电话应当是 13700001111。")
        phone.get_by_role("button", name="提出申请").tap()
        expect(phone.get_by_role("status")).to_contain_text("申请已收到")
        expect(phone.get_by_text(re.compile("最迟 .* 前答复"))).to_be_visible()

    with window(browser, address, DESK) as page:
        sign_in(page, build.a_dispatcher())
        tab_to_place(page, "管理", "个人信息")
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_role("link", name=case.number))
        page.keyboard.press("Enter")
        expect(page.get_by_text("电话应当是 13700001111。")).to_be_visible()
        page.keyboard.press("Space")  # the first question has the focus: 同意
        tab_to(page, page.get_by_label("更正后的电话"))
        page.keyboard.type("13700001111")
        tab_to(page, page.get_by_role("button", name="提交决定"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("已办好，记入台账")

    assert names == ["data.json", "个人信息.html", "personal-data.html"]
    assert Requester.objects.get().phone == "13700001111"


def test_whoever_is_forgotten_at_the_counter_reads_so_on_their_receipt(
    browser: Browser, address: str
) -> None:
    case = build.a_case("declined", name=NAME, phone=NUMBER, text=WORDS, at=now())
    receipt = f"/r/{case.number}/{build.code(case.submissions.get())}/"

    with window(browser, address, DESK) as page:
        let_in(page, build.a_dispatcher(), address)
        page.goto(f"/desk/cases/{case.number}/")
        page.get_by_role("link", name="个人信息申请").click()
        page.get_by_text("删除", exact=True).click()
        page.get_by_text("当面看过身份证件").click()
        page.get_by_role("button", name="登记申请").click()
        expect(page.get_by_role("status")).to_contain_text("已登记")
        page.goto(f"/desk/privacy/{PrivacyPlea.objects.get().pk}/")
        page.get_by_text("同意，马上办").click()
        page.get_by_role("button", name="提交决定").click()
        expect(page.locator(".faults:not([id])")).to_contain_text("不能自己审核自己的申请")

    with window(browser, address, DESK) as page:
        let_in(page, build.a_supervisor(), address)
        page.goto("/desk/privacy/")
        page.get_by_role("link", name=case.number).click()
        page.get_by_text("同意，马上办").click()
        page.get_by_role("button", name="提交决定").click()
        expect(page.get_by_role("status")).to_contain_text("已办好")
        page.goto(f"/desk/cases/{case.number}/")
        expect(page.locator("#case")).to_contain_text("身份已按规定删除")
        axe(page)

    with window(browser, address, PHONE) as phone:
        for mode in MODES:
            set_mode(phone, address, mode)
            phone.goto(receipt)
            expect(phone.get_by_role("heading", level=1)).to_have_text("内容已按规定删除")
            expect(phone.get_by_text("回执仍然可以核验")).to_be_visible()
            axe(phone)

    assert Submission.objects.get().text == ""
