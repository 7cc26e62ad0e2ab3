"""Photos on disk: outside the web root, unguessable names, served only through a view."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from mingchuang.cases.actions._steps import tell
from mingchuang.cases.models.submission import Attachment, Submission
from mingchuang.cases.rules.photo import Photo


@transaction.atomic
def keep_photos(submission: Submission, photos: Iterable[Photo], *, at: datetime) -> None:
    """Keep each photo with its submission; those of a confidential one wait to be cleared."""
    for photo in photos:
        name = secrets.token_hex(16)
        path = storages["attachments"].save(f"{name[:2]}/{name}.jpg", ContentFile(photo.jpeg))
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
