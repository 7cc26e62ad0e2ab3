"""A sitting: a convenor leads it by keyboard, residents sign in, speak and read on their phones."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, localtime, now
from playwright.sync_api import Browser, Page, expect

from mingchuang.council.actions.reading_minutes import freeze_minutes
from mingchuang.council.models import Decision, Minutes, Sitting
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press
from tests.browser.window import DESK, PHONE, axe, window
from tests.council import the_sitting
from tests.council.ballots import a_ballot
from tests.council.build import a_convenor
from tests.council.sittings import a_late_comer, a_seated_topic, a_sitting, against, one_of

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


def test_a_convenor_leads_a_sitting_to_frozen_minutes(
    browser: Browser, address: str, desk: Page
) -> None:
    topic = a_seated_topic(name="甲乙")
    let_in(desk, a_convenor(), address)
    desk.goto(f"/desk/council/{topic.number}/sittings/")
    press(desk, "c")
    soon = localtime(now() + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M")
    desk.get_by_label("哪一天，几点").fill(soon)
    desk.get_by_label("在哪里", exact=True).fill("居委会二楼")
    desk.get_by_role("textbox", name="议程").fill("看现场，说意见，表决。")
    desk.get_by_role("button", name="召集会议").press("Enter")
    expect(desk.get_by_text("已召集第 1 次会议。")).to_be_visible()
    press(desk, "o")
    expect(desk.get_by_text("正在开会").first).to_be_visible()
    Sitting.objects.update(at=now() - timedelta(days=7), begins_at=now())
    sitting = Sitting.objects.get()

    first = one_of(sitting)
    with window(browser, address, PHONE) as phone:
        phone.goto(f"/council/me/{first.code}/sittings/1/?word={sitting.word}")
        phone.get_by_role("button", name="签到").tap()
        expect(phone.get_by_text("签到好了。")).to_be_visible()
        phone.get_by_role("link", name="说说您的立场和条件").tap()
        option = phone.get_by_role("region", name="1.")
        option.get_by_text("同意，但有条件").tap()
        option.get_by_label("您自己的条件").fill("晚上十点以后不开灯")
        option.get_by_role("button", name="记下我的立场").tap()
        expect(phone.get_by_text("1 人要求").first).to_be_visible()
        axe(phone)

    for who in ("2", "3"):
        do(desk, "s", "sign", who=who)
    expect(desk.get_by_text("到会人数够了")).to_be_visible()
    do(desk, "t", "say", who="1", text="我担心太吵。")
    press(desk, "v")
    desk.locator('form[action$="/do/vote/"] [name=method][value=hands]').check()
    send(desk, "vote", option="1", in_favour="2", against="1")
    do(desk, "w", "write", outcome="同意先改一间。")
    press(desk, "e")
    expect(desk.get_by_text("已散会").first).to_be_visible()

    press(desk, "r")
    desk.get_by_label("做法 1 表决通过").check()
    desk.get_by_label("决议怎样写").fill("先改一间，十点以后不开灯。")
    row = desk.get_by_role("group", name="第 1 项")
    row.get_by_label("做什么").fill("十点以后关灯")
    row.get_by_label("谁来做").fill("物业公司")
    row.get_by_label("怎样检查").fill("晚上去看")
    row.get_by_label("第一次检查").fill(str(localdate(now() + timedelta(days=30))))
    desk.get_by_role("button", name="记为有约束力的决议").press("Enter")
    expect(desk.get_by_text("结果已记录").first).to_be_visible()
    later = localtime(now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    do(desk, "d", "send", until=later)

    with window(browser, address, PHONE) as phone:
        phone.goto(f"/council/me/{first.code}/sittings/1/")
        phone.get_by_role("button", name="看过了，没有错").tap()
        expect(phone.get_by_text("您已核对，没有意见。")).to_be_visible()
        axe(phone)

    freeze_minutes(topic.number, 1, by=a_convenor(), at=now() + timedelta(days=4))
    assert Decision.objects.get().force == "binding"
    assert "晚上十点以后不开灯" in Minutes.objects.get().body
    desk.goto(f"/council/{topic.number}/sittings/1/")
    expect(desk.get_by_text("定稿。到会的人核对过，以后谁也不能改动。")).to_be_visible()
    axe(desk)


def do(desk: Page, key: str, name: str, **given: str) -> None:
    """Open a deed by its key, fill it in, and send it."""
    press(desk, key)
    send(desk, name, **given)


def send(desk: Page, name: str, **given: str) -> None:
    form = desk.locator(f'form[action$="/do/{name}/"]')
    for field, value in given.items():
        form.locator(f"[name={field}]").fill(value)
    with desk.expect_navigation():
        form.get_by_role("button").press("Enter")


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
