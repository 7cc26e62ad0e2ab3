"""Minutes: who writes them, what they hold, and what they still lack."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from mingchuang.base.errors import NotFound
from mingchuang.cases import shelf
from mingchuang.cases.rules.photo import Photo, as_kept
from mingchuang.council.models import Confirmation, Minutes, Shot, Sitting, Topic
from mingchuang.council.queries.recorded import Record, as_read, body_of
from mingchuang.council.queries.sittings import (
    public_sitting,
    sitting_convened_by,
    sitting_for,
)
from mingchuang.council.queries.topics import lock_topics
from mingchuang.council.rules.minutes import Reading, Stage
from mingchuang.people.models import Person

# So many photos go into a file that is sent around.
MOST_PHOTOS = 20
# What somebody wanted otherwise who is forgotten since (salt) cannot be read, nor answered.
WAITS = Q(reading=Reading.CORRECTED, is_taken_in=None) & ~Q(stakeholder__salt=b"")


def minutes_of(sitting: Sitting) -> Minutes:
    """Return the minutes of a sitting that was opened."""
    written = Minutes.objects.filter(sitting=sitting).first()
    if written is None:
        raise NotFound
    written.sitting = sitting
    return written


def minutes_written_by(person: Person, number: str, n: int) -> Minutes:
    """Return the minutes of a sitting this person convenes, with its topic locked."""
    return minutes_of(sitting_convened_by(person, number, n, lock=True))


def unanswered(written: Minutes) -> int:
    """Return how many corrections nobody has answered."""
    return written.confirmations.filter(WAITS).count()


def freezable(now: datetime) -> Minutes | None:
    """Return minutes whose window is over and whose corrections are answered, locked."""
    waits = Confirmation.objects.filter(WAITS, minutes=OuterRef("pk"))
    over = Minutes.objects.filter(~Exists(waits), stage=Stage.OUT, until__lte=now)
    found = over.select_related("sitting__topic__unit").first()
    if found is None:
        return None
    lock_topics(Topic.objects.filter(pk=found.sitting.topic_id))
    return over.filter(pk=found.pk).select_related("sitting__topic__unit").first()


def lacking(written: Minutes) -> Sequence[str]:
    """Return what these minutes do not say yet, in words."""
    wanted = (
        (_("发言"), written.statements.exists()),
        (_("会议结果"), bool(written.outcome)),
    )
    return [name for name, is_there in wanted if not is_there]


def record_of(written: Minutes) -> Record:
    """Return what the minutes say: a draft, what stands there now; frozen, the very text."""
    if written.is_draft:
        return body_of(written)
    if written.is_out:
        return as_read(written)
    frozen: Record = json.loads(written.body)
    return frozen


def minutes_if_any(sitting: Sitting) -> Minutes | None:
    """Return the minutes of a sitting, where it was opened."""
    written = Minutes.objects.filter(sitting=sitting).first()
    if written is not None:
        written.sitting = sitting
    return written


def waiting_corrections(sitting: Sitting) -> Sequence[Confirmation]:
    """Return what readers would have otherwise and nobody has answered."""
    said = Confirmation.objects.filter(WAITS, minutes__sitting=sitting)
    return list(said.select_related("stakeholder", "statement"))


def minutes_shown_to(person: "Person | AnonymousUser", number: str, n: int) -> Minutes:
    """Return minutes this reader may see: everybody once they are frozen, before that the staff
    who may read the topic."""
    if isinstance(person, Person):
        try:
            return minutes_of(sitting_for(person, number, n))
        except NotFound:
            pass
    written = minutes_of(public_sitting(number, n))
    if not written.is_frozen:
        raise NotFound
    return written


def photos_of(written: Minutes) -> dict[int, Photo]:
    """Return the first photos of these minutes by their numbers, as far as they are kept."""
    found = {}
    kept = written.shots.filter(picture__erased_at=None).select_related("picture")
    for shot in kept[:MOST_PHOTOS]:
        with suppress(FileNotFoundError):
            found[shot.number] = as_kept(shelf.read(shot.picture.path))
    return found


def shot_of(written: Minutes, number: int) -> Shot:
    """Return a photo of these minutes."""
    shot = written.shots.filter(number=number).select_related("picture").first()
    if shot is None:
        raise NotFound
    return shot
