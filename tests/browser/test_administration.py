"""The administrators' pages, which are Django's own: nothing keeps anybody out of them either."""

import re

from playwright.sync_api import Browser, Page

from tests.browser.hands import let_in
from tests.browser.window import DESK, violations
from tests.town import Who, a_town

LINKS = "links => links.map(link => link.getAttribute('href'))"


def links(page: Page, path: str, pattern: str) -> list[str]:
    """Return the addresses on a page that look like this, each once."""
    page.goto(path)
    found = page.eval_on_selector_all("a[href]", LINKS)
    return sorted({link for link in found if re.fullmatch(pattern, link)})


def test_what_is_kept_by_administrators_is_open_to_everybody(
    browser: Browser, address: str
) -> None:
    town = a_town()
    # Django's own scripts set styles, which our policy refuses: a plain window, not the strict.
    context = browser.new_context(**DESK, base_url=address)
    page = context.new_page()
    let_in(page, town.people[Who.ADMINISTRATOR], address)
    lists = links(page, "/admin/", r"/admin/\w+/\w+/")
    rows = [row for path in lists for row in links(page, path, rf"{path}\d+/change/")[:1]]
    ways = [way for row in rows for way in (row, row.replace("change", "delete"))]

    faults = {}
    for path in ["/admin/", *lists, *(f"{path}add/" for path in lists), *ways]:
        page.goto(path)
        faults[path] = violations(page)

    context.close()
    assert len(rows) > 5
    assert {path: found for path, found in faults.items() if found} == {}
