"""See a page as everybody sees it: on a phone and at a desk, in normal and in elder mode.

With MINGCHUANG_TEST_SHOTS=folder each look is kept there as a picture, to be judged by eye.
"""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.window import DESK, MODES, PHONE, violations

SIZES = {"360": PHONE["viewport"], "1440": DESK["viewport"]}
FOLDER = os.environ.get("MINGCHUANG_TEST_SHOTS", "")
CHOOSE = "mode => document.documentElement.classList.toggle('elder', mode === 'elder')"
SIDEWAYS = "() => document.documentElement.scrollWidth - window.innerWidth"


def faults_of(page: Page, name: str) -> list[str]:
    """Return what keeps somebody out of this page, or makes them scroll sideways."""
    page.emulate_media(reduced_motion="reduce")
    found = []
    for width, size in SIZES.items():
        page.set_viewport_size(size)
        for mode in MODES:
            page.evaluate(CHOOSE, mode)
            look = f"{name} at {width} px, {mode}"
            found += [f"{look}: {sentence}" for sentence in violations(page)]
            found += [f"{look}: {page.evaluate(SIDEWAYS)} px too wide"] * _is_too_wide(page)
            _keep(page, f"{name}-{width}-{mode}")
    return found


def _is_too_wide(page: Page) -> bool:
    return bool(page.evaluate(SIDEWAYS) > 0)


def _keep(page: Page, name: str) -> None:
    if FOLDER:
        file = Path(FOLDER) / f"{name.replace(':', '-').replace('/', '-')}.png"
        page.screenshot(path=file, full_page=True)
