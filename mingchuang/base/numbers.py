"""Codes a person can read aloud: no 0/O, no 1/I/L."""

import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def readable(raw: bytes, length: int = 12, *, group: int = 4) -> str:
    """Write the number in `raw` as `length` letters in groups: K7MP-3XQ9-WT4A.

    Each letter carries 4.95 bits; `raw` should hold at least `length` bytes.
    """
    number = int.from_bytes(raw)
    letters = []
    for _ in range(length):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "-".join("".join(letters[i : i + group]) for i in range(0, length, group))


def as_typed(code: str) -> str:
    """Return a code without what people add or leave out: blanks, dashes, small or wide letters."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return "".join(letter for letter in plain if letter in ALPHABET)
