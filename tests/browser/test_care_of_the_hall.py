"""Home visits, one-time notices and the rules of the line, seen in both modes; arranged by key."""

from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate, now
from playwright.sync_api import Page, expect

from mingchuang.visits.models import HomeVisit
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.visits.care import DOOR, a_home, a_supplement, a_visit_at_a_window
from tests.visits.companions import a_companion, open_daily
from tests.visits.hall import a_line


def test_somebody_asks_on_a_phone_and_two_are_sent(phone: Page, address: str) -> None:
    site = open_daily(a_line().site)

    phone.goto(reverse("visits:line_rules", args=[site.code]))
    faults = faults_of(phone, "line rules")
    phone.goto(reverse("visits:ask_home", args=[site.code]))
    faults += faults_of(phone, "ask home")
    phone.get_by_label("要办什么事？").select_option(index=0)
    while phone.get_by_role("button", name="下一步").is_visible():
        phone.get_by_role("button", name="下一步").tap()
    phone.get_by_label("怎么称呼？").fill("王秀英")
    phone.get_by_label("联系电话").fill("13800000008")
    phone.get_by_label("住在哪里？").fill(DOOR)
    phone.get_by_role("button", name="请人上门").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("已收到，正在安排上门")
    faults += faults_of(phone, "my home visit")

    assert faults == []
    assert HomeVisit.objects.get().requester.address == DOOR


def test_a_home_visit_is_arranged_by_keyboard_and_read_by_who_goes(
    desk: Page, address: str
) -> None:
    visit = a_home(at=now())
    one, other = (a_companion(visit.site) for _ in range(2))
    let_in(desk, one, address)

    desk.goto(reverse("visits:homes"))
    faults = faults_of(desk, "home visits")
    press(desk, "j", "Enter")
    faults += faults_of(desk, "home visit")
    desk.get_by_label("谁去").select_option(str(one.pk))
    desk.get_by_label("和谁一起").select_option(str(other.pk))
    desk.get_by_label("哪一天").fill(str(localdate() + timedelta(days=1)))
    desk.get_by_label("几点以后").fill("09:00")
    desk.get_by_label("几点以前").fill("11:00")
    tab_to(desk, desk.get_by_role("button", name="约定"))
    press(desk, "Enter")
    expect(desk.get_by_role("status")).to_contain_text("已约定")
    press(desk, "t")
    expect(desk.get_by_text(DOOR)).to_be_visible()
    faults += faults_of(desk, "home revealed")

    assert faults == []


def test_what_is_missing_is_ticked_at_the_window(desk: Page, address: str) -> None:
    a_supplement(due_on=localdate(), at=now())
    visit, clerk = a_visit_at_a_window(at=now(), prefix="B")
    let_in(desk, clerk, address)

    desk.goto(reverse("visits:console"))
    press(desk, "m")
    desk.get_by_label("近期免冠照片").check()
    desk.get_by_label("先受理，哪一天前补齐？").fill(str(localdate() + timedelta(days=2)))
    tab_to(desk, desk.get_by_role("button", name="告知，记入台账"))
    press(desk, "Enter")
    expect(desk.get_by_role("status")).to_contain_text("已告知")
    faults = faults_of(desk, "missing")
    desk.goto(reverse("visits:awaited"))
    faults += faults_of(desk, "awaited")
    desk.goto(reverse("visits:visit", args=[visit.code]))
    faults += faults_of(desk, "visit with a gap")

    assert faults == []
