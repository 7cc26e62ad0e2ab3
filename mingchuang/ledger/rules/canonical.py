"""One way to write a record as bytes, so that anybody can hash it and get the same."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias, cast

import rfc8785

# Facts hold no fractions: databases write them differently, and a rate is two whole numbers.
JSON: TypeAlias = "bool | int | str | Sequence[JSON] | Mapping[str, JSON] | None"

MAX_LEAF = 65_535  # entry bundles write the length of a leaf in two bytes (C2SP tlog-tiles)
MAX_NUMBER = 2**53 - 1
SALT_SIZE = 16

PLAIN = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


class NotRecordable(ValueError):
    """A caller tried to write something that cannot stand in the ledger: a bug, not a refusal."""


def canonical(value: object) -> bytes:
    """Return the canonical JSON of any JSON value (RFC 8785), UTF-8.

    Raises NotRecordable for what JSON cannot hold: other types, NaN, lone surrogates,
    integers beyond ±(2⁵³ − 1). Of what is plain Python's own encoder writes the same, four times
    as fast; that it does is a property under test.
    """
    try:
        return (
            PLAIN.encode(value).encode() if is_plain(value) else rfc8785.dumps(cast("str", value))
        )
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise NotRecordable(str(error)) from error


def is_plain(value: object) -> bool:
    """Return whether every database gives `value` back unchanged, and keys have but one order.

    No fractions, no NUL; keys below U+D800, where the order of RFC 8785 is that of Unicode.
    """
    if isinstance(value, str):
        return "\0" not in value
    if isinstance(value, int):
        return abs(value) <= MAX_NUMBER
    if isinstance(value, dict):
        return all(map(_is_key, value)) and all(map(is_plain, value.values()))
    return value is None or (isinstance(value, list | tuple) and all(map(is_plain, value)))


def leaf(
    *, verb: str, subject: str, at: datetime, facts: Mapping[str, JSON], digest: str = ""
) -> bytes:
    """Return the canonical JSON of one entry, the bytes of its leaf: at most 65,535 of them.

    Of plain facts Python's own encoder writes what RFC 8785 asks for, four times as fast.
    """
    entry = {
        "at": moment_text(at),
        "digest": digest,
        "facts": facts,
        "subject": subject,
        "v": 1,
        "verb": verb,
    }
    try:
        content = PLAIN.encode(entry).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise NotRecordable(f"{verb}: {error}") from error
    if len(content) > MAX_LEAF:
        raise NotRecordable(f"{verb}: {len(content)} bytes of facts; {MAX_LEAF} is the limit")
    return content


def moment_text(at: datetime) -> str:
    """2026-03-02T01:00:00.000000Z: always UTC, always microseconds."""
    if getattr(at, "tzinfo", None) is None:
        raise NotRecordable("an entry needs a moment with a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def salted_digest(salt: bytes, private: Mapping[str, JSON]) -> str:
    """Return "sha256:" and the hex SHA-256 of the salt followed by the canonical private part.

    Without the salt (16 random bytes) nobody can guess the private part from the digest;
    erasing the salt erases the person, and the proof still holds.
    """
    if len(salt) != SALT_SIZE:
        raise NotRecordable("a private part needs its salt of 16 bytes")
    return "sha256:" + hashlib.sha256(salt + canonical(private)).hexdigest()


def _is_key(key: object) -> bool:
    return isinstance(key, str) and "\0" not in key and max(key, default="") < "\ud800"
