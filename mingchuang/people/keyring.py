"""The two keys of this room under MINGCHUANG_HOME/keys: `seal` (newest first) and `index`."""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings

from mingchuang.base.keys import key_file

SEAL, INDEX = "seal", "index"


def seal_ring() -> tuple[bytes, ...]:
    """Return the seal keys, newest first; a rotation is noticed by every running process."""
    path = settings.KEYS / SEAL
    if not path.exists():
        key_file(settings.KEYS, SEAL, Fernet.generate_key)
    seen = path.stat()
    return _ring(str(path), seen.st_mtime_ns, seen.st_ino)


@lru_cache(maxsize=4)
def _ring(path: str, *_stamp: int) -> tuple[bytes, ...]:
    with open(path, "rb") as file:
        return tuple(line.strip() for line in file if line.strip())


def index_key() -> bytes:
    """Return the key of the blind index. It never changes: a new one would find nobody again."""
    return _index_key(settings.KEYS)


@lru_cache(maxsize=4)
def _index_key(keys: Path) -> bytes:
    return key_file(keys, INDEX, lambda: secrets.token_hex(32).encode()).strip()


def keep_ring(ring: tuple[bytes, ...]) -> None:
    """Put this ring in place of the old one, whole or not at all."""
    path = settings.KEYS / SEAL
    aside = path.with_name(f".{SEAL}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(b"\n".join(ring) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
