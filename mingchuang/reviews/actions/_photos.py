"""Photos of this room: on disk before the database speaks of them, gone once it has let go."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import TypedDict

from django.db import transaction

from mingchuang.cases import shelf
from mingchuang.cases.rules.photo import Photo
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.reviews.models import Shot, ThanksPhoto


class Shelved(TypedDict):
    """What the row of a photo says of its file."""

    path: str
    sha256: str
    width: int
    height: int


def shelved(photo: Photo) -> Shelved:
    """Write a photo on the shelf; it stays once its row does."""
    path = shelf.keep(photo.jpeg)
    transaction.on_commit(partial(shelf.settle, path), robust=True)
    return {
        "path": path,
        "sha256": sha256(photo.jpeg).hexdigest(),
        "width": photo.width,
        "height": photo.height,
    }


def forget_photo(
    photo: Shot | ThanksPhoto, subject: str, why: Mapping[str, JSON], *, at: datetime
) -> None:
    """Forget a photo, and tell so where it belongs; that there was one, and its hash, stays."""
    photo.erased_at = at
    photo.save(update_fields=["erased_at"])
    record("photo.erased", subject, at=at, digest="", **{"photo": photo.fingerprint, **why})
    shelf.doom(photo.path)
    transaction.on_commit(partial(shelf.drop, photo.path), robust=True)
