"""Photos of inspections, and a hall over time, for whoever may see them."""

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Site
from mingchuang.people.models import Person
from mingchuang.reviews.models import Inspection, Shot
from mingchuang.reviews.queries.inspections import (
    inspection_for,
    inspections_of,
    reads_marks,
    rights,
)
from mingchuang.reviews.rules.inspections import State


def shot_for(person: Person, pk: int) -> Shot:
    """Return a photo of an inspection this person may see."""
    shot = Shot.objects.filter(pk=pk, erased_at=None).select_related("mark").first()
    if shot is None:
        raise NotFound
    found = inspection_for(person, shot.mark.inspection_id)
    if not reads_marks(person, rights(person), found):
        raise NotFound
    return shot


def is_shot(path: str) -> bool:
    """Say whether a photo on the shelf belongs to an inspection."""
    return Shot.objects.filter(path=path, erased_at=None).exists()


def trend_of(person: Person, site: str) -> tuple[Site, list[Inspection]]:
    """Return a hall and its inspections that stand and this person may see, the oldest first."""
    place = Site.objects.filter(code=site).first()
    if place is None:
        raise NotFound
    seen = inspections_of(person, rights(person)).filter(site=place)
    found = list(seen.filter(state=State.FINISHED).order_by("finished_at", "pk"))
    if not found:
        raise NotFound
    return place, found
