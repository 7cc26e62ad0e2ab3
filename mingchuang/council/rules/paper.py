"""Whether a photo can show a signed paper at all: not its words, only that there are some. Pure."""

import io

from PIL import Image

from mingchuang.cases.rules.photo import Photo

# A line of handwriting on A4 needs about so many pixels to be read.
SHORT_SIDE = 300
# Between ink and paper, of 255 shades of grey.
CONTRAST = 40


def shows_something(photo: Photo) -> bool:
    """Say whether there is something to read: large enough, and not all of one tone."""
    if min(photo.width, photo.height) < SHORT_SIDE:
        return False
    with Image.open(io.BytesIO(photo.jpeg), formats=("JPEG",)) as opened:
        darkest, lightest = opened.convert("L").getextrema()
    return bool(lightest - darkest >= CONTRAST)  # type: ignore[operator]
