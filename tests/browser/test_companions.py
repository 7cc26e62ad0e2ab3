"""Companions: a grandmother asks on her phone, a clerk sends and goes by keyboard alone."""

from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from mingchuang.hall.models import Site
from mingchuang.visits.actions.assisting import accept
from mingchuang.visits.models import Assist
from mingchuang.visits.rules.assisting import State
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.browser.window import DESK, PHONE, axe, set_mode, window
from tests.build import the_town
from tests.hall.build import a_site
from tests.visits.companions import a_companion, a_volunteer, an_assist, open_daily


def a_hall() -> Site:
    return open_daily(a_site(unit=the_town()))


def today(site: Site, state: str = State.ASKED, **given: object) -> Assist:
    return an_assist(site, state, **{"at": now(), "wanted_at": now(), **given})  # type: ignore[arg-type]


def test_a_grandmother_asks_question_by_question_and_sees_who_comes(
    phone: Page, address: str
) -> None:
    hall = a_hall()
    helper = a_companion(hall)
    phone.clock.install()
    set_mode(phone, address, "elder")
    phone.goto(f"/halls/{hall.code}/")
    expect(phone.get_by_text("本大厅今年陪办 0 人次")).to_be_visible()
    phone.locator(f'a[href="/companion/{hall.code}/"]').tap()

    expect(phone.get_by_text("第 1 步，共 4 步")).to_be_visible()
    phone.get_by_text("轮椅").tap()
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_text("老年人").tap()
    phone.get_by_role("button", name="下一步").tap()
    expect(phone.get_by_label("哪一天？")).to_have_value("now")
    phone.get_by_label("在哪里碰面？").fill("东门公交站")
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_label("怎么称呼您？").fill("王秀英")
    phone.get_by_label("联系电话").fill("13812345678")
    phone.get_by_role("button", name="请人来陪").tap()

    expect(phone.get_by_role("heading", level=1)).to_have_text("已收到，正在安排人陪您")
    axe(phone)
    assist = Assist.objects.get()
    assert (assist.need, assist.category, assist.from_place) == (
        "wheelchair",
        "elderly",
        "东门公交站",
    )
    accept(assist.pk, by=helper, at=now())
    phone.clock.fast_forward(21_000)
    expect(phone.get_by_role("heading", level=1)).to_contain_text(helper.badge)
    phone.get_by_role("button", name="不用陪了，取消").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("这次陪办已经取消")


def test_what_is_wrong_leads_back_to_its_question(phone: Page, address: str) -> None:
    hall = a_hall()
    set_mode(phone, address, "elder")
    phone.goto(f"/companion/{hall.code}/")
    for _ in range(2):
        phone.get_by_role("button", name="下一步").tap()
    phone.get_by_label("在哪里碰面？").fill("东门")
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_label("联系电话").fill("不告诉你")

    phone.get_by_role("button", name="请人来陪").tap()

    expect(phone.get_by_role("alert")).to_contain_text("请填能打通的电话")
    expect(phone.get_by_label("联系电话")).to_have_value("不告诉你")
    assert not Assist.objects.exists()


def test_a_clerk_sends_a_colleague_by_keyboard_alone(desk: Page, address: str) -> None:
    hall = a_hall()
    clerk, colleague = a_companion(hall), a_volunteer(hall)
    let_in(desk, clerk, address)
    desk.clock.install()
    desk.goto("/desk/companions/")
    expect(desk.get_by_text("没有人等着陪")).to_be_visible()
    today(hall, name="王秀英", need="wheelchair")
    desk.clock.fast_forward(21_000)
    expect(desk.get_by_text("王**").or_(desk.get_by_text("轮椅")).first).to_be_visible()

    press(desk, "j", "Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("轮椅")
    press(desk, "p")
    expect(desk.get_by_label("请谁去")).to_be_focused()
    press(desk, "ArrowDown", "ArrowDown")
    expect(desk.get_by_label("请谁去")).to_have_value(str(colleague.pk))
    press(desk, "Control+Enter")

    expect(desk.get_by_role("status")).to_contain_text("派同事去：已记下")
    assist = Assist.objects.get()
    assert (assist.state, assist.companion) == (State.ASSIGNED, colleague)


def test_a_clerk_goes_meets_looks_up_the_phone_and_finishes_by_keyboard_alone(
    desk: Page, address: str
) -> None:
    hall = a_hall()
    clerk = a_companion(hall)
    today(hall, name="王秀英", phone="13812345678")
    let_in(desk, clerk, address)
    desk.goto("/desk/companions/")

    press(desk, "j", "Enter")
    expect(desk.get_by_role("button", name="我去陪")).to_be_visible()
    press(desk, "a")
    expect(desk.get_by_role("status")).to_contain_text("我去陪：已记下")
    press(desk, "j", "Enter")
    expect(desk.get_by_role("button", name="碰上了")).to_be_visible()
    press(desk, "t")
    expect(desk.get_by_role("link", name="13812345678")).to_be_visible()
    tab_to(desk, desk.get_by_role("link", name="返回"))
    press(desk, "Enter")
    expect(desk.get_by_role("button", name="碰上了")).to_be_visible()
    press(desk, "m")
    expect(desk.get_by_role("status")).to_contain_text("碰上了：已记下")
    press(desk, "j", "Enter")
    expect(desk.get_by_role("button", name="陪完了")).to_be_visible()
    press(desk, "f")

    expect(desk.get_by_role("status")).to_contain_text("陪完了：已记下")
    assert Assist.objects.get().state == State.FINISHED


def test_who_walks_about_presses_the_next_step_on_a_phone(browser: Browser, address: str) -> None:
    hall = a_hall()
    today(hall)

    with window(browser, address, PHONE) as phone:
        let_in(phone, a_volunteer(hall), address)
        phone.goto("/desk/companions/")
        phone.get_by_role("button", name="我去陪").tap()
        phone.get_by_role("button", name="碰上了").tap()
        phone.get_by_role("button", name="陪完了").tap()
        expect(phone.get_by_text("没有人等着陪")).to_be_visible()

    assert Assist.objects.get().state == State.FINISHED


def test_every_page_of_companions_is_open_to_everybody(browser: Browser, address: str) -> None:
    hall = a_hall()
    clerk = a_companion(hall)
    who = {"name": "王秀英", "phone": "13812345678"}
    asked = today(hall, need="wheelchair", to_place="3 号窗口，养老认证", **who)
    mine = today(hall, State.ACCEPTED, companion=clerk, persons=2, **{**who, "phone": ""})
    today(hall, State.MET, companion=a_companion(hall), category="pregnant", need="whole")
    today(hall, State.FINISHED, persons=3, need="sign", category="disabled")
    done = today(hall, State.FINISHED, name="王秀英")
    today(hall, State.CANCELLED)
    pages = {
        "ask-choose": "/companion/",
        "ask": f"/companion/{hall.code}/",
        "hall": f"/halls/{hall.code}/",
        "assist-asked": f"/a/{asked.code}/",
        "assist-accepted": f"/a/{mine.code}/",
        "assist-finished": f"/a/{done.code}/",
        "board": "/desk/companions/",
        "one": f"/desk/companions/{mine.pk}/",
        "one-asked": f"/desk/companions/{asked.pk}/",
        "new": "/desk/companions/new/",
        "figures": "/desk/companions/figures/",
    }

    with window(browser, address, DESK) as page:
        let_in(page, clerk, address)
        faults = []
        for name, way in pages.items():
            page.goto(way)
            faults += faults_of(page, f"companions-{name}")

    assert not faults, "\n".join(faults)
