"""Who was served at a window: a call alone is no service, and only who was served may rate."""

from django.db.models import Q

from mingchuang.hall.models import Window
from mingchuang.ledger.queries import entries_of
from mingchuang.visits.models import Visit
from mingchuang.visits.rules.life import State

SERVED = Q(started_at__isnull=False) | Q(state=State.FINISHED)


def was_served(visit: Visit, window: Window) -> bool:
    """Say whether this window began with them; who was passed on was served there all the same."""
    if visit.window_id == window.pk and visit.started_at is not None:
        return True
    begun = entries_of(visit.subject).filter(verb="visit.started", facts__window=window.subject)
    return begun.exists()
