"""Lost and found: a loser finds an umbrella on a phone, a clerk gives it back by keyboard."""

from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from mingchuang.cases.models import FoundItem, LostItem
from mingchuang.cases.queries.lost import code_of
from mingchuang.hall.models import Site
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.browser.window import DESK, axe, set_mode, window
from tests.build import the_town
from tests.cases.things import (
    a_keeper,
    a_matched_report,
    a_report,
    an_item,
    handed_over,
    returned,
)
from tests.hall.build import a_site

WHO = {"name": "王秀英", "phone": "13812345678"}


def a_hall() -> Site:
    return a_site(unit=the_town())


def test_a_loser_finds_an_umbrella_on_a_phone(phone: Page, browser: Browser, address: str) -> None:
    hall = a_hall()
    item = an_item(hall, at=now(), announced=True)
    set_mode(phone, address, "elder")
    phone.goto("/")
    phone.get_by_role("link", name="看招领公告，或者报失").tap()
    expect(phone.locator(".things").get_by_text("雨伞、雨衣")).to_be_visible()
    phone.get_by_role("link", name="我丢了东西").tap()

    expect(phone.get_by_text("第 1 步，共 4 步")).to_be_visible()
    phone.get_by_label("您丢了什么？").select_option("umbrella")
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_label("在哪里丢的？").select_option(hall.code)
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_label("它是什么样的？").fill("黑色长柄伞，木头弯把")
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_label("联系电话").fill("13812345678")
    phone.get_by_role("button", name="提交报失").tap()

    expect(phone.get_by_role("heading", level=1)).to_have_text("已经登记，还在找")
    expect(phone.get_by_role("heading", name="也许是这些")).to_be_visible()
    axe(phone)
    with window(browser, address, DESK) as desk:
        let_in(desk, a_keeper(hall), address)
        desk.goto(f"/desk/found/reports/{LostItem.objects.get().number}/")
        desk.get_by_role("button", name="告诉失主可能是它").click()
        expect(desk.get_by_role("status")).to_contain_text("已告诉失主")
    phone.get_by_role("link", name="失物招领").first.tap()
    phone.get_by_role("link", name="查我的报失").tap()
    report = LostItem.objects.get()
    phone.get_by_label("编号").fill(report.number)
    phone.get_by_label("查询码").fill(code_of(report))
    phone.get_by_role("button", name="查看").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("可能找到了您的东西")
    expect(phone.get_by_text(item.number)).to_be_visible()
    axe(phone)


def test_a_clerk_gives_a_thing_back_by_keyboard_alone(desk: Page, address: str) -> None:
    hall = a_hall()
    item = an_item(hall, at=now(), announced=True)
    let_in(desk, a_keeper(hall), address)
    desk.goto("/desk/found/")

    press(desk, "j", "Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("雨伞、雨衣")
    press(desk, "g")
    claim = desk.locator("details[open]")
    expect(claim.get_by_label("认领人说的特征")).to_be_focused()
    desk.keyboard.insert_text("木头弯把，套上有梅花")
    tab_to(desk, claim.get_by_label("认领人姓名"))
    desk.keyboard.insert_text("王秀英")
    tab_to(desk, claim.get_by_label("看过的证件"))
    press(desk, "ArrowDown")
    tab_to(desk, claim.get_by_label("认领人已经在认领单上签名"))
    press(desk, "Space", "Control+Enter")

    expect(desk.get_by_role("status")).to_contain_text("已归还")
    item.refresh_from_db()
    assert item.state == "returned"


def test_every_page_of_lost_and_found_is_open_to_everybody(browser: Browser, address: str) -> None:
    hall = a_hall()
    item = an_item(hall, at=now(), announced=True, name="张拾到", phone="13700000001")
    wallet = an_item(hall, at=now(), announced=True, kind="wallet", cents=35_050)
    returned(wallet, at=now())
    listed = handed_over(an_item(hall, at=now(), kind="document"), at=now())
    report, matched = a_report(hall, at=now(), **WHO), a_matched_report(item, at=now(), **WHO)
    pages = {
        "notice": "/lost/",
        "report": "/lost/report/",
        "lost-searching": f"/lost/{report.number}/{code_of(report)}/",
        "lost-matched": f"/lost/{matched.number}/{code_of(matched)}/",
        "items": "/desk/found/",
        "over": "/desk/found/?view=over",
        "new": "/desk/found/new/",
        "item": f"/desk/found/{item.number}/",
        "item-returned": f"/desk/found/{wallet.number}/",
        "label": f"/desk/found/{item.number}/label/",
        "slip": f"/desk/found/{item.number}/slip/",
        "slip-returned": f"/desk/found/{wallet.number}/slip/",
        "reports": "/desk/found/reports/",
        "one": f"/desk/found/reports/{matched.number}/",
        "handovers": "/desk/found/handovers/",
        "hand-over": f"/desk/found/handovers/new/{hall.code}/",
        "handover": f"/desk/found/handovers/{listed.number}/",
    }

    with window(browser, address, DESK) as page:
        let_in(page, a_keeper(hall), address)
        faults = []
        for name, way in pages.items():
            page.goto(way)
            page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
            faults += faults_of(page, f"found-{name}")
        page.get_by_role("button", name="看完整的清单并打印").click()
        expect(page.get_by_text("李建国")).to_be_visible()
        faults += faults_of(page, "found-handover-print")

    assert not faults, "\n".join(faults)
    assert FoundItem.objects.count() == 3
