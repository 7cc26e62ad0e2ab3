"""The keys this installation owns: made at first start, readable by its owner only."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import mkstemp


def key_file(folder: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """Return the bytes of the key `name` under `folder`, making it once if it is missing.

    The file has permissions 0600 and its folder 0700. Processes and threads that start
    together agree: whoever creates the file first decides, the others read it.
    """
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _create(path, make())
    return path.read_bytes()


def _create(path: Path, content: bytes) -> None:
    """Let the file appear complete or not at all: written aside, then linked in place."""
    descriptor, aside = mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(aside)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Wait until the folder itself is on the disk: what a lost key has made fits no other."""
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
