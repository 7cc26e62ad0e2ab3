"""What somebody said, as it comes in: clean values, no database."""

import hashlib
import hmac
import re
from dataclasses import dataclass, field

from mingchuang.base.numbers import readable
from mingchuang.cases.rules.photo import Photo

TITLE = 40


@dataclass(frozen=True)
class Said:
    """One submission before it has a number. `key` makes sending it twice harmless."""

    text: str
    key: str
    kind: str = "other"
    title: str = ""
    place: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""
    vulnerability: str = ""
    representative_of: int = 0
    confidential: bool = False
    channel: str = "web"
    urgency: str = "normal"
    photos: tuple[Photo, ...] = field(default=(), repr=False)


def title_of(text: str) -> str:
    """Return the first sentence of a text, short enough for a list."""
    first = re.split(r"[。！？!?\n；;]", text.strip(), maxsplit=1)[0].strip()
    short = " ".join((first or text).split())
    return short if len(short) <= TITLE else short[: TITLE - 1] + "…"


def number_typed(text: str) -> str:
    """Return the number of a case or receipt as it is kept; what cannot be one is empty."""
    number = text.strip().upper()
    return number if number.isascii() and number.isprintable() else ""


def receipt_code(server_key: bytes, key: str) -> str:
    """Return the secret half of a receipt: 12 letters, 59 bits, the same for the same key.

    Nothing of it is stored: whoever holds the database without the key file learns nothing.
    """
    return readable(hmac.digest(server_key, b"receipt:" + key.encode(), hashlib.sha256))
