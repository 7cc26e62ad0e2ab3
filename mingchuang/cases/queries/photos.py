"""Which photos somebody may look at. Papers of the people on a list are for who handles it."""

from django.db.models import QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.models.submission import Attachment
from mingchuang.cases.queries.batches import is_close
from mingchuang.cases.queries.desk import case_for, may_reveal
from mingchuang.cases.queries.receipts import submission_for
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of


def photos_of_the_case() -> "QuerySet[Attachment]":
    """Return the photos that belong on the page of a case: no paper of somebody on a list."""
    return Attachment.objects.filter(papers__isnull=True)


def standing_photos() -> "QuerySet[Attachment]":
    """Return the photos that were not erased."""
    return Attachment.objects.exclude(salt=b"")


def photo_for(person: Person, pk: int) -> Attachment:
    """Return a photo this person may look at; an uncleared one only where it came in."""
    try:
        photo = standing_photos().select_related("submission__case").get(pk=pk)
    except Attachment.DoesNotExist:
        raise NotFound from None
    photo.submission.case = case_for(person, photo.submission.case.number)
    batch = Batch.objects.filter(people__papers__photos=photo).select_related("case").first()
    if batch and not is_close(person, batch):
        raise NotFound
    if not photo.cleared and not may_reveal(scope_of(person), photo.submission):
        raise NotFound
    return photo


def own_photo(number: str, code: str, pk: int) -> Attachment:
    """Return a photo of one's own submission."""
    photo = standing_photos().filter(submission=submission_for(number, code), pk=pk).first()
    if photo is None:
        raise NotFound
    return photo
