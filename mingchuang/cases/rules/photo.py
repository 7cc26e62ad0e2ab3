"""Photos: recognised by content, turned upright, made small, stripped of hidden data."""

import io
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 10 * 1024 * 1024
MOST = 6
LONG_SIDE = 2000
PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


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
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS:
                return PhotoFault.TOO_LARGE
            opened.draft("RGB", (LONG_SIDE, LONG_SIDE))
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return PhotoFault.NOT_A_PHOTO
    upright.thumbnail((LONG_SIDE, LONG_SIDE))
    fresh = Image.new("RGB", upright.size)
    fresh.paste(upright)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=82, optimize=True)
    return Photo(out.getvalue(), *fresh.size)
