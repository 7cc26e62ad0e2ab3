"""Encryption of what only a few may read, and the blind index by which it is found again.

Encrypted text is a Fernet token (AES-128-CBC with HMAC-SHA256, encrypt-then-MAC). The first key
of the ring encrypts, every key decrypts.
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


def encrypt(text: str, ring: Sequence[bytes]) -> str:
    return Fernet(ring[0]).encrypt(text.encode()).decode("ascii")


def decrypt(token: str, ring: Sequence[bytes]) -> str | None:
    """Return the text, or None if no key of the ring decrypts it."""
    try:
        return MultiFernet([Fernet(key) for key in ring]).decrypt(token).decode()
    except InvalidToken:
        return None


def reencrypted(text: str, ring: Sequence[bytes]) -> str | None:
    """Return the text with every token under the newest key; None if one cannot be decrypted.

    What the newest key encrypted already stays as it is, letter for letter.
    """
    fresh = [_reencrypted(token, ring) for token in TOKEN.findall(text)]
    known = iter([token for token in fresh if token is not None])
    return None if None in fresh else TOKEN.sub(lambda _: next(known), text)


def _reencrypted(token: str, ring: Sequence[bytes]) -> str | None:
    if decrypt(token, ring[:1]) is not None:
        return token
    text = decrypt(token, ring)
    return None if text is None else encrypt(text, ring)


def normal_phone(text: str) -> str:
    """Return the digits that are dialled inside the country, however they were typed.

    １３８ and ١٣٨ are 138: every decimal digit of Unicode counts, and nothing else does.
    """
    decimals = (unicodedata.decimal(c, None) for c in unicodedata.normalize("NFKC", text))
    digits = "".join(str(decimal) for decimal in decimals if decimal is not None)
    if not (abroad := ABROAD.fullmatch(digits)):
        return digits
    number = abroad.group(1)
    return number if MOBILE.fullmatch(number) else f"0{number.lstrip('0')}"


def may_be_dialled(text: str) -> bool:
    """Whether this can be a telephone number: 7 to 15 digits, however they were typed."""
    return 7 <= len(normal_phone(text)) <= 15


def blind_index(purpose: str, text: str, key: bytes) -> str:
    """HMAC-SHA256 in hex: equal texts meet, and without the key nobody can try them out."""
    return hmac.new(key, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()
