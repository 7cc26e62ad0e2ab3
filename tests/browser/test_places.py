"""Standing by and signing up on a phone; releasing a day at the desk, by keyboard alone."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, Page, expect

from mingchuang.ledger.actions import seal_entries
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.actions.standby import leave_standby
from mingchuang.visits.models import Release, SignUp, Standby, Visit
from tests import build
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, sign_in, tab_to, tab_to_place
from tests.browser.window import DESK, window
from tests.visits import places, the_town


def test_somebody_stands_by_and_takes_what_comes_free_on_a_phone(phone: Page) -> None:
    site, prefix, day = the_town.full_day()
    phone.clock.install()

    phone.goto(f"/standby/{site}/{prefix}/{day}/")
    phone.get_by_label("怎么称呼您？").fill("王芳")
    phone.get_by_label("手机或电话").fill("13712345678")
    phone.get_by_text("上午").tap()
    phone.get_by_role("button", name="登记候补").tap()
    expect(phone.get_by_text("第 1 位")).to_be_visible()
    cancel_visit(Visit.objects.order_by("pk")[0].code, at=now())
    phone.clock.fast_forward(31_000)
    phone.get_by_role("button", name="确认，我来").tap()

    expect(phone.get_by_text("约好了，请按时来")).to_be_visible()
    assert Visit.objects.filter(standby__isnull=False).count() == 1


def test_a_day_is_released_signed_up_for_and_drawn(browser: Browser, address: str) -> None:
    day = localdate() + timedelta(days=9)
    line = the_town.special_line(day)
    clerk = build.a_person(Role.SUPERVISOR, unit=line.site.unit)

    with window(browser, address, DESK) as desk:
        sign_in(desk, clerk)
        tab_to_place(desk, "管理", "放号")
        desk.keyboard.press("Enter")
        tab_to(desk, desk.get_by_role("main").get_by_role("link", name="放号"))
        desk.keyboard.press("Enter")
        tab_to(desk, desk.get_by_label("哪个队列"))
        desk.get_by_label("哪一天的号").fill(day.isoformat())
        tab_to(desk, desk.get_by_label("放多少个号"))
        desk.keyboard.type("3")
        tab_to(desk, desk.get_by_role("button", name="放号"))
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("status")).to_contain_text("已放号")

    assert Release.objects.get().quota == 3


@pytest.fixture
def pages() -> dict[str, str]:
    """Every page of this part, by a name for its picture."""
    held = the_town.standby()
    waits = places.a_standby(held.line, held.day, at=now())
    gone = places.a_standby(held.line, held.day, at=now())
    leave_standby(gone.code, at=now())
    taken = places.a_standby(held.line, held.day, at=now())
    Standby.objects.filter(pk=taken.pk).update(
        state="taken", visit=Visit.objects.order_by("-pk")[0].pk
    )
    signed = the_town.sign_up()
    drawn = the_town.drawn_release()
    seal_entries(at=now())
    won, lost = SignUp.objects.filter(release=drawn).order_by("rank")
    site, prefix = held.line.site.code, held.line.prefix
    return {
        "stand_by": f"/standby/{site}/{prefix}/{held.day.isoformat()}/",
        "waits": f"/w/{waits.code}/",
        "held": f"/w/{held.code}/",
        "gone": f"/w/{gone.code}/",
        "taken": f"/w/{taken.code}/",
        "leave": f"/w/{held.code}/leave/",
        "holidays": "/book/holiday/",
        "holiday": f"/book/holiday/{signed.release_id}/",
        "drawn": f"/book/holiday/{drawn.pk}/",
        "sign_up": f"/book/holiday/{signed.release_id}/sign-up/",
        "signed_up": f"/book/holiday/mine/{signed.code}/",
        "won": f"/book/holiday/mine/{won.code}/",
        "lost": f"/book/holiday/mine/{lost.code}/",
        "withdraw": f"/book/holiday/mine/{signed.code}/withdraw/",
        "check": f"/book/holiday/{drawn.pk}/check/",
    }


def test_every_page_is_open_to_everybody_in_both_modes(
    browser: Browser, address: str, pages: dict[str, str]
) -> None:
    faults = []
    with window(browser, address, DESK) as page:
        for name, path in pages.items():
            page.goto(path)
            faults += faults_of(page, f"places-{name}")

    assert faults == []


def test_the_pages_of_the_desk_are_open_to_everybody(browser: Browser, address: str) -> None:
    drawn, closed = the_town.drawn_release(), the_town.closed_release()
    clerk = build.a_person(Role.DISPATCHER)
    paths = {"releases": "", "open": "open/", "drawn": f"{drawn.pk}/", "closed": f"{closed.pk}/"}

    faults = []
    with window(browser, address, DESK) as page:
        let_in(page, clerk, address)
        for name, path in paths.items():
            page.goto(f"/desk/releases/{path}")
            faults += faults_of(page, f"desk-{name}")

    assert faults == []
