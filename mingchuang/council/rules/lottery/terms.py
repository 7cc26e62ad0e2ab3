"""What a council may ask of every lottery: turns that go round, opponents in the room. Pure."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from mingchuang.council.rules.lottery.pool import Fault, Person, Quota

LEAST_WEIGHT, MONTHS = Fraction(1, 4), 24
# Who sat in these last months sits out.
REST_MONTHS = 3
LEAST_OPPONENTS = 2


def months_before(at: datetime, months: int) -> datetime:
    """Return the same day and time so many months earlier, or the last day of a shorter month."""
    year, month = divmod(12 * at.year + at.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    return at.replace(year=year, month=month + 1, day=min(at.day, last))


def rotation_weight(sittings: int) -> Fraction:
    """Return the weight of who sat so often in the last MONTHS: 1/(1 + n), at least 1/4."""
    return max(LEAST_WEIGHT, Fraction(1, 1 + sittings))


def opponents_quota(
    category: str, feature: str, *, of_pool: int, size: int, share: Fraction
) -> Quota:
    """Return the quota that seats opponents: max(2, share · size), or all where they are fewer."""
    least = max(LEAST_OPPONENTS, -(-share.numerator * size // share.denominator))
    return Quota(category, feature, min(least, of_pool, size), size)


def faults_of_terms(people: Sequence[Person], size: int, musts: Mapping[str, str]) -> list[Fault]:
    """Return why these people cannot be asked for a panel of this size with these must-ins."""
    known = {one.id: one for one in people}
    if strangers := [Fault("unknown_must", text=one) for one in musts if one not in known]:
        return strangers
    homes: dict[str, str] = {}
    for one in musts:
        home = known[one].household
        if home and home in homes:
            return [Fault("must_homes", text=f"{homes[home]}、{one}")]
        homes[home] = one
    if size > len(people):
        return [Fault("too_few", text=str(len(people)))]
    drawn = [one for one in people if one.weight and one.id not in musts]
    free = {one.household for one in drawn if one.household} - homes.keys()
    alone = any(not one.household for one in drawn)
    return [Fault("nothing_to_draw")] if len(musts) >= size or not (free or alone) else []
