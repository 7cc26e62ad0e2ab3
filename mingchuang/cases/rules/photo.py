"""Photos: recognised by content, turned upright, made small, stripped of hidden data."""

import io
import re
import struct
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image
from PIL.Image import Transpose

LARGEST = 10 * 1024 * 1024
MOST = 6
MOST_IN_ALL = 30
LONG_SIDE = 2000
SMALL_SIDE = 160
PIXELS = 60_000_000
# A telephone writes about ten passes over a photo. A hundred thousand empty ones fit into ten
# megabytes, and each costs as much work as a full one (ITU-T T.81, B.2.3).
SCANS = 64
SCAN = re.compile(rb"\xff\xda\x00[\x08\x0a\x0c\x0e][\x01-\x04]")
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# How a photo was held (EXIF 2.3, tag 274) and what turns it upright.
ORIENTATION = 0x0112
UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
# What Pillow raises on files made to break it, found by changing bytes at random.
TOO_VAST = (Image.DecompressionBombError, Image.DecompressionBombWarning)
BROKEN = (OSError, SyntaxError, ValueError, struct.error)


@dataclass(frozen=True)
class Photo:
    """A JPEG without EXIF, place or thumbnail; sides in pixels."""

    jpeg: bytes
    width: int
    height: int


class PhotoFault(StrEnum):
    TOO_LARGE = "too_large"
    NOT_A_PHOTO = "not_a_photo"


def reencode(raw: bytes) -> Photo | PhotoFault:
    """Return the photo as a fresh JPEG of at most 2000 pixels a side, or what is wrong with it."""
    if len(raw) > LARGEST:
        return PhotoFault.TOO_LARGE
    if len(SCAN.findall(raw)) > SCANS:
        return PhotoFault.NOT_A_PHOTO
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS:
                return PhotoFault.TOO_LARGE
            return _as_photo(_upright(opened))
    except TOO_VAST:
        return PhotoFault.TOO_LARGE
    except BROKEN:
        return PhotoFault.NOT_A_PHOTO


def as_kept(jpeg: bytes) -> Photo:
    """Return the photo that `reencode` once made, read back."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
        return Photo(jpeg, *opened.size)


def small(photo: Photo, *, side: int = SMALL_SIDE) -> bytes:
    """Return the photo as a JPEG of at most so many pixels a side; 160, to be recognised by."""
    with Image.open(io.BytesIO(photo.jpeg), formats=("JPEG",)) as opened:
        opened.thumbnail((side, side))
        return _as_jpeg(opened, quality=70)


def _upright(opened: Image.Image) -> Image.Image:
    """Make it small first: turning costs as much memory as the photo has pixels."""
    held = opened.getexif().get(ORIENTATION)
    opened.draft("RGB", (LONG_SIDE, LONG_SIDE))
    image = opened if opened.mode == "RGB" else opened.convert("RGB")
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    turn = UPRIGHT.get(held) if isinstance(held, int) else None
    return image if turn is None else image.transpose(turn)


def _as_photo(image: Image.Image) -> Photo:
    """Copy the pixels alone, so that nothing hidden comes along."""
    fresh = Image.new("RGB", image.size)
    fresh.paste(image)
    return Photo(_as_jpeg(fresh, quality=82), *fresh.size)


def _as_jpeg(image: Image.Image, *, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
