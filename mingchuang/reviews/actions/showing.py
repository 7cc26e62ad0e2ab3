"""Good words are read by everybody once the reviewing office looked them over, and no longer than
they should be."""

from datetime import datetime

from django.db import transaction

from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.reviews.errors import NotShown, ShownAlready
from mingchuang.reviews.models import Showing
from mingchuang.reviews.queries.showing import shown_of, words_for


@transaction.atomic
def publish_words(handle: str, shown: str, *, by: Person, at: datetime) -> Showing:
    """Let everybody read good words as they were settled here; who wrote them agreed to it."""
    rating = words_for(by, handle, lock=True)
    if shown_of(rating):
        raise ShownAlready
    showing = Showing(rating=rating, shown=shown.strip(), by=by, at=at)
    told = {"digest": showing.digest, "by": by.badge}
    showing.entry = record("showing.published", showing.subject, at=at, **told)
    showing.save()
    return showing


@transaction.atomic
def take_words_down(handle: str, *, by: Person, at: datetime) -> Showing:
    """Let nobody read them any more; they may be settled anew."""
    showing = shown_of(words_for(by, handle, lock=True))
    if showing is None:
        raise NotShown
    showing.down_at = at
    showing.save(update_fields=["down_at"])
    record("showing.unpublished", showing.subject, at=at, by=by.badge)
    return showing
