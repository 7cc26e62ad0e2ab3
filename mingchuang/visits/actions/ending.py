"""The end of a day: whatever it left open is closed, and nobody sits at a window overnight."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import attrgetter

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.ledger.actions import Past, record_past
from mingchuang.visits.models import Desk, Visit
from mingchuang.visits.queries.ending import desks_left_on, visits_left_open
from mingchuang.visits.rules.life import LEFT_OPEN, LIFE, State

# A day ends in the middle of the night: who works past midnight is not interrupted.
NIGHT = timedelta(hours=3)
SLICE = 500


@transaction.atomic
def end_day(*, at: datetime, many: int = SLICE) -> int:
    """Close what earlier days have left open, a slice at a time; say how much was closed.

    Who never came, or went, has missed it; who was at a window is done. Entries of the night name
    nobody: by that they are known from what a clerk has done.
    """
    today = localdate(at - NIGHT)
    # Desks before visits, as a clerk holds them; and desks end only where no visit is left.
    desks, visits = desks_left_on(today, many), visits_left_open(today, many)
    desks = [] if len(visits) == many else desks
    for end in (State.MISSED, State.FINISHED):
        ending = [visit.pk for visit in visits if _end_of(visit) == end]
        Visit.objects.filter(pk__in=ending).update(state=end, ended_at=at)
    Desk.objects.filter(pk__in=map(attrgetter("pk"), desks)).update(until=at, away_since=None)
    told = [*_steps(visits, at), *_leaving(desks, at)]
    record_past(told, at=at)
    return len(visits) + len(desks)


def _end_of(visit: Visit) -> State:
    return LIFE[LEFT_OPEN[State(visit.state)][-1]].end


def _steps(visits: list[Visit], at: datetime) -> Iterator[Past]:
    for visit in visits:
        for verb in LEFT_OPEN[State(visit.state)]:
            yield Past(verb, visit.subject, at, "", {})


def _leaving(desks: list[Desk], at: datetime) -> Iterator[Past]:
    for desk in desks:
        yield Past("desk.signed_off", desk.window.subject, at, "", {})
