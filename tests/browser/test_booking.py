"""Somebody with a phone books, moves and cancels; a clerk does it for a caller by keyboard."""

import pytest
from django.db.models import F
from django.utils.timezone import localdate, localtime, now
from playwright.sync_api import Browser, Page, expect

from mingchuang.ledger.models import Entry
from mingchuang.people.rules.roles import Role
from mingchuang.visits.models import Line, Slot, Visit
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, sign_in, tab_to
from tests.browser.window import PHONE
from tests.build import A_DAY, a_person
from tests.visits.bookable import (
    a_bookable_line,
    another_item,
    another_place,
    booked,
    the_item,
    with_guide,
    with_slots,
)


def a_place() -> Line:
    """Two places; at one of them something else is done too."""
    line = a_bookable_line(windows=4)
    with_guide(line)
    another_item(line, "社会保障卡补领")
    for one in (line, another_place(line, "江滨分中心")):
        with_slots(one, at=now())
    return line


def clock(slot: Slot) -> str:
    return f"{localtime(slot.starts_at):%H:%M}"


def test_a_resident_books_moves_and_cancels_on_a_phone(phone: Page) -> None:
    line = a_place()
    first, second = Slot.objects.filter(line=line).order_by("starts_at")[:2]

    phone.goto(f"/guides/{the_item(line).code}/")
    phone.get_by_role("link", name="预约办理").tap()
    phone.get_by_label("几个人办？").fill("2")
    phone.get_by_text("社会保障卡补领").tap()
    phone.get_by_role("button", name="下一步：选地点").tap()
    phone.get_by_role("link", name="城北政务服务中心").tap()
    phone.get_by_role("link", name=clock(first)).tap()
    phone.get_by_label("怎么称呼您？").fill("王小芳")
    phone.get_by_label("手机或电话").fill("138 0000 0000")
    phone.get_by_text("老年人", exact=True).tap()
    phone.get_by_role("button", name="确认预约").tap()
    expect(phone.get_by_role("status")).to_contain_text("约好了")
    expect(phone.get_by_text("本人身份证")).to_be_visible()
    with phone.expect_download() as kept:
        phone.get_by_role("link", name="存进手机日历").tap()
    phone.get_by_role("link", name="改时间").tap()
    phone.get_by_role("button", name=clock(second)).tap()
    expect(phone.get_by_role("status")).to_contain_text("改好了")
    expect(phone.locator(".when")).to_contain_text(clock(second))
    phone.get_by_role("link", name="取消预约").tap()
    phone.get_by_role("button", name="确定取消").tap()
    expect(phone.get_by_text("预约已取消")).to_be_visible()

    assert kept.value.suggested_filename == "visit.ics"
    visit = Visit.objects.get()
    assert (visit.state, visit.persons, visit.places, visit.green) == ("cancelled", 2, 4, "elderly")
    assert not Slot.objects.filter(taken__gt=0).exists()


def test_a_time_taken_by_another_while_the_form_was_open_loses_nothing(phone: Page) -> None:
    line = a_place()
    slot, near = Slot.objects.filter(line=line).order_by("starts_at")[:2]
    phone.goto(f"/book/{the_item(line).code}/{line.site.code}/{slot.pk}/?persons=1")
    phone.get_by_label("怎么称呼您？").fill("王小芳")
    phone.get_by_label("手机或电话").fill("13800000000")
    Slot.objects.filter(pk=slot.pk).update(taken=F("capacity"))

    phone.get_by_role("button", name="确认预约").tap()

    expect(phone.get_by_role("alert")).to_contain_text("刚刚约满了")
    expect(phone.get_by_label("怎么称呼您？")).to_have_value("王小芳")
    phone.get_by_role("button", name=clock(near)).first.tap()
    expect(phone.get_by_role("status")).to_contain_text("约好了")
    assert Visit.objects.get().slot == near


def test_a_resident_without_scripts_books_too(browser: Browser, address: str) -> None:
    line = a_place()
    slot = Slot.objects.filter(line=line).order_by("starts_at")[3]
    plain = {**PHONE, "java_script_enabled": False, "locale": "zh-CN"}
    page = (context := browser.new_context(base_url=address, **plain)).new_page()

    page.goto(f"/book/{the_item(line).code}/")
    page.get_by_role("button", name="下一步：选地点").tap()
    page.get_by_role("link", name="城北政务服务中心").tap()
    page.get_by_role("link", name=clock(slot)).tap()
    page.get_by_label("怎么称呼您？").fill("王小芳")
    page.get_by_label("手机或电话").fill("13800000000")
    page.get_by_role("button", name="确认预约").tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("养老待遇资格认证")
    context.close()
    assert Visit.objects.get().slot == slot


def test_a_clerk_books_and_cancels_for_a_caller_by_keyboard(desk: Page) -> None:
    line = a_place()
    clerk = a_person(Role.RECEPTION, unit=line.site.unit)
    sign_in(desk, clerk)

    desk.goto("/desk/bookings/")
    tab_to(desk, desk.get_by_role("link", name="代人预约"))
    desk.keyboard.press("Enter")
    tab_to(desk, desk.get_by_role("radio").first)
    desk.keyboard.press("Space")
    tab_to(desk, desk.get_by_label("姓名"))
    desk.keyboard.insert_text("王小芳")
    tab_to(desk, desk.get_by_label("手机或电话"))
    desk.keyboard.type("13800001234")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("138****1234")).to_be_visible()
    tab_to(desk, desk.get_by_label("按电话找预约"))
    desk.keyboard.type("138 0000 1234")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("link", name="打印预约单")).to_be_visible()
    tab_to(desk, desk.get_by_role("link", name="取消", exact=True))
    desk.keyboard.press("Enter")
    tab_to(desk, desk.get_by_role("button", name="确定取消"))
    desk.keyboard.press("Enter")

    expect(desk.get_by_role("status")).to_contain_text("已经取消")
    told = Entry.objects.filter(verb__startswith="visit.").order_by("pk")
    assert [entry.facts["by"] for entry in told] == [clerk.badge] * 2


@pytest.mark.parametrize("state", ["booked", "cancelled"])
def test_every_page_of_booking_is_open_to_everybody(phone: Page, state: str) -> None:
    line = a_place()
    slots = list(Slot.objects.filter(line=line).order_by("starts_at"))
    Slot.objects.filter(line=line, day=localdate() + 2 * A_DAY).update(taken=F("capacity"))
    visit = booked(slots[0], items=list(line.items.all()), persons=2, green="elderly", at=now())
    book = f"/book/{the_item(line).code}/"
    paths = {
        "guide": f"/guides/{the_item(line).code}/",
        "what": book,
        "what refused": f"{book}?persons=0",
        "where": f"{book}?persons=1",
        "where none": f"{book}?persons=20",
        "when": f"{book}{line.site.code}/?persons=1",
        "who": f"{book}{line.site.code}/{slots[1].pk}/?persons=1",
        "visit": f"/v/{visit.code}/",
        "move": f"/v/{visit.code}/move/",
        "cancel": f"/v/{visit.code}/cancel/",
    }
    if state == "cancelled":
        phone.goto(paths["cancel"])
        phone.get_by_role("button", name="确定取消").tap()
        expect(phone.get_by_text("预约已取消")).to_be_visible()
        paths = {"visit cancelled": paths["visit"]}

    faults = []
    for name, path in paths.items():
        phone.goto(path)
        faults += faults_of(phone, f"booking {name}")

    assert faults == []


def test_every_page_of_bookings_is_open_to_everybody(desk: Page, address: str) -> None:
    line = a_place()
    slot = Slot.objects.filter(line=line).order_by("starts_at")[0]
    for n in range(6):
        booked(slot, name="王小芳", phone=f"1390000{n:04d}", green="ill" * (n % 2), at=now())
    let_in(desk, a_person(Role.RECEPTION, unit=line.site.unit), address)
    visit = Visit.objects.earliest("pk")
    day = f"{localdate() + A_DAY:%Y-%m-%d}"
    faults = []

    for name, path in {
        "list": f"/desk/bookings/?day={day}",
        "empty": "/desk/bookings/",
        "new": "/desk/bookings/new/",
        "for": f"/desk/bookings/new/{line.pk}/",
        "move": f"/desk/bookings/{visit.pk}/move/",
        "cancel": f"/desk/bookings/{visit.pk}/cancel/",
    }.items():
        desk.goto(path)
        faults += faults_of(desk, f"bookings {name}")
    desk.goto("/desk/bookings/")
    desk.get_by_label("按电话找预约").fill("13900000000")
    desk.get_by_role("button", name="查找").click()
    faults += faults_of(desk, "bookings found")

    assert faults == []
