"""Photos of a submission: on disk before the database speaks of them (promise P1)."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from django.db import transaction

from mingchuang.cases import shelf
from mingchuang.cases.actions._steps import tell
from mingchuang.cases.errors import TooManyPhotos
from mingchuang.cases.models.submission import Attachment, Submission
from mingchuang.cases.rules.photo import MOST_IN_ALL, Photo

# No request lasts as long; and whoever has not sent a form again by then has gone home.
SETTLED_AFTER = timedelta(hours=1)
KEPT_ASIDE = timedelta(hours=12)


@transaction.atomic
def keep_photos(
    submission: Submission, photos: Iterable[Photo], *, at: datetime, most: int = MOST_IN_ALL
) -> None:
    """Keep each photo with its submission; those of a confidential one wait to be cleared.

    Raises TooManyPhotos beyond what one submission may hold.
    """
    new = tuple(photos)
    kept = submission.attachments.count() if new else 0
    if kept + len(new) > most:
        raise TooManyPhotos(most=most, kept=kept)
    for photo in new:
        path = shelf.keep(photo.jpeg)
        attachment = Attachment(
            submission=submission,
            path=path,
            sha256=sha256(photo.jpeg).hexdigest(),
            size=len(photo.jpeg),
            width=photo.width,
            height=photo.height,
            cleared=not submission.confidential,
            at=at,
        )
        tell(attachment, "photo.kept", submission.case, at=at, submission=submission.number)
        transaction.on_commit(partial(shelf.settle, path), robust=True)


@transaction.atomic
def tidy_photos(*, at: datetime, held: Callable[[str], bool] = lambda _path: False) -> None:
    """Remove photos of submissions that never came to be, photos erased when the power went, and
    those of forms never sent again; `held` says which photo a room above keeps.

    Nobody notices, except who sends a form half a day later: it says which photos are missing.
    """
    for path in shelf.unsettled(before=at - SETTLED_AFTER):
        if Attachment.objects.exclude(salt=b"").filter(path=path).exists() or held(path):
            shelf.settle(path)
        else:
            shelf.drop(path)
    shelf.clear_aside(before=at - KEPT_ASIDE)
