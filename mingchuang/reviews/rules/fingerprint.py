"""How the ledger names a text that everybody may read, without holding it for ever."""

from hashlib import sha256


def fingerprint(text: str) -> str:
    return f"sha256:{sha256(text.encode()).hexdigest()}"
