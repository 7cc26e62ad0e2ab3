"""The machine at the door by hand, and the ticket on a phone, in each state and every size."""

import re
from typing import Any

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, Page, expect

from mingchuang.hall.models import OpeningHours, SpecialHours, Window
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.booking import check_in
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.actions.remote import take_number_by_phone
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.tickets import word_today
from mingchuang.visits.rules.codes import short
from tests.browser import eyes
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.browser.window import DESK, PHONE, violations, window
from tests.build import A_DAY, a_person
from tests.hall.build import an_item
from tests.visits.doors import an_open_line
from tests.visits.hall import a_clerk, a_visit
from tests.visits.test_number_pages import STANDING, a_booking_now

MACHINE: dict[str, Any] = {"viewport": {"width": 1080, "height": 1920}, "has_touch": True}


# The word of the hall is another one each day; these are its widest letters.
WIDEST = "() => { document.querySelector('.word').textContent = 'WMWMWM' }"


def a_hall() -> Line:
    """A hall with three lines in which some people wait."""
    line = an_open_line(windows=2)
    for prefix, name, items in [
        ("B", "不动产登记", ["不动产转移登记", "抵押登记"]),
        ("C", "医疗保障", ["异地就医备案"]),
    ]:
        other = Line.objects.create(site=line.site, prefix=prefix, name=name)
        windows = Window.objects.create(site=line.site, number=len(items) + 2, name=name)
        for n, item in enumerate(items):
            added = an_item(f"{prefix.lower()}-{n}-{line.pk}", name=item)
            other.items.add(added)
            windows.items.add(added)
    for n in range(4):
        a_visit(line, at=now(), green="elderly" if n == 3 else "")
    return line


def look(page: Page, name: str) -> list[str]:
    """Return what keeps somebody away from the machine as it stands there now."""
    eyes._keep(page, name)
    wide = page.evaluate(eyes.SIDEWAYS)
    return [*violations(page), *[f"{name}: {wide} px too wide"] * (wide > 0)]


@pytest.mark.parametrize("shape", [MACHINE, DESK], ids=["machine", "desk"])
def test_three_taps_are_a_number_and_the_machine_waits_for_the_next_visitor(
    browser: Browser, address: str, shape: dict[str, Any]
) -> None:
    line, faults = a_hall(), []
    size = f"{shape['viewport']['width']}"

    with window(browser, address, shape) as page:
        page.goto(f"/kiosk/{line.site.code}/")
        faults += look(page, f"kiosk-{size}")
        page.get_by_role("link", name="社会保险").click()
        faults += look(page, f"kiosk-who-{size}")
        page.get_by_role("link", name="孕妇").click()
        faults += look(page, f"kiosk-sure-{size}")
        page.get_by_role("button", name="取号").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("A005")
        expect(page.get_by_text("前面还有 1 个号")).to_be_visible()
        faults += look(page, f"kiosk-number-{size}")
        page.get_by_role("link", name="好了，下一位").click()
        expect(page.get_by_text("5 个号在等")).to_be_visible()

    assert faults == []
    assert Visit.objects.get(number=5).green == "pregnant"


def test_a_double_tap_at_the_machine_is_one_number(browser: Browser, address: str) -> None:
    line = an_open_line()

    with window(browser, address, MACHINE) as page:
        page.goto(f"/kiosk/{line.site.code}/line/A/ordinary/")
        page.get_by_role("button", name="取号").dblclick()
        expect(page.get_by_role("heading", level=1)).to_have_text("A001")

    assert Visit.objects.count() == 1


def test_a_scanner_types_the_address_of_a_booking_and_enter(browser: Browser, address: str) -> None:
    line = an_open_line()
    visit = a_booking_now(line)

    with window(browser, address, MACHINE) as page:
        page.goto(f"/kiosk/{line.site.code}/")
        page.keyboard.type(f"{address}/v/{visit.code}/")
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("A001")


def test_eight_digits_are_tapped_on_the_pad(browser: Browser, address: str) -> None:
    line = an_open_line()
    visit = a_booking_now(line)

    with window(browser, address, MACHINE) as page:
        page.goto(f"/kiosk/{line.site.code}/")
        page.get_by_role("link", name="输入 8 位数字").tap()
        page.get_by_role("button", name="9").tap()
        page.get_by_role("button", name="退一格").tap()
        for digit in short(visit.code).replace(" ", ""):
            page.get_by_role("button", name=digit, exact=True).tap()
        faults = look(page, "kiosk-booked-1080")
        page.get_by_role("button", name="报到").tap()

        expect(page.get_by_role("heading", level=1)).to_have_text("A001")
    assert faults == []


def test_a_shut_hall_says_when_it_opens(browser: Browser, address: str) -> None:
    line, tomorrow = an_open_line(), localdate() + A_DAY
    SpecialHours.objects.all().delete()
    for weekday in range(7):
        OpeningHours.objects.create(
            site=line.site, weekday=weekday, opens="23:59:58", closes="23:59:59"
        )
    SpecialHours.objects.create(site=line.site, day=localdate(), kind="closed")

    with window(browser, address, MACHINE) as page:
        page.goto(f"/kiosk/{line.site.code}/")
        faults = look(page, "kiosk-shut-1080")

        expect(page.get_by_text(f"{tomorrow.day}日")).to_contain_text("23:59 开门")
    assert faults == []


def test_on_the_way_and_here_by_scanning_the_poster(browser: Browser, address: str) -> None:
    line = a_hall()
    word = word_today(line.site, localdate())

    with window(browser, address, PHONE) as phone:
        phone.goto(f"/halls/{line.site.code}/number/")
        phone.get_by_text("社会保险").tap()
        phone.get_by_role("button", name="取号").tap()
        expect(phone.locator(".headline")).to_have_text(re.compile(r"请在 \d\d:\d\d 前到大厅"))
        phone.get_by_role("button", name="我到了").tap()
        expect(phone.get_by_label("到场码")).to_be_visible()
        phone.goto(f"/halls/{line.site.code}/here/{word}/")
        phone.get_by_role("button", name="我到了").tap()
        expect(phone.locator(".headline")).to_have_text("正在排队")
        expect(phone.get_by_text("前面还有 4 个号")).to_be_visible()


def test_a_ticket_left_open_tells_the_place_at_once_and_soon_how_long_it_takes(
    browser: Browser, address: str
) -> None:
    line = a_hall()
    clerk = a_clerk(line, at=now())
    last = [a_visit(line, at=now()) for _ in range(12)][-1]

    with window(browser, address, PHONE) as phone:
        phone.clock.install()
        phone.goto(f"/v/{last.code}/")
        place, wait = phone.locator('[data-told="ahead"]'), phone.locator(".place + p")
        ahead, long = place.inner_text(), wait.inner_text()
        for _ in range(6):
            call_next(by=clerk, at=now())
            finish(by=clerk, at=now())

        expect(place).to_have_text(str(int(ahead) - 6))
        phone.clock.fast_forward(91_000)
        expect(wait).not_to_have_text(long)


def test_a_booking_taken_in_at_the_machine_is_a_number_on_the_phone(
    browser: Browser, address: str
) -> None:
    visit = a_booking_now(an_open_line())

    with window(browser, address, PHONE) as phone:
        phone.goto(f"/v/{visit.code}/")
        expect(phone.get_by_role("link", name="改时间")).to_be_visible()
        check_in(visit.code, at=now())

        expect(phone.locator(".number")).to_have_text("A001")
        expect(phone.get_by_role("link", name="改时间")).to_have_count(0)


@pytest.mark.parametrize("standing", STANDING)
def test_nothing_keeps_anybody_away_from_a_ticket(
    browser: Browser, address: str, standing: str
) -> None:
    visit = STANDING[standing][0](an_open_line())

    with window(browser, address, DESK) as page:
        page.goto(f"/v/{visit.code}/")

        assert faults_of(page, f"visit-{standing}") == []


def test_nothing_keeps_anybody_away_from_the_other_pages(browser: Browser, address: str) -> None:
    line = a_hall()
    visit = take_number_by_phone(line, key="p", at=now())
    word = word_today(line.site, localdate())
    clerk = a_person(Role.RECEPTION, unit=line.site.unit)
    pages = {
        "number_at": f"/halls/{line.site.code}/number/",
        "here": f"/halls/{line.site.code}/here/{word}/",
        "arrive": f"/v/{visit.code}/here/",
        "poster": f"/halls/{line.site.code}/here/",
        "counter": "/desk/numbers/",
        "slip": f"/desk/numbers/{visit.code}/",
    }

    with window(browser, address, DESK) as page:
        let_in(page, clerk, address)
        page.goto(f"/v/{visit.code}/")
        faults = []
        for name, path in pages.items():
            page.goto(path)
            faults += faults_of(page, name)
        page.goto(f"/kiosk/{line.site.code}/")
        page.evaluate(WIDEST)
        faults += faults_of(page, "kiosk-widest")

    assert faults == []


def test_a_clerk_gives_a_number_by_keyboard_alone(desk: Page, address: str) -> None:
    line = a_hall()
    let_in(desk, a_person(Role.RECEPTION, unit=line.site.unit), address)
    desk.goto("/desk/numbers/")

    tab_to(desk, desk.get_by_label(re.compile("社会保险")))
    press(desk, "Space", "Tab")
    tab_to(desk, desk.get_by_role("button", name="取号，出小票"))
    press(desk, "Enter")

    expect(desk.get_by_role("heading", level=1)).to_have_text("A005")


def test_a_companion_is_asked_for_at_the_machine_which_then_waits_for_the_next_visitor(
    browser: Browser, address: str
) -> None:
    line, faults = a_hall(), []

    with window(browser, address, MACHINE) as page:
        page.goto(f"/kiosk/{line.site.code}/line/A/")
        page.get_by_role("link", name="需要有人陪着办").click()
        faults += look(page, "kiosk-companion")
        for answer in ("轮椅", "老年人"):
            page.get_by_text(answer).click()
        page.get_by_label("在哪里碰面？").fill("取号机旁边")
        page.get_by_role("button", name="请人来陪").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("已收到，正在安排人陪您")
        faults += look(page, "kiosk-companion-done")
        page.get_by_role("link", name="从头开始").click()
        expect(page).to_have_url(re.compile(f"/kiosk/{line.site.code}/$"))

    assert not faults, "\n".join(faults)
