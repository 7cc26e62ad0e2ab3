"""What a clerk says at the window in one go, though it is two steps of a visit's life."""

from datetime import datetime

from django.db import transaction

from mingchuang.visits.actions._window import AtWindow, at_window
from mingchuang.visits.actions.calling import skip
from mingchuang.visits.actions.passing import miss
from mingchuang.visits.models import Visit


@transaction.atomic
@at_window
def give_up(here: AtWindow, *, at: datetime) -> Visit:
    """Say that who was called is not here; they are passed over and called no more."""
    by = here.desk.person
    return miss(skip(by=by, at=at).pk, by=by, at=at)
