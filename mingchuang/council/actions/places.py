"""Places that a survey found, from a workbook; one of the same name is put right."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingchuang.council.actions._steps import must_be_proposed, next_number, tell_changed
from mingchuang.council.errors.topics import TooManyPlaces
from mingchuang.council.models import Place, Topic
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.council.rules.proposing import MOST_PLACES, Surveyed
from mingchuang.people.models import Person


@transaction.atomic
def import_places(
    number: str, found: Sequence[Surveyed], *, by: Person, at: datetime
) -> Counter[str]:
    """Write down what a survey found, until the topic is opened; of two rows of one name the last
    counts. Return how many were added, corrected, and said the same."""
    topic = topic_convened_by(by, number, lock=True)
    must_be_proposed(topic)
    known = {place.name: place for place in topic.places.all()}
    wanted = {place.name: place for place in found}
    if len(known | wanted) > MOST_PLACES:
        raise TooManyPlaces(most=MOST_PLACES)
    told: Counter[str] = Counter()
    for place in wanted.values():
        told[_kept(topic, known.get(place.name), place)] += 1
    if told["added"] or told["corrected"]:
        topic.origin = "case" if topic.from_case_id else "survey"
        topic.save(update_fields=["origin"])
        tell_changed(topic, by=by, at=at)
    return told


def _kept(topic: Topic, known: Place | None, place: Surveyed) -> str:
    if known is None:
        Place.objects.create(topic=topic, number=next_number(topic.places), **place._asdict())
        return "added"
    if (known.many, known.note) == (place.many, place.note):
        return "same"
    known.many, known.note = place.many, place.note
    known.save(update_fields=["many", "note"])
    return "corrected"
