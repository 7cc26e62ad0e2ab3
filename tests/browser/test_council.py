"""The council: a convenor works by keyboard, a resident speaks for themselves on a phone."""

from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from mingchuang.council.models import Stakeholder, Topic
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.browser.window import DESK, axe, set_mode, window
from tests.council.build import a_convenor, a_stakeholder, a_topic, an_inviting_topic
from tests.council.sittings import a_call
from tests.council.test_inviting import DIRECT
from tests.council.the_council import picture


def test_a_convenor_proposes_and_opens_a_topic_by_keyboard_alone(desk: Page, address: str) -> None:
    let_in(desk, a_convenor(), address)
    desk.goto("/desk/council/")

    press(desk, "c")
    expect(desk.get_by_label("议题", exact=True)).to_be_focused()
    desk.keyboard.insert_text("5 幢车棚怎么办")
    tab_to(desk, desk.get_by_label("来龙去脉"))
    desk.keyboard.insert_text("车棚里住着人，消防要求清空。")
    tab_to(desk, desk.get_by_label("可以讨论的做法"))
    desk.keyboard.insert_text("搬进一楼\n加装消防设施")
    tab_to(desk, desk.get_by_role("button", name="提出议题"))
    press(desk, "Enter")
    expect(desk.get_by_role("status")).to_contain_text("议题已提出")
    press(desk, "o")

    expect(desk.get_by_role("status")).to_contain_text("公开，开始登记：已记下")
    assert Topic.objects.get().state == "gathering"


def test_a_convenor_writes_somebody_down_and_settles_that_they_must_be_there(
    desk: Page, address: str
) -> None:
    topic = a_topic("gathering", at=now())
    a_stakeholder(topic, at=now(), name="王小芳")
    let_in(desk, a_convenor(), address)
    desk.goto(f"/desk/council/{topic.number}/register/")

    press(desk, "j", "Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("名册第 1 号")
    press(desk, "m")
    desk.get_by_label("直接受影响", exact=True).check()
    desk.get_by_label("必须在场的理由").fill("住在车棚里")
    press(desk, "Enter")

    expect(desk.get_by_role("status")).to_contain_text("核实怎样受影响：已记下")
    assert Stakeholder.objects.get().is_direct


def test_a_reason_that_names_somebody_comes_back_to_be_put_right(desk: Page, address: str) -> None:
    who = a_stakeholder(a_topic("gathering", at=now()), at=now(), name="Ann Lee")
    let_in(desk, a_convenor(), address)
    desk.goto(f"/desk/council/{who.topic.number}/register/1/")
    press(desk, "m")
    desk.get_by_label("直接受影响", exact=True).check()
    desk.get_by_label("必须在场的理由").fill("Ann Lee lives in the shed")
    press(desk, "Enter")

    expect(desk.get_by_role("alert")).to_be_focused()
    desk.get_by_role("alert").get_by_role("link", name="必须在场的理由").click()
    reason = desk.get_by_label("必须在场的理由")
    expect(reason).to_be_focused()
    expect(reason).to_have_value("Ann Lee lives in the shed")
    assert faults_of(desk, "reason-refused") == []
    reason.fill("住在车棚里")
    press(desk, "Enter")

    expect(desk.get_by_role("status")).to_contain_text("核实怎样受影响：已记下")


def test_a_convenor_calls_until_nobody_is_missing(desk: Page, address: str) -> None:
    roster = an_inviting_topic(DIRECT, at=now())
    a_call(roster, at=now())
    let_in(desk, a_convenor(), address)
    desk.goto(f"/desk/council/{roster.topic.number}/invite/")
    expect(desk.get_by_text("还有 1 位没有按规定请到")).to_be_visible()

    press(desk, "j", "Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("邀请第 1 号")
    desk.get_by_label("打电话").check()
    desk.get_by_label("答应参加").check()
    tab_to(desk, desk.get_by_role("button", name="记一次邀请"))
    press(desk, "Enter")

    expect(desk.get_by_text("都已按规定请到")).to_be_visible()


def test_a_resident_registers_question_by_question_and_changes_their_mind(
    phone: Page, address: str
) -> None:
    topic = a_topic("gathering", at=now())
    set_mode(phone, address, "elder")
    phone.goto("/council/")
    phone.get_by_role("link", name=topic.title).tap()
    phone.get_by_role("link", name="登记：这件事关系到我").tap()

    expect(phone.get_by_text("第 1 步，共 4 步")).to_be_visible()
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_text("反对", exact=True).tap()
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_label("您住哪一户？").fill("3幢201")
    phone.get_by_label("怎么称呼您？").fill("王秀英")
    phone.get_by_label("联系电话").fill("13812345678")
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_role("button", name="登记", exact=True).tap()

    expect(phone.get_by_role("heading", level=1)).to_have_text("您是名册第 1 号")
    axe(phone)
    phone.get_by_text("还没想好").tap()
    phone.get_by_role("button", name="表明态度").tap()
    expect(phone.get_by_role("status")).to_contain_text("已记下您的态度")
    mine = Stakeholder.objects.get()
    assert (mine.camp, mine.proof, mine.added_by) == ("undecided", "link", None)


def test_a_resident_takes_the_seat_they_were_drawn_for(phone: Page, address: str) -> None:
    an_inviting_topic({}, at=now())
    mine = Stakeholder.objects.get()
    phone.goto(f"/council/me/{mine.code}/")

    phone.get_by_role("button", name="我来参加").tap()

    expect(phone.get_by_text("答应参加")).to_be_visible()
    assert mine.seats.get().state == "accepted"


def test_every_page_of_the_council_is_open_to_everybody(browser: Browser, address: str) -> None:
    roster = an_inviting_topic(DIRECT, {}, at=now())
    drawn = roster.topic.number
    picture(None)
    open_one = Topic.objects.get(state="gathering")
    open_one.invented = True
    open_one.save()
    first = a_topic(at=now(), legal="ballot")
    on_paper, called = open_one.stakeholders.get(), roster.seats.first()
    assert called is not None
    pages = {
        "public": "/council/",
        "public-topic": f"/council/{open_one.number}/",
        "join": f"/council/{open_one.number}/join/",
        "me": f"/council/me/{on_paper.code}/",
        "me-drawn": f"/council/me/{called.stakeholder.code}/",
        "desk": "/desk/council/",
        "propose": "/desk/council/new/",
        "topic": f"/desk/council/{first.number}/",
        "topic-drawn": f"/desk/council/{drawn}/",
        "register": f"/desk/council/{open_one.number}/register/",
        "add": f"/desk/council/{open_one.number}/register/add/",
        "import": f"/desk/council/{open_one.number}/register/import/",
        "person": f"/desk/council/{open_one.number}/register/{on_paper.number}/",
        "inviting": f"/desk/council/{drawn}/invite/",
        "invitation": f"/desk/council/{drawn}/invite/1/",
        "notice": f"/desk/council/{drawn}/invite/notice/",
    }

    with window(browser, address, DESK) as page:
        let_in(page, a_convenor(), address)
        faults = []
        for name, way in pages.items():
            page.goto(way)
            faults += faults_of(page, f"council-{name}")

    assert not faults, "\n".join(faults)
