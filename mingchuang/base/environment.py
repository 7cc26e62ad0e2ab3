"""What an operator writes into the environment, read; docs/settings.md lists it all."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar, overload
from urllib.parse import SplitResult, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_T = TypeVar("_T")


class Environment:
    """What the operator wrote; what cannot be read is one sentence that names the variable.

    It names no value, which may be a password, and speaks both languages at once: before there
    are settings nobody can know which one is wanted.
    """

    @overload
    def get(self, name: str, default: str) -> str: ...

    @overload
    def get(self, name: str, default: str, read: Callable[[str], _T]) -> _T: ...

    def get(self, name: str, default: str, read: Callable[[str], Any] = str) -> Any:
        try:
            return read(os.environ.get(name, "").strip() or default)
        except (ValueError, OSError) as wrong:
            raise ImproperlyConfigured(f"环境变量 {name} 写错了：{wrong}") from wrong


def folder(path: str) -> Path:
    """Return the folder, closed to everybody else on this machine."""
    folder = Path(path).resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    seen = folder.stat()
    if seen.st_mode & 0o077 and seen.st_uid == os.getuid():
        folder.chmod(0o700)
    return folder


def whole(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ValueError(f"请写一个不小于 {least} 的整数。(a whole number, {least} or more)")
        return int(text)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            known = " ".join(words)
            raise ValueError(f"只能写这些之一：{known}。(one of these)")
        return text

    return read


def listed(text: str, known: Iterable[str] = ()) -> list[str]:
    """Return the words between commas or blanks, each one of the known ones if any are given."""
    words = text.replace(",", " ").split()
    return [one_of(*known)(word) for word in words] if known else words


def database(address: str) -> Any:
    # A connection that broke while nobody used it is replaced, not handed to the next person.
    try:
        found = dj_database_url.parse(address, conn_max_age=600, conn_health_checks=True)
    except ValueError:
        found = {}
    if found.get("ENGINE", "").rpartition(".")[2] not in {"postgresql", "sqlite3"}:
        raise ValueError("请写 postgres://user:password@host:5432/name。(an address like this)")
    return found


def gateway(address: str) -> str:
    try:
        found = urlsplit(address)
        fine = found.scheme in {"http", "https"} and found.hostname and found.port != 0
    except ValueError:
        fine = False
    if address and not fine:
        raise ValueError("请写 https://name:password@host/path。(an address like this)")
    return address


def post_office(address: str) -> SplitResult:
    try:
        found = urlsplit(address)
        fine = (found.scheme or "smtp") in {"smtp", "smtp+tls", "smtps"} and found.port != 0
    except ValueError:
        fine = False
    if not fine or bool(address) != bool(found.hostname):
        raise ValueError("请写 smtp://name:password@host:25。(an address like this)")
    return found
