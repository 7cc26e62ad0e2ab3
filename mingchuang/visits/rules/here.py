"""Being in the hall, made believable: a word that hangs there and changes every day. Pure."""

import hashlib
import hmac
from datetime import date

from mingchuang.base.numbers import as_typed, readable

LETTERS = 6


def word_of(secret: bytes, site: str, day: date) -> str:
    """Return the word that hangs in this hall on this day (HMAC-SHA-256, RFC 2104).

    Who knows yesterday's, or that of another hall, knows nothing of it.
    """
    digest = hmac.new(secret, f"here:{site}:{day.isoformat()}".encode(), hashlib.sha256).digest()
    return readable(digest, LETTERS, group=LETTERS)


def is_word(said: str, secret: bytes, site: str, day: date) -> bool:
    """Say whether this is the word of the hall and day, however it was typed."""
    return hmac.compare_digest(as_typed(said), word_of(secret, site, day))
