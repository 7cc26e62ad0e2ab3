"""What a receipt is, and whether it holds. Needs no database, no server and no trust.

A receipt is a JSON object:
    entry       the canonical JSON text whose UTF-8 bytes are the leaf
    index       the leaf's place, counted from 0
    size        how many leaves the tree has
    hashes      the inclusion path (RFC 9162 §2.1.3), base64
    checkpoint  the signed note over that tree (C2SP tlog-checkpoint)
    key         the verifier key it is signed with (C2SP signed-note)
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, TypeGuard

from mingchuang.ledger.rules.canonical import MAX_NUMBER, NotRecordable, canonical
from mingchuang.ledger.rules.note import Key, base64_bytes, base64_text, head_in, is_text
from mingchuang.ledger.rules.tree import is_included, leaf_hash

PATH_MAX = 64
ENTRY_PARTS = {"at": str, "digest": str, "facts": dict, "subject": str, "v": int, "verb": str}


class Flaw(StrEnum):
    """What may be wrong with a receipt."""

    UNREADABLE = "unreadable"
    OTHER_KEY = "other_key"
    BAD_SIGNATURE = "bad_signature"
    OTHER_SIZE = "other_size"
    NOT_CANONICAL = "not_canonical"
    NOT_INCLUDED = "not_included"


@dataclass(frozen=True)
class Receipt:
    entry: str
    index: int
    size: int
    hashes: Sequence[bytes]
    checkpoint: str
    key: Key

    @property
    def says(self) -> dict[str, Any]:
        """The entry itself; empty if its text is not an entry."""
        try:
            content = json.loads(self.entry)
        except (ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) and _is_entry(content) else {}

    def as_json(self) -> dict[str, object]:
        return {
            "entry": self.entry,
            "index": self.index,
            "size": self.size,
            "hashes": [base64_text(one) for one in self.hashes],
            "checkpoint": self.checkpoint,
            "key": str(self.key),
        }

    @classmethod
    def read(cls, value: object) -> Self | None:
        """Return the receipt in a JSON value; None if it is no receipt."""
        parts = value if isinstance(value, Mapping) else {}
        key = Key.read(_text(parts.get("key")))
        hashes = _hashes(parts.get("hashes"))
        index, size = parts.get("index"), parts.get("size")
        entry, checkpoint = _text(parts.get("entry")), _text(parts.get("checkpoint"))
        if not (key and entry and checkpoint) or hashes is None:
            return None
        if not (_is_number(index) and _is_number(size)):
            return None
        return cls(entry, index, size, hashes, checkpoint, key)

    def flaws(self, *, pinned: str = "") -> list[Flaw]:
        """Return everything that does not fit; nothing if the receipt holds.

        `pinned` is the key as it is known from elsewhere. Without it the receipt is measured
        by the key it brings along, which proves only that it fits itself.
        """
        head = head_in(self.key.text_of(self.checkpoint))
        is_signed = head is not None and head.origin == self.key.name
        root = head.root if head and is_signed else b""
        leaf = leaf_hash(self.entry.encode())
        holds = {
            Flaw.OTHER_KEY: pinned in {"", str(self.key)},
            Flaw.BAD_SIGNATURE: is_signed,
            Flaw.OTHER_SIZE: head is None or head.size == self.size,
            Flaw.NOT_CANONICAL: self._is_canonical(),
            Flaw.NOT_INCLUDED: not is_signed
            or is_included(leaf, self.hashes, index=self.index, size=self.size, root=root),
        }
        return [flaw for flaw, is_well in holds.items() if not is_well]

    def _is_canonical(self) -> bool:
        try:
            return bool(self.says) and canonical(self.says) == self.entry.encode()
        except NotRecordable:
            return False


def _is_entry(content: Mapping[str, object]) -> bool:
    return {name: type(part) for name, part in content.items()} == ENTRY_PARTS


def _is_number(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= MAX_NUMBER


def _text(value: object) -> str:
    return str(value) if is_text(value) else ""


def _hashes(value: object) -> list[bytes] | None:
    if not isinstance(value, list) or len(value) > PATH_MAX:
        return None
    hashes = [base64_bytes(one) or b"" for one in value if isinstance(one, str)]
    return hashes if len(hashes) == len(value) and all(len(one) == 32 for one in hashes) else None
