"""How the ledger names a text without holding it. Pure."""

from hashlib import sha256


def fingerprint(text: str) -> str:
    """How the ledger names a text that everybody may read, without holding it for ever."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"
