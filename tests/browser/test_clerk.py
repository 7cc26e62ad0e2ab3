"""The window by keyboard alone, and every page of it in both sizes and both modes."""

from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from mingchuang.hall.models import ServiceItem, Window
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.actions.rating import rate_visit
from mingchuang.visits.actions.calling import call_next, park, skip, start
from mingchuang.visits.actions.desks import sign_on
from mingchuang.visits.actions.lines import set_rota
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.rules.life import State
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.build import a_person
from tests.visits.hall import a_line, a_visit
from tests.visits.test_passing import a_second_line

A_MINUTE = timedelta(minutes=1)
IDLE = "() => !document.querySelector('.htmx-request')"
GREEN = ["", "elderly", "", "", "pregnant", "", "", "", "", "", "", "", ""]


def a_busy_hall() -> Line:
    """Two lines at three windows; a morning's worth of people wait for the first."""
    line = a_line(windows=2)
    second = a_second_line(line, windows=(3,))
    ServiceItem.objects.filter(lines=line).update(name="养老待遇资格认证")
    ServiceItem.objects.filter(lines=second).update(name="异地就医备案")
    for n, green in enumerate(GREEN):
        visit = a_visit(line, at=now() - (30 - n) * A_MINUTE, green=green)
        visit.items.set([line.items.get(), second.items.get()])
    a_visit(second, at=now() - 5 * A_MINUTE)
    return line


def a_clerk_of(line: Line, role: Role = Role.RECEPTION) -> Person:
    return a_person(role, unit=line.site.unit)


def seated(line: Line, number: int = 1) -> Person:
    clerk = a_clerk_of(line)
    window = line.site.windows.get(number=number)
    sign_on(window.pk, by=clerk, at=now(), languages="普通话、宁波话")
    return clerk


def state_of(number: int) -> str:
    return Visit.objects.get(prefix="A", number=number).state


def test_a_morning_at_the_window_by_keyboard_alone(desk: Page, address: str) -> None:
    line = a_busy_hall()
    clerk = a_clerk_of(line)
    let_in(desk, clerk, address)
    desk.goto("/desk/window/")
    tab_to(desk, desk.get_by_label("1 号 社会保险"))
    press(desk, "Space", "Control+Enter")
    expect(desk.get_by_text(f"工号 {clerk.badge}")).to_be_visible()

    big = desk.locator("#at")
    press(desk, "n")
    expect(big).to_have_text("A002")
    press(desk, "r")
    desk.wait_for_function(IDLE)
    press(desk, "b")
    expect(desk.get_by_text("办理中", exact=True)).to_be_visible()
    press(desk, "n")
    expect(big).to_have_text("A005")
    press(desk, "s")
    expect(desk.get_by_role("heading", name="已过号")).to_be_visible()
    press(desk, "n")
    expect(big).to_have_text("A001")
    press(desk, "b")
    expect(desk.get_by_text("办理中", exact=True)).to_be_visible()
    press(desk, "p")
    expect(desk.get_by_role("heading", name="稍后再办")).to_be_visible()
    press(desk, "w")
    expect(desk.get_by_role("heading", name="已过号")).to_be_hidden()
    press(desk, "u")
    expect(big).to_have_text("A001")
    press(desk, "f")
    expect(desk.get_by_text("A001：已办完").first).to_be_visible()
    press(desk, "n")
    expect(big).to_have_text("A005")
    press(desk, "x")
    expect(desk.get_by_text("A005：未到").first).to_be_visible()
    press(desk, "k")
    expect(big).to_have_text("窗口暂停中")
    press(desk, "k")
    expect(big).to_have_text("下一位 A003")
    press(desk, "o")
    expect(desk.get_by_label("叫谁")).to_be_focused()
    press(desk, "ArrowDown", "Tab")
    desk.keyboard.insert_text("要赶车")
    press(desk, "Control+Enter")
    expect(big).to_have_text("A004")
    press(desk, "g")
    expect(big).to_contain_text("下一位")
    press(desk, "n")
    expect(big).to_have_text("A003")
    press(desk, "t")
    expect(desk.get_by_label("转到哪里")).to_be_focused()
    press(desk, "Control+Enter")
    expect(big).to_contain_text("下一位")
    press(desk, "q")
    expect(desk.get_by_role("heading", name="上岗")).to_be_visible()

    moved = Visit.objects.filter(number__in=[3, 4], line__prefix="B", state=State.WAITING)
    assert moved.count() == 2
    assert [state_of(n) for n in (2, 5, 1)] == [State.FINISHED, State.MISSED, State.FINISHED]


def test_a_page_grown_old_says_so_beside_what_is_now(desk: Page, address: str) -> None:
    line = a_busy_hall()
    clerk = seated(line)
    let_in(desk, clerk, address)
    desk.goto("/desk/window/")
    call_next(by=clerk, at=now())

    press(desk, "n")

    refused = desk.get_by_role("alert")
    expect(refused).to_contain_text("页面已经不是最新")
    expect(desk.locator("#at")).to_have_text("A002")

    waiting = desk.locator("#waiting")
    before = waiting.inner_text()
    a_visit(line, at=now())
    expect(waiting).not_to_have_text(before)
    expect(refused).to_contain_text("页面已经不是最新")


def test_nothing_keeps_anybody_out_of_the_window(desk: Page, address: str) -> None:
    line = a_busy_hall()
    clerk = seated(line, 2)
    other = a_clerk_of(line)
    let_in(desk, other, address)
    desk.goto("/desk/window/")
    faults = faults_of(desk, "sign on")
    for put in (park, skip):
        call_next(by=clerk, at=now())
        if put is park:
            start(by=clerk, at=now())
        put(by=clerk, at=now())

    let_in(desk, clerk, address)
    desk.goto("/desk/window/")
    faults += faults_of(desk, "console free")
    for path in ("visits:out_of_turn",):
        desk.goto(reverse(path))
        faults += faults_of(desk, path)
    visit = call_next(by=clerk, at=now())
    desk.goto("/desk/window/")
    faults += faults_of(desk, "console called")
    start(by=clerk, at=now())
    desk.goto(reverse("visits:pass_on", args=[visit.pk]))
    faults += faults_of(desk, "pass on")
    desk.goto("/desk/window/")
    desk.evaluate("document.querySelector('[name=seen]').value = '0'")
    press(desk, "n")
    expect(desk.get_by_role("alert")).to_be_visible()

    assert faults + faults_of(desk, "console refused") == []


def test_nothing_keeps_anybody_out_of_the_board_and_the_lines(desk: Page, address: str) -> None:
    line = a_busy_hall()
    call_next(by=seated(line), at=now() - 3 * A_MINUTE)
    seated(line, 3)
    let_in(desk, a_clerk_of(line, Role.SUPERVISOR), address)
    desk.goto("/desk/hall/")
    faults = faults_of(desk, "board")
    supervisor = a_clerk_of(line, Role.SUPERVISOR)
    window = line.site.windows.get(number=1)
    nine, noon = now().replace(hour=9, minute=0).time(), now().replace(hour=12, minute=0).time()
    week = [(day, nine, noon) for day in range(5)]
    set_rota(window.pk, week, by=supervisor, at=now())

    for name, args in (
        ("visits:lines", []),
        ("visits:new_line", [line.site.code]),
        ("visits:line", [line.pk]),
        ("visits:rota", [window.pk]),
    ):
        desk.goto(reverse(name, args=args))
        faults += faults_of(desk, name)

    assert faults == []


def test_nothing_keeps_anybody_from_rating(phone: Page) -> None:
    line = a_busy_hall()
    clerk = seated(line)
    call_next(by=clerk, at=now())
    visit = start(by=clerk, at=now())
    assert isinstance(visit.window, Window)

    phone.goto(reverse("visits:window", args=[line.site.code, 1]))
    faults = faults_of(phone, "window page")
    phone.get_by_role("link", name="去评价").click()
    faults += faults_of(phone, "rate window")
    phone.goto(reverse("reviews:rate", args=[visit.code]))
    faults += faults_of(phone, "rate")
    rate_visit(visit.code, 1, words="等了两个小时。", at=now())
    phone.reload()

    assert faults + faults_of(phone, "rated") == []
