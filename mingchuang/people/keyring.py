"""The two keys of this room under MINGCHUANG_HOME/keys: `private` (newest first) and `index`."""

import os
import secrets
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from tempfile import mkstemp

from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused
from mingchuang.base.keys import key_file
from mingchuang.ledger.models import Entry

PRIVATE, INDEX = "private", "index"
# An HMAC key shorter than its hash is easier to guess than the hash (RFC 2104, section 3).
SHORTEST = 32
# Nothing can be encrypted or looked for before there is a unit or a member of staff.
BEGINNINGS = ("unit.added", "person.added")


class Unreadable(Refused):
    """For whoever keeps the house; a resident can only come back later."""

    code = "unreadable"
    status = 503
    reason = _("这一项是加密保存的，本机现有的密钥打不开。请管理员检查密钥文件 keys/private。")


class KeyLost(Unreadable):
    code = "key_lost"
    reason = _(
        "密钥文件 keys/%(file)s 不见了，已经保存的内容要靠它才能读取和查找。"
        "请管理员从备份恢复 MINGCHUANG_HOME 下的这个文件；系统不会另造一把。"
    )


class KeyUnusable(Unreadable):
    code = "key_unusable"
    reason = _(
        "密钥文件 keys/%(file)s 读不出来、是空的或者不完整。"
        "请管理员从备份恢复 MINGCHUANG_HOME 下的这个文件。"
    )


def key_ring() -> tuple[bytes, ...]:
    """Return the keys of what is private, newest first; every process notices a rotation."""
    path = settings.KEYS / PRIVATE
    try:
        if not path.exists():
            key_file(settings.KEYS, PRIVATE, partial(_first, PRIVATE, Fernet.generate_key))
        seen = path.stat()
        return _ring(str(path), seen.st_mtime_ns, seen.st_ino)
    except (OSError, ValueError):
        raise KeyUnusable(file=PRIVATE) from None


@lru_cache(maxsize=4)
def _ring(path: str, *_stamp: int) -> tuple[bytes, ...]:
    with open(path, "rb") as file:
        ring = tuple(line.strip() for line in file if line.strip())
    if not ring:
        raise ValueError
    for key in ring:
        Fernet(key)
    return ring


def index_key() -> bytes:
    """Return the key of the blind index. It never changes: a new one would find nobody again."""
    return _index_key(settings.KEYS)


@lru_cache(maxsize=4)
def _index_key(keys: Path) -> bytes:
    try:
        key = key_file(keys, INDEX, partial(_first, INDEX, _some_bytes)).strip()
    except OSError:
        raise KeyUnusable(file=INDEX) from None
    if len(key) < SHORTEST:
        raise KeyUnusable(file=INDEX)
    return key


def _some_bytes() -> bytes:
    return secrets.token_hex(SHORTEST).encode()


def _first(file: str, make: Callable[[], bytes]) -> bytes:
    """Make a key for a house where nothing happened yet; later a missing one is a lost one."""
    if Entry.objects.filter(verb__in=BEGINNINGS).exists():
        raise KeyLost(file=file)
    return make()


def make_keys() -> None:
    """Make what is missing now; called before the first unit or member of staff is entered."""
    key_ring()
    index_key()


def keep_ring(ring: tuple[bytes, ...]) -> None:
    """Put this ring in place of the old one, whole or not at all, and wait for the disk."""
    path = settings.KEYS / PRIVATE
    descriptor, aside = mkstemp(prefix=f".{PRIVATE}.", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(b"\n".join(ring) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
