"""What whoever joins a line is told of their wait, written down with it: we are measured by it."""

from datetime import datetime
from math import isnan

from mingchuang.ledger.actions import record
from mingchuang.visits.models import Forecast, Visit
from mingchuang.visits.queries.forecasts import said_of
from mingchuang.visits.rules.forecast.kept import kept


def tell(visit: Visit, *, at: datetime) -> Forecast:
    """Tell a visit that has just joined its line, and is ours until the end of the transaction."""
    said = said_of((visit.line_id, bool(visit.green)), at, visit)
    delay = said.moment.delay
    told = Forecast.objects.create(
        visit=visit,
        line=visit.line,
        day=visit.day,
        at=at,
        ahead=said.moment.ahead,
        low=said.low,
        middle=said.middle,
        high=said.high,
        by=said.by,
        les=None if isnan(delay) else delay,
        known=kept(said),
    )
    wait = told.wait
    record("visit.told", visit.subject, at=at, about=wait.middle, rarely_over=wait.high)
    return told
