"""Chromium as residents and clerks hold it: a phone, a desk, and an eye on what goes wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    sync_playwright,
)

from tests.tools import machine

# Chromium must not look for updates, sync or a sandbox that root cannot have.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 780},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
MODES = ("normal", "elder")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=QUIET)
        yield browser
        browser.close()


@dataclass
class Watch:
    """Everything a page did that no page may do."""

    host: str
    faults: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", self._broke)
        page.on("request", self._asked)
        page.on("response", self._got)

    def _heard(self, message: ConsoleMessage) -> None:
        # What a server answered is judged in `_got`, where it is known what was asked.
        answered = "the server responded with a status of" in message.text
        if message.type == "error" and not answered:
            self.faults.append(f"on the console: {message.text}")

    def _broke(self, error: Error) -> None:
        self.faults.append(f"script error: {error.message}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.faults.append(f"asked another host: {request.url}")

    def _got(self, response: Response) -> None:
        # A page or a fragment may be refused (404, 422 …); a style sheet or a picture may not.
        spoken = response.request.resource_type in ("document", "xhr", "fetch")
        if response.status >= (500 if spoken else 400):
            self.faults.append(f"answered {response.status}: {response.url}")


@contextmanager
def window(browser: Browser, address: str, shape: dict[str, Any]) -> Iterator[Page]:
    """Open a window on the house; on leaving, fail if anything went wrong in it."""
    watch = Watch(urlsplit(address).netloc)
    context = browser.new_context(base_url=address, locale="zh-CN", **shape)
    context.on("page", watch.over)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
    assert not watch.faults, "\n".join(["the page did what no page may do:", *watch.faults])


def set_mode(page: Page, address: str, mode: str) -> None:
    """Choose normal or elder mode, as its button would."""
    page.context.add_cookies([{"name": "mode", "value": mode, "url": address}])


def axe(page: Page) -> None:
    """Assert that axe-core finds nothing on the page that keeps somebody out."""
    sentences = violations(page)
    assert not sentences, "\n".join([f"axe on {page.url}:", *sentences])


def violations(page: Page) -> list[str]:
    """Say what axe-core finds on the page as it stands now."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")
    return [_sentence(violation) for violation in found["violations"]]


def _sentence(violation: dict[str, Any]) -> str:
    places = [
        f"    {' '.join(map(str, n['target']))}: {n['html'][:160]}" for n in violation["nodes"]
    ]
    return "\n".join([f"  {violation['id']} ({violation['impact']}): {violation['help']}", *places])
