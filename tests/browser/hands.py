"""What hands do at a desk: sign in, walk by the Tab key, find the door already open."""

from datetime import timedelta

from django.test import Client
from django.utils.timezone import localtime, now
from playwright.sync_api import Locator, Page, expect

from mingchuang.people.models import Person

PASSWORD = "明窗-demo-2026"
FAR = 60


def sign_in(page: Page, person: Person) -> None:
    """Sign in as staff do, by keyboard alone."""
    page.goto("/accounts/login/")
    tab_to(page, page.get_by_label("用户名或邮箱"))
    page.keyboard.type(person.username)
    tab_to(page, page.get_by_label("密码", exact=True))
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="工作台")).to_be_visible()


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there; fail if it is out of reach."""
    for _ in range(FAR):
        if wanted.evaluate("wanted => wanted === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {wanted}")


def tab_to_place(page: Page, group: str, name: str) -> None:
    """Open a group in the header of the desk, and go on to a place in it, by keyboard."""
    tab_to(page, page.locator(".places summary", has_text=group))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".places").get_by_role("link", name=name, exact=True))


def press(page: Page, *keys: str) -> None:
    """Press once the page listens: its buttons are seen a moment before its keys work."""
    page.wait_for_load_state()
    for key in keys:
        page.keyboard.press(key)


def let_in(page: Page, person: Person, address: str) -> None:
    """Give the window a session already begun, where signing in is not what the test is about."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])


def promise_soon(desk: Page) -> None:
    """Promise that dice are thrown in a moment, and wait for it: nothing is drawn before."""
    due = now() + timedelta(seconds=3)
    desk.get_by_label("几时掷").evaluate("(field) => (field.step = 1)")
    desk.get_by_label("几时掷").fill(f"{localtime(due):%Y-%m-%dT%H:%M:%S}")
    desk.get_by_label("在哪里，或者哪一期").fill("居委会二楼，当众掷。")
    desk.get_by_role("button", name="公开承诺").click()
    expect(desk.get_by_label("三个数字")).to_be_visible()
    while now() < due:
        desk.wait_for_timeout(200)
