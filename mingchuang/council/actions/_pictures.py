"""A photo is on disk before the database speaks of it."""

from datetime import datetime
from functools import partial
from hashlib import sha256

from django.db import transaction

from mingchuang.cases import shelf
from mingchuang.cases.rules.photo import Photo
from mingchuang.council.models import Picture, Stakeholder, Topic
from mingchuang.people.models import Person


def keep_picture(
    topic: Topic, photo: Photo, *, of: Stakeholder | None = None, by: Person | None, at: datetime
) -> Picture:
    """Keep a photo with its topic; whoever uses it writes its hash in the book. A paper somebody
    signed is `of` them as long as it exists."""
    path = shelf.keep(photo.jpeg)
    picture = Picture.objects.create(
        topic=topic,
        of=of,
        path=path,
        sha256=sha256(photo.jpeg).hexdigest(),
        size=len(photo.jpeg),
        width=photo.width,
        height=photo.height,
        by=by,
        at=at,
    )
    transaction.on_commit(partial(shelf.settle, path), robust=True)
    return picture
