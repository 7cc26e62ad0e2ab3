"""Past visits of an invented hall, always the same."""

from datetime import datetime, timedelta
from random import Random

from mingchuang.visits.rules.past import GREEN, ORDINARY, PastVisit

MIDNIGHT = datetime(2026, 3, 2)
# Visitors of a mean half hour, from nine on; nobody comes at noon.
MORNING_AND_AFTERNOON = (10, 16, 12, 8, 0, 0, 9, 12, 6)


def a_visit(minute: float, *, day: int = 0, takes: float = 6.0, **given: object) -> PastVisit:
    """Somebody who came at that minute of the day and was called at once."""
    came = MIDNIGHT + timedelta(days=day, minutes=minute)
    return PastVisit(came, came, came + timedelta(minutes=takes), **given)  # type: ignore[arg-type]


def past_days(days: int = 10, *, busy: float = 1.0, seed: int = 1) -> list[PastVisit]:
    """So many days of a hall where one in eight is green and takes half as long again, and one in
    five is booked."""
    dice = Random(seed)
    return [
        a_visit(
            540 + 30 * half + dice.uniform(0, 30),
            day=day,
            takes=dice.gammavariate(2, 4.5 if green else 3.0),
            kind=GREEN if green else ORDINARY,
            booked=dice.random() < 0.2,
        )
        for day in range(days)
        for half, mean in enumerate(MORNING_AND_AFTERNOON)
        for _ in range(round(mean * busy * dice.uniform(0.6, 1.4)))
        for green in [dice.random() < 0.125]
    ]
