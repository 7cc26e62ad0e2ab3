"""Screenshots of pages at 360 and 1440 px, in normal and elder mode, to be looked at by eye.

python -m tests.browser.shots --base http://127.0.0.1:8000 --out shots --as NAME / /ledger/
"""

import argparse
import re
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.window import DESK, MODES, PHONE, chromium, set_mode

SHAPES = {"360": PHONE, "1440": DESK}
A_MOMENT = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.browser.shots")
    parser.add_argument("--base", required=True, help="address of a running server")
    parser.add_argument("--out", required=True, type=Path, help="folder for the pictures")
    parser.add_argument("--as", dest="name", help="sign in as this member of staff first")
    parser.add_argument("--password", default="", help="their password")
    parser.add_argument("paths", nargs="*", default=["/"], metavar="PATH", help="pages to take")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for width in SHAPES:
            _take_all(browser, width, asked)


def _take_all(browser: Browser, width: str, asked: argparse.Namespace) -> None:
    context = browser.new_context(base_url=asked.base, locale="zh-CN", **SHAPES[width])
    page = context.new_page()
    if asked.name:
        sign_in_as(page, asked.name, asked.password)
    for mode in MODES:
        set_mode(page, asked.base, mode)
        for path in asked.paths:
            page.goto(path)
            _let_it_settle(page)
            file = asked.out / f"{_slug(path)}-{width}-{mode}.png"
            page.screenshot(path=file, full_page=True)
            _tell(page, file)
    context.close()


def _let_it_settle(page: Page) -> None:
    """Wait for fonts and fragments. A page with an event stream is never idle, so nobody waits
    for that."""
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.wait_for_timeout(A_MOMENT)
    page.wait_for_function("() => !document.querySelector('.htmx-request')")


def sign_in_as(page: Page, name: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def _slug(path: str) -> str:
    return re.sub(r"[^\w-]+", "-", path).strip("-") or "home"


def _tell(page: Page, file: Path) -> None:
    """Name the picture, and say so when the page is wider than the screen."""
    width = (page.viewport_size or {"width": 0})["width"]
    over = page.evaluate("document.documentElement.scrollWidth") - width
    print(file, f"(scrolls sideways by {over} px)" if over > 0 else "")  # noqa: T201


if __name__ == "__main__":
    main()
