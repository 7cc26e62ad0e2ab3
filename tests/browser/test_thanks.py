"""Saying thanks on a phone; hanging them by keyboard; every page of the register in both modes."""

from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from mingchuang.reviews.models import Commendation
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.build import a_unit
from tests.reviews.thanks import a_gift, a_settler, hung_thanks, said_thanks, some_thanks
from tests.town import a_photo


def test_a_visitor_says_thanks_and_has_it_forgotten(phone: Page) -> None:
    a_unit("滨江区人社局")

    phone.goto(reverse("reviews:say_thanks"))
    faults = faults_of(phone, "say thanks")
    phone.get_by_label("感谢哪个单位？").select_option(label="滨江区人社局")
    phone.get_by_label("想说的话").fill("下雨天帮我把老人扶上车。")
    phone.get_by_role("button", name="送出感谢").click()
    expect(phone.get_by_text("已经收到。")).to_be_visible()
    faults += faults_of(phone, "my thanks")
    phone.get_by_role("button", name="删除我写的内容").click()
    expect(phone.get_by_text("您写的内容已经删除")).to_be_visible()

    assert faults == []
    assert Commendation.objects.get().is_erased


def test_thanks_are_hung_by_keyboard_alone(desk: Page, address: str) -> None:
    item = said_thanks(at=now())
    let_in(desk, a_settler(item.unit), address)

    desk.goto(reverse("reviews:thanks_desk"))
    tab_to(desk, desk.get_by_role("link", name=f"感谢的话 {item.pk}", exact=True))
    press(desk, "Enter")
    tab_to(desk, desk.get_by_role("link", name="挂上感谢墙"))
    press(desk, "Enter")
    tab_to(desk, desk.get_by_label("墙上写的话"))
    press(desk, "Control+Enter")
    expect(desk.get_by_text("已经挂上感谢墙，谁都能看到。")).to_be_visible()

    item.refresh_from_db()
    assert item.on_wall
    assert "〔电话〕" in item.shown


def test_nothing_keeps_anybody_from_the_wall_and_the_register(
    phone: Page, desk: Page, address: str
) -> None:
    unit = a_unit("滨江区人社局")
    banner = hung_thanks(unit, at=now(), photos=(a_photo(),), hangs="三楼大厅")
    hung_thanks(unit, at=now())
    waiting, gift = said_thanks(unit, at=now()), a_gift(unit, at=now())
    some_thanks(unit, at=now())

    phone.goto(reverse("reviews:thanks_wall"))
    faults = faults_of(phone, "wall")
    let_in(desk, a_settler(unit), address)
    pages: dict[str, list[object]] = {
        "thanks_desk": [],
        "register_thanks": [],
        "print_thanks": [],
        "import_thanks": [],
        "thanks_naming": [],
        "thanks": [banner.pk],
        "correct_thanks": [banner.pk],
        "thanks_deed": [waiting.pk, "hung"],
        "gifts": [],
        "record_gift": [],
        "gift": [gift.pk],
        "gift_deed": [gift.pk, "revoked"],
    }
    for name, args in pages.items():
        desk.goto(reverse(f"reviews:{name}", args=args))
        faults += faults_of(desk, name)

    assert faults == []
