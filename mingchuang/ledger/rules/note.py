"""Signed notes and checkpoints (C2SP signed-note and tlog-checkpoint) under Ed25519 keys.

What is not exactly as the format says is not read at all: None, never an exception.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
SEED_SIZE = 32
NAME = re.compile(r"[^\s+\x00-\x20]+")
SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


class Head(NamedTuple):
    """What a checkpoint says: which ledger, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64_text(self.root)}\n"


@dataclass(frozen=True)
class Key:
    """A public key and the name it signs under."""

    name: str
    public: bytes

    @property
    def number(self) -> bytes:
        """The first four bytes of SHA-256(name, newline, 0x01, public key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.number.hex()}+{base64_text(ED25519 + self.public)}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the key a verifier key ("vkey") names."""
        name, _, rest = text.partition("+")
        _, _, encoded = rest.partition("+")
        content = base64_bytes(encoded) or b""
        if not NAME.fullmatch(name) or len(content) != 33 or content[:1] != ED25519:
            return None
        key = cls(name, content[1:])
        return key if str(key) == text else None

    def text_of(self, note: str) -> str | None:
        """Return the text of a note that this key has signed."""
        body, blank, below = note.rpartition("\n\n")
        lines = below.split("\n")
        if not blank or lines.pop() or not lines or not _is_printable(note):
            return None
        text = body + "\n"
        signatures = [SIGNATURE.fullmatch(line) for line in lines]
        ours = list(self._signatures(signatures))
        if None in signatures or not ours or not all(self._signed(text, one) for one in ours):
            return None
        return text

    def _signatures(self, found: list[re.Match[str] | None]) -> Iterator[bytes]:
        """Yield the signatures that claim to be ours; those of others are not our business."""
        for match in found:
            content = base64_bytes(match[2]) if match and match[1] == self.name else None
            if content and content[:4] == self.number:
                yield content[4:]

    def _signed(self, text: str, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


class Signer:
    """The key of this ledger: 32 secret bytes and the ledger's name, its origin."""

    def __init__(self, origin: str, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.key = Key(origin, self._private.public_key().public_bytes_raw())

    def note(self, *, size: int, root: bytes) -> str:
        """Return a signed checkpoint over the first `size` entries."""
        text = Head(self.key.name, size, root).text
        signature = base64_text(self.key.number + self._private.sign(text.encode()))
        return f"{text}\n— {self.key.name} {signature}\n"


def head_in(text: str | None) -> Head | None:
    """Return what the text of a checkpoint says; lines below the third are not ours to read."""
    origin, size, root, *_ = [*(text or "").split("\n"), "", "", ""]
    content = base64_bytes(root) or b""
    if not origin or not SIZE.fullmatch(size) or len(content) != 32:
        return None
    return Head(origin, int(size), content)


def base64_text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def base64_bytes(text: str) -> bytes | None:
    """Return what `text` encodes, if it is the one way to encode it."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if base64_text(content) == text else None


def is_text(value: object) -> bool:
    """Return whether this is text with a UTF-8 form: no lone surrogates."""
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _is_printable(note: str) -> bool:
    return is_text(note) and all(sign >= " " or sign == "\n" for sign in note)
