"""What somebody said, as it comes in: clean values, no database."""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass, field, fields

from mingchuang.base.numbers import readable
from mingchuang.cases.rules.photo import Photo
from mingchuang.ledger.rules.canonical import canonical

# How the ledger signs what a requester does.
REQUESTER = "requester"
# What nobody asked for: what the town does by itself, and what it has put right.
UNASKED = frozenset({"proactive", "rectify"})
TITLE = 40
# A database holds no longer number.
LONGEST_SERIAL = 15
# Masking may make a text longer: a surname becomes 〔姓名〕.
LONGEST_TITLE, LONGEST_PLACE = 120, 200
# Unicode counts these fillers of Korean and Braille among letters and signs; they are blank.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


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
    # How they want to be reached; empty is any way.
    contact: str = ""
    representative_of: int = 0
    confidential: bool = False
    channel: str = "web"
    urgency: str = "normal"
    photos: tuple[Photo, ...] = field(default=(), repr=False)
    # The id of the case of neighbours that this one wishes to join; 0 for none.
    joins: int = 0

    @property
    def words(self) -> str:
        """Everything but the key and the photos, as canonical JSON."""
        unsaid = {name for name in ("joins", "contact") if not getattr(self, name)}
        left_out = {"key", "photos", *unsaid}
        kept = [one.name for one in fields(self) if one.name not in left_out]
        return canonical({name: getattr(self, name) for name in kept}).decode()


def says_something(text: str) -> bool:
    """Say whether anybody can see a letter, digit or sign of this text."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in BLANK for one in text)


def title_of(text: str) -> str:
    """Return the first sentence of a text, short enough for a list."""
    first = re.split(r"[。！？!?\n；;]", text.strip(), maxsplit=1)[0].strip()
    short = " ".join((first or text).split())
    return short if len(short) <= TITLE else short[: TITLE - 1] + "…"


def number_typed(text: str) -> str:
    """Return the number of a case or receipt as it is kept; what cannot be one is empty."""
    number = unicodedata.normalize("NFKC", text).strip().upper()
    number = re.sub(r"[ \u2010-\u2015\u2212]+", "-", number)
    return number if number.isascii() and number.isprintable() else ""


def number_parts(text: str) -> tuple[str, int] | None:
    """Return the series and the serial of a number somebody typed; None of what cannot be one."""
    series, _, serial = number_typed(text).rpartition("-")
    return (series, int(serial)) if serial.isdigit() and len(serial) <= LONGEST_SERIAL else None


def fingerprint(server_key: bytes, words: str) -> str:
    """Return HMAC-SHA256 in hex: the same words meet again, and alone it tells nothing of them."""
    return hmac.new(server_key, b"once:" + words.encode(), hashlib.sha256).hexdigest()


def receipt_code(server_key: bytes, key: str, renewed: int = 0) -> str:
    """Return the secret half of a receipt: 12 letters, 59 bits, the same for the same key as long
    as it was not renewed.

    Nothing of it is stored: whoever holds the database without the key file learns nothing. What
    is renewed begins otherwise: the key of another receipt, which who sends it chooses, never
    leads to the same code.
    """
    named = f"renewed:{renewed}:{key}" if renewed else f"receipt:{key}"
    return readable(hmac.digest(server_key, named.encode(), hashlib.sha256))
