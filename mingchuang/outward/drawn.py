"""Photos for the demo town: drawn, with nobody in them, and each says across itself what it is."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from mingchuang.cases.rules.photo import Photo, reencode

SIZE, MARK, MARKED = (640, 480), "DEMO - INVENTED", "#5b6b6d"
# What is drawn, one over the other: rectangle or ellipse, its corners, its colour.
Shapes = Sequence[tuple[str, tuple[int, int, int, int], str]]
PICTURES: Mapping[str, tuple[str, Shapes]] = {
    "lamp": (
        "#22303c",
        (
            ("rectangle", (0, 400, 640, 480), "#3a4650"),
            ("rectangle", (310, 120, 326, 420), "#8b979c"),
            ("rectangle", (316, 120, 440, 132), "#8b979c"),
            ("ellipse", (410, 126, 470, 156), "#4c5a61"),
        ),
    ),
    "receipt": (
        "#d8cdb8",
        (
            ("rectangle", (150, 40, 490, 440), "#fbfaf6"),
            ("rectangle", (190, 90, 450, 106), "#1c2b2d"),
            ("rectangle", (190, 150, 450, 158), "#9aa5a7"),
            ("rectangle", (190, 190, 400, 198), "#9aa5a7"),
            ("rectangle", (190, 230, 430, 238), "#9aa5a7"),
            ("ellipse", (350, 320, 450, 420), "#d9480f"),
            ("ellipse", (358, 328, 442, 412), "#fbfaf6"),
        ),
    ),
    "banner": (
        "#e6f0ed",
        (
            ("rectangle", (180, 40, 460, 60), "#a67c00"),
            ("rectangle", (200, 60, 440, 400), "#b3261e"),
            ("rectangle", (230, 100, 250, 340), "#e9c46a"),
            ("rectangle", (300, 100, 340, 340), "#e9c46a"),
            ("rectangle", (390, 100, 410, 340), "#e9c46a"),
            ("rectangle", (200, 400, 440, 420), "#a67c00"),
        ),
    ),
    "notice": (
        "#c9c2b4",
        (
            ("rectangle", (120, 40, 520, 430), "#6b4f2a"),
            ("rectangle", (140, 60, 500, 410), "#d9cfae"),
            ("rectangle", (230, 100, 410, 370), "#fbfaf6"),
            ("rectangle", (260, 130, 380, 146), "#b3261e"),
            ("rectangle", (260, 180, 380, 186), "#9aa5a7"),
            ("rectangle", (260, 210, 380, 216), "#9aa5a7"),
            ("rectangle", (260, 240, 340, 246), "#9aa5a7"),
            ("rectangle", (340, 300, 390, 350), "#1c2b2d"),
        ),
    ),
    "shed": (
        "#cfd8dc",
        (
            ("rectangle", (0, 360, 640, 440), "#8b979c"),
            ("rectangle", (60, 120, 580, 370), "#b0a48f"),
            ("rectangle", (40, 90, 600, 124), "#5b6b6d"),
            ("rectangle", (110, 180, 260, 370), "#3a4650"),
            ("rectangle", (340, 190, 520, 280), "#a9c4d4"),
            ("rectangle", (425, 190, 435, 280), "#5b6b6d"),
        ),
    ),
    "floor": (
        "#d9dcd6",
        (
            ("rectangle", (0, 0, 640, 160), "#f2f0ea"),
            ("rectangle", (60, 30, 240, 110), "#1f7a6e"),
            ("ellipse", (180, 260, 420, 330), "#a9c4d4"),
            ("ellipse", (440, 360, 600, 410), "#a9c4d4"),
        ),
    ),
}


def drawn(name: str) -> Photo:
    """Return one of the pictures, as a form hands on a photo."""
    paper, shapes = PICTURES[name]
    image = Image.new("RGB", SIZE, paper)
    pen = ImageDraw.Draw(image)
    for shape, corners, colour in shapes:
        getattr(pen, shape)(corners, fill=colour)
    pen.rectangle((0, 440, *SIZE), fill="white")
    pen.text((16, 448), MARK, fill=MARKED, font=ImageFont.load_default(24))
    image.save(file := BytesIO(), "PNG")
    photo = reencode(file.getvalue())
    if not isinstance(photo, Photo):
        raise TypeError(photo)
    return photo
