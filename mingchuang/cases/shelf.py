"""Photos on disk: outside the web root, under names nobody guesses, served only through a view.

ab/….jpg   the photos of submissions
new/…      a mark for each photo whose submission may never have been kept
aside/…    the photos of a form that came back, until it is sent again
"""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.crypto import constant_time_compare, salted_hmac

from mingchuang.cases.rules.photo import Photo, as_kept

NEW, ASIDE = "new", "aside"
NAME_ASIDE = re.compile(r"[0-9a-f]{64}")


def keep(jpeg: bytes) -> str:
    """Write a photo so that a power cut cannot take it, and return its path on the shelf.

    It carries a mark until `settle`: without a hook for what is rolled back, the mark is how
    a photo without a submission is found.
    """
    name = secrets.token_hex(16)
    _write(f"{NEW}/{name}", b"")
    path = _write(_path_of(name), jpeg)
    place = _place(path)
    for each in (place, place.parent, place.parent.parent):
        _wait_for_disk(each)
    return path


def doom(path: str) -> None:
    """Mark a photo that is being erased: should the power go before `drop`, it is still found."""
    if not storages["attachments"].exists(mark := f"{NEW}/{Path(path).stem}"):
        _write(mark, b"")


def settle(path: str) -> None:
    """Take the mark off: the submission of this photo is in the database."""
    storages["attachments"].delete(f"{NEW}/{Path(path).stem}")


def unsettled(*, before: datetime) -> Iterator[str]:
    """Yield the paths of photos still marked though they were written before this moment."""
    for mark in _older(NEW, before):
        yield _path_of(mark.name)


def read(path: str) -> bytes:
    """Return a photo's bytes; raises FileNotFoundError."""
    return _place(path).read_bytes()


def drop(path: str) -> None:
    """Remove a photo and its mark."""
    storages["attachments"].delete(path)
    settle(path)


def lay_aside(photo: Photo) -> str:
    """Keep a photo of a form that comes back; whoever sends its name again, sends the photo.

    The name is made of the photo and our secret: it cannot be guessed, and the same photo of
    a form that comes back often is written once.
    """
    name = _name_aside(photo.jpeg)
    if laid_aside(name) is None:
        storages["attachments"].delete(f"{ASIDE}/{name}")  # cut off half way
        _write(f"{ASIDE}/{name}", photo.jpeg)
    os.utime(_place(f"{ASIDE}/{name}"))
    return name


def laid_aside(name: str) -> Photo | None:
    """Return the photo laid aside under this name, if it is still there and whole."""
    if not NAME_ASIDE.fullmatch(name):
        return None
    try:
        jpeg = read(f"{ASIDE}/{name}")
    except FileNotFoundError:
        return None
    return as_kept(jpeg) if constant_time_compare(_name_aside(jpeg), name) else None


def clear_aside(*, before: datetime) -> None:
    """Throw away what was laid aside before this moment."""
    for photo in _older(ASIDE, before):
        photo.unlink(missing_ok=True)


def _name_aside(jpeg: bytes) -> str:
    return salted_hmac("mingchuang.cases.shelf", jpeg, algorithm="sha256").hexdigest()


def _path_of(name: str) -> str:
    return f"{name[:2]}/{name}.jpg"


def _place(path: str) -> Path:
    return Path(storages["attachments"].path(path))


def _write(path: str, content: bytes) -> str:
    return storages["attachments"].save(path, ContentFile(content))


def _older(folder: str, before: datetime) -> Iterator[Path]:
    place = _place(folder)
    for each in list(place.iterdir()) if place.is_dir() else ():
        try:
            written = each.stat().st_mtime
        except FileNotFoundError:  # its submission has just been kept
            continue
        if written < before.timestamp():
            yield each


def _wait_for_disk(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
