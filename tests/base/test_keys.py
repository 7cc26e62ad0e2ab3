"""The keys of an installation: made once, whoever asks first, and readable by its owner only."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from mingchuang.base.keys import key_file


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = key_file(tmp_path / "keys", "index", lambda: b"first")

    again = key_file(tmp_path / "keys", "index", lambda: b"second")

    assert first == again == b"first"


def test_only_its_owner_may_read_a_key(tmp_path: Path) -> None:
    key_file(tmp_path / "keys", "index", lambda: b"first")

    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / "index").stat().st_mode & 0o777 == 0o600


def test_threads_that_ask_at_once_agree_on_one_key(tmp_path: Path) -> None:
    together = Barrier(16)

    def ask(_n: int) -> bytes:
        together.wait()
        return key_file(tmp_path, "index", lambda: secrets.token_bytes(32))

    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(ask, range(16)))

    assert keys == {(tmp_path / "index").read_bytes()}
    assert [file.name for file in tmp_path.iterdir()] == ["index"]
