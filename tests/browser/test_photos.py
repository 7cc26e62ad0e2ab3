"""Photos come back with a faulty form: without scripts, on a phone, in both modes."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from mingchuang.cases.models import Attachment
from tests.browser.window import MODES, PHONE, axe, set_mode, window
from tests.build import the_town


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two photos as a phone takes them."""
    files = {tmp_path / "路灯.jpg": "teal", tmp_path / "台阶.jpg": "brown"}
    for file, colour in files.items():
        Image.new("RGB", (1200, 900), colour).save(file, "JPEG")
    return list(files)


@pytest.mark.parametrize("mode", MODES)
def test_photos_need_not_be_chosen_twice(
    browser: Browser, address: str, photos: list[Path], mode: str
) -> None:
    the_town()

    with window(browser, address, {**PHONE, "java_script_enabled": False}) as page:
        set_mode(page, address, mode)
        page.goto("/say/")
        page.get_by_label("您想说什么？").fill("路灯坏了，台阶看不见。")
        page.get_by_label("联系电话").fill("123")
        page.get_by_label("照片（可不填）").set_input_files(photos)
        page.get_by_role("button", name="提交，拿回执").click()
        expect(page.get_by_text("已收到 2 张照片，不用再选")).to_be_visible()
        page.get_by_label("联系电话").fill("13800000000")
        page.get_by_role("checkbox", name="照片 2").uncheck()
        page.get_by_role("button", name="提交，拿回执").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("路灯坏了，台阶看不见")

    assert Attachment.objects.count() == 1


def test_the_form_with_photos_on_it_has_no_barrier(
    browser: Browser, address: str, photos: list[Path]
) -> None:
    the_town()

    with window(browser, address, PHONE) as page:
        page.goto("/say/")
        page.get_by_label("照片（可不填）").set_input_files(photos)
        page.get_by_role("button", name="提交，拿回执").click()

        expect(page.get_by_role("checkbox", name="照片 1")).to_be_checked()
        axe(page)
