"""The header of the desk: five words, two lines at the most, by key and without scripts."""

from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from mingchuang.people.actions.posts import give_post
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.browser.eyes import CHOOSE, SIZES, faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.browser.window import MODES, PHONE, window
from tests.build import LONG_AGO, a_person, the_town

# What stands in one line has its middle at one height.
LINES = """() => new Set([...document.querySelectorAll(".places > *")].map(
  one => one.getBoundingClientRect()).map(box => Math.round((box.top + box.bottom) / 16))).size"""


def _everybody() -> Person:
    """Somebody small offices know: one person with every post."""
    person = a_person(*(role for role in Role if role != Role.AUDITOR), unit=the_town())
    give_post(person, the_town(), Role.AUDITOR, at=LONG_AGO)
    return person


def test_a_group_opens_by_key_shows_where_one_is_and_shuts_again(desk: Page, address: str) -> None:
    let_in(desk, _everybody(), address)
    desk.goto(reverse("cases:inbox"))
    hall = desk.locator(".places summary", has_text="大厅")

    tab_to(desk, hall)
    press(desk, "Enter")
    expect(desk.get_by_role("link", name="上门服务")).to_be_visible()
    press(desk, "Escape")
    expect(desk.get_by_role("link", name="上门服务")).to_be_hidden()
    press(desk, "Enter")
    tab_to(desk, desk.get_by_role("link", name="陪办", exact=True))
    press(desk, "Enter")

    expect(desk).to_have_url(address + reverse("visits:companions"))
    expect(hall).to_contain_text("陪办")


def test_the_menu_stays_within_two_lines_and_opens_over_the_page(desk: Page, address: str) -> None:
    let_in(desk, _everybody(), address)
    desk.goto(reverse("visits:homes"))

    shut, lines = faults_of(desk, "menu"), []
    for size in SIZES.values():
        desk.set_viewport_size(size)
        for mode in MODES:
            desk.evaluate(CHOOSE, mode)
            lines.append(desk.evaluate(LINES))
    desk.locator(".places summary", has_text="大厅").click()
    opened = faults_of(desk, "menu open")

    assert shut + opened == []
    assert max(lines) <= 2


def test_without_scripts_a_group_opens_and_leads_on(browser: Browser, address: str) -> None:
    with window(browser, address, {**PHONE, "java_script_enabled": False}) as page:
        let_in(page, _everybody(), address)
        page.goto(reverse("cases:inbox"))

        page.locator(".places summary", has_text="管理").click()
        page.get_by_role("link", name="统计", exact=True).first.click()

        expect(page).to_have_url(address + reverse("cases:desk_figures"))
