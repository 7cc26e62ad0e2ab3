"""Photos of the council: which there are, and who may look at them."""

from mingchuang.base.errors import NotFound
from mingchuang.council.models import Picture
from mingchuang.council.queries.topics import topics_of
from mingchuang.people.models import Person


def is_pictured(path: str) -> bool:
    """Say whether a photo on the shelf belongs to the council."""
    return Picture.objects.filter(path=path, erased_at=None).exists()


def picture_for(person: Person, pk: int) -> Picture:
    """Return a photo of a topic this person may read."""
    picture = Picture.objects.filter(topic__in=topics_of(person), pk=pk, erased_at=None).first()
    if picture is None:
        raise NotFound
    return picture
