"""A sitting: its pages for residents and for the desk, and what is printed of them."""

import pytest
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from tests.browser.eyes import faults_of
from tests.browser.hands import let_in
from tests.browser.window import DESK, PHONE, window
from tests.council import the_sitting
from tests.council.ballots import a_ballot
from tests.council.build import a_convenor
from tests.council.sittings import a_late_comer, a_seated_topic, a_sitting, against

NOBODY = None


def test_every_page_for_everybody_is_open_to_everybody(phone: Page) -> None:
    (number,) = the_sitting.decided(NOBODY)
    (code,), (mine, n) = the_sitting.objected(NOBODY), the_sitting.mine_there(NOBODY)
    found = []

    for name, path in {
        "decision": f"/council/{number}/decision/",
        "minutes": f"/council/{number}/sittings/1/",
        "sittings": f"/council/{number}/sittings/",
        "object": f"/council/{number}/object/",
        "objection": f"/council/objections/{code}/",
        "wants": f"/council/me/{mine}/wants/",
        "my-sitting": f"/council/me/{mine}/sittings/{n}/",
        "sharing": "/council/sharing/",
        "rules": "/council/rules/",
    }.items():
        phone.goto(path)
        found += faults_of(phone, name)

    assert found == []


def test_every_page_of_the_desk_is_open_to_everybody(desk: Page, address: str) -> None:
    number, n, _pk, _take = the_sitting.corrected(NOBODY)
    (decided,), (over,) = the_sitting.decided(NOBODY), the_sitting.over(NOBODY)
    forgotten = a_sitting("closed")
    against(a_late_comer(forgotten))
    going_on = a_sitting("open")
    let_in(desk, a_convenor(), address)
    found = []

    for name, path in {
        "desk-sittings": f"{decided}/sittings/",
        "desk-convene": f"{a_seated_topic().number}/sittings/convene/",
        "desk-open": f"{going_on.topic.number}/sittings/1/",
        "desk-corrections": f"{number}/sittings/{n}/",
        "desk-over": f"{over}/sittings/1/",
        "desk-missing": f"{forgotten.topic.number}/sittings/1/",
        "desk-decide": f"{forgotten.topic.number}/sittings/1/decide/",
        "desk-sheet": f"{going_on.topic.number}/sittings/1/sheet/",
        "desk-decision": f"{decided}/decision/",
        "desk-uphold": f"{decided}/decision/objections/2/uphold/",
    }.items():
        desk.goto(f"/desk/council/{path}")
        found += faults_of(desk, name)

    assert found == []


def test_a_notice_a_sheet_a_ballot_and_minutes_are_printed_without_what_is_pressed(
    desk: Page, address: str
) -> None:
    sitting, ballot = a_sitting("open"), a_ballot(at=now())
    (decided,) = the_sitting.decided(NOBODY)
    number = sitting.topic.number
    let_in(desk, a_convenor(), address)
    desk.goto(f"/desk/council/{ballot.topic.number}/ballots/1/")
    desk.get_by_role("button", name="打印表决票").click()
    on_screen = on_paper(desk, "业主表决票")
    desk.emulate_media(media="print")

    printed = {"ballot": on_paper(desk, "业主表决票")}
    for name, path, title in (
        ("notice", f"/desk/council/{number}/invite/notice/", "议事通知"),
        ("sheet", f"/desk/council/{number}/sittings/1/sheet/", "签到表"),
        ("minutes", f"/council/{decided}/sittings/1/", "的记录"),
    ):
        desk.goto(path)
        printed[name] = on_paper(desk, title)

    assert on_screen
    assert printed == {"ballot": [], "notice": [], "sheet": [], "minutes": []}


def on_paper(page: Page, title: str) -> list[str]:
    """Return what shows beside a paper and can only be pressed; its title must be on it."""
    expect(page.get_by_role("heading", name=title).first).to_be_visible()
    return page.locator(":is(nav, button, form, .side, .foot, .skip):visible").all_inner_texts()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_who_is_missing_is_read_before_anything_is_decided(
    browser: Browser, address: str, size: dict[str, object]
) -> None:
    sitting = a_sitting("closed")
    forgotten = against(a_late_comer(sitting))

    with window(browser, address, size) as page:
        let_in(page, a_convenor(), address)
        page.goto(f"/desk/council/{sitting.topic.number}/sittings/1/decide/")

        expect(page.get_by_text(f"第 {forgotten.number} 号（反对）")).to_be_visible()
        expect(page.get_by_role("button", name="记为有约束力的决议")).to_have_count(0)
