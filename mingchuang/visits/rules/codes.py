"""The code of a visit as people hand it over: scanned as an address, or typed as eight digits.

Pure.
"""

import re
import unicodedata
from collections.abc import Iterable

DIGITS = 8
CODE = re.compile(r"(?:\A|/v/)([0-9a-f]{16})(?:/|\Z)", re.IGNORECASE)


def short(code: str) -> str:
    """Return the eight digits by which a visit is found among those of its day: 4827 1936."""
    digits = f"{int(code[:12], 16) % 10**DIGITS:0{DIGITS}d}"
    return f"{digits[:4]} {digits[4:]}"


def code_in(typed: str) -> str:
    """Return the whole code in what a scanner typed, an address or the code; empty: neither."""
    found = CODE.search(typed.strip())
    return found[1].lower() if found else ""


def those_meant(typed: str, codes: Iterable[str]) -> list[str]:
    """Return which of these codes the eight digits mean, whatever stands between the digits."""
    plain = unicodedata.normalize("NFKC", typed)
    digits = "".join(letter for letter in plain if letter in "0123456789")
    return [code for code in codes if short(code).replace(" ", "") == digits]
