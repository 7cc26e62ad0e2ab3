"""A letter does its deed to the case one is looking at, and to no other."""

from playwright.sync_api import Page, expect

from mingchuang.cases.models import Case
from tests.browser.hands import let_in, press
from tests.build import a_dispatcher
from tests.town import a_case_today


def open_first_of_two(desk: Page, address: str) -> tuple[Case, Case]:
    """Open a case beside the list, in which another one stands below it."""
    shown, other = a_case_today(text="楼道灯坏了。"), a_case_today(text="电梯停了。")
    let_in(desk, a_dispatcher(), address)
    desk.goto("/desk/?view=new")
    desk.get_by_role("link", name=shown.number).click()
    expect(desk.locator("#case h1")).to_have_text("楼道灯坏了")
    return shown, other


def test_a_letter_does_nothing_to_the_open_case_while_another_has_the_focus(
    desk: Page, address: str
) -> None:
    shown, other = open_first_of_two(desk, address)

    press(desk, "j", "a")
    expect(desk.get_by_role("link", name=other.number)).to_be_focused()
    press(desk, "k", "w")

    expect(desk).to_have_url(f"{address}/desk/cases/{shown.number}/note/")
    assert set(Case.objects.values_list("state", flat=True)) == {"received"}


def test_a_letter_held_down_does_nothing_again(desk: Page, address: str) -> None:
    shown, _other = open_first_of_two(desk, address)
    held = "new KeyboardEvent('keydown', {key: 'a', repeat: true, bubbles: true})"

    desk.evaluate(f"document.querySelector('.panel').dispatchEvent({held})")
    press(desk, "w")

    expect(desk).to_have_url(f"{address}/desk/cases/{shown.number}/note/")
    assert Case.objects.get(pk=shown.pk).state == "received"
