"""A link as a picture that stands inside the page."""

from xml.etree import ElementTree as ET

from mingchuang.base.qr import qr_svg


def test_a_link_becomes_one_inline_picture() -> None:
    svg = qr_svg("https://town.example/r/NB-2026-000123?s=abc&t=<1>")

    picture = ET.fromstring(svg)
    assert picture.get("class") == "qr"
    assert picture.get("aria-hidden") == "true"
    assert "style" not in svg
