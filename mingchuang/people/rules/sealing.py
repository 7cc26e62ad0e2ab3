"""Sealing of what only a few may read, and the blind index by which it is found again.

Sealed text is a Fernet token (AES-128-CBC with HMAC-SHA256, encrypt-then-MAC). The first key
of the ring seals, every key opens.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

# Every token begins with the version and the high bytes of a time before 2106.
TOKEN = re.compile(r"gAAAA[\w-]+={0,2}", re.ASCII)
MOBILE = re.compile(r"1[3-9]\d{9}")
ABROAD = re.compile(r"(?:00)?86(0?[1-9]\d{8,10})")


def seal(text: str, ring: Sequence[bytes]) -> str:
    return Fernet(ring[0]).encrypt(text.encode()).decode("ascii")


def unseal(token: str, ring: Sequence[bytes]) -> str | None:
    """Return the text, or None if no key of the ring opens it."""
    try:
        return MultiFernet([Fernet(key) for key in ring]).decrypt(token).decode()
    except InvalidToken:
        return None


def resealed(text: str, ring: Sequence[bytes]) -> str | None:
    """Return the text with every token sealed by the newest key; None if one cannot be opened.

    What the newest key sealed already stays as it is, letter for letter.
    """
    fresh = [_resealed(token, ring) for token in TOKEN.findall(text)]
    known = iter([token for token in fresh if token is not None])
    return None if None in fresh else TOKEN.sub(lambda _: next(known), text)


def _resealed(token: str, ring: Sequence[bytes]) -> str | None:
    if unseal(token, ring[:1]) is not None:
        return token
    text = unseal(token, ring)
    return None if text is None else seal(text, ring)


def normal_phone(text: str) -> str:
    """Return the digits that are dialled inside the country, however they were typed."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", text) if c in "0123456789")
    if not (abroad := ABROAD.fullmatch(digits)):
        return digits
    number = abroad.group(1)
    return number if MOBILE.fullmatch(number) else f"0{number.lstrip('0')}"


def blind_index(purpose: str, text: str, key: bytes) -> str:
    """HMAC-SHA256 in hex: equal texts meet, and without the key nobody can try them out."""
    return hmac.new(key, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()
