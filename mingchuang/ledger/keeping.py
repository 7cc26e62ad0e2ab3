"""Checkpoints kept outside of the database, in MINGCHUANG_HOME/checkpoints.

Whoever cuts off, rewrites or restores the database leaves this file as it was, so it tells.
"""

import os
import re
from pathlib import Path

from django.conf import settings

from mingchuang.ledger.models import Checkpoint

NOTE = re.compile(r"^[^\n]+\n\d+\n[^\n]+\n\n(?:— [^\n]+\n)+", re.MULTILINE)
# Longer than any note we write: the newest one is found without reading what stands before it.
TAIL = 4096


def kept_notes() -> list[str]:
    """Return every note of this ledger that was kept, in the order of keeping."""
    return _notes(_content(0))


def newest_kept() -> str:
    """Return the note that was kept last; empty while there is none."""
    return (_notes(_content(TAIL)) or [""])[-1]


def keep_newest() -> None:
    """Keep our newest checkpoint, unless that is done or a longer one is kept already."""
    newest, kept = Checkpoint.objects.order_by("size").last(), newest_kept()
    if newest and newest.size > _size(kept):
        _append(newest.note)


def _file() -> Path:
    return Path(settings.HOME) / "checkpoints"


def _append(note: str) -> None:
    """Add one note and wait until it is on the disk.

    Nothing is ever thinned out: 200 bytes for each sealing are a few megabytes a year, and a file
    that is only appended to can be made so by the system (chattr +a), or copied as it grows.
    """
    with _file().open("a", encoding="utf-8") as file:
        file.write(f"\n{note}")
        file.flush()
        os.fsync(file.fileno())


def _content(tail: int) -> str:
    """Return the text of the file, or of its last `tail` bytes."""
    try:
        with _file().open("rb") as file:
            file.seek(max(0, os.path.getsize(file.fileno()) - tail) if tail else 0)
            return file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""


def _notes(text: str) -> list[str]:
    """Return the whole notes in this text; those under another name are of another book."""
    notes = NOTE.findall(text)
    return [note for note in notes if note.partition("\n")[0] == settings.LEDGER_ORIGIN]


def _size(note: str) -> int:
    return int(note.split("\n")[1]) if note else 0
