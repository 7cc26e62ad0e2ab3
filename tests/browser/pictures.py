"""The pictures of the README, taken of a fresh demo town.

python -m tests.browser.pictures --base http://127.0.0.1:8000 --receipt /r/NUMBER/CODE/
"""

import argparse
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.shots import sign_in_as
from tests.browser.window import PHONE, chromium

OUT = Path(__file__).parents[2] / "docs" / "img"
FRONT: dict[str, Any] = {"viewport": {"width": 1180, "height": 800}}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
TALL: dict[str, Any] = {**PHONE, "viewport": {"width": 360, "height": 1048}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.browser.pictures")
    parser.add_argument("--base", required=True, help="address of a server with the demo town")
    parser.add_argument("--receipt", required=True, help="path of a receipt that has its answer")
    asked = parser.parse_args()
    with chromium() as browser:
        _take(_opened(browser, asked.base, FRONT, "/"), "front")
        _take(_opened(browser, asked.base, TALL, asked.receipt), "receipt")
        desk = _opened(browser, asked.base, DESK, "/accounts/login/")
        sign_in_as(desk, "paidan", "mingchuang-demo")
        desk.goto("/desk/", wait_until="networkidle")
        desk.get_by_role("link", name="电梯停运").click()
        desk.locator("#case h1").wait_for()
        _take(desk, "desk")


def _opened(browser: Browser, base: str, shape: dict[str, Any], path: str) -> Page:
    page = browser.new_context(base_url=base, locale="zh-CN", **shape).new_page()
    page.goto(path, wait_until="networkidle")
    return page


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    # Few colours: a third of the size, and nobody sees it.
    few = picture.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE)
    few.save(OUT / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
