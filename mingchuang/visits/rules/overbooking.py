"""How many more bookings a line takes because some never come. Pure.

The newsvendor rule (Arrow, Harris & Marschak 1951): one booking more is taken as long as the place
it fills is worth more than the wait it brings where everybody comes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TypeAlias

from mingchuang.visits.rules.slots import Planned

# A place left empty weighs one, somebody who has to wait for lack of a place three; all of these
# are our own choice, and so is how much of the past of a line counts before it is believed.
IDLE, OVER = 1.0, 3.0
MOST = 15
BELIEVED = 30.0
# Of a hall nothing is known of: nineteen of twenty come.
GUESS = 0.95
# Who books so many days ahead comes less often the longer it is.
LEADS = (0, 2, 7, 14)


@dataclass(frozen=True)
class Came:
    """Of so many who booked so many came."""

    booked: int = 0
    came: int = 0

    def __add__(self, other: "Came") -> "Came":
        return Came(self.booked + other.booked, self.came + other.came)


# Of each line, by how many days ahead they booked.
Past: TypeAlias = Mapping[tuple[int, int], Came]


def overbooked(places: int, shows: float, *, idle: float = IDLE, over: float = OVER) -> int:
    """Return how many bookings to take for so many places where each comes with this chance: the
    fewest B at which P(Bin(B, shows) ≥ places) reaches idle / (over + idle), no more than 15 %
    above the places."""
    most, enough = places + places * MOST // 100, idle / (over + idle)
    # The last of those who fill the places is the one booked as number B: negative binomial.
    chance = shows**places
    filled, many = chance, places
    while filled < enough and many < most:
        chance *= (1 - shows) * many / (many - places + 1)
        many += 1
        filled += chance
    return many


def with_extra(slots: Sequence[Planned], shows: float) -> list[Planned]:
    """Return the slots of a day with what they take more; who is too many waits for a later one,
    so that all places of the day until then are looked at together."""
    held = accumulate((slot.capacity for slot in slots), initial=0)
    taken = [overbooked(places, shows) for places in held]
    return [
        replace(slot, capacity=after - before, extra=after - before - slot.capacity)
        for slot, (before, after) in zip(slots, pairwise(taken), strict=True)
    ]


def shows_of(past: Past, line: int, ahead: int) -> float:
    """Return how likely somebody comes who books this line so many days ahead or more.

    Few tell little: what is seen of them is drawn towards those who booked the line later, these
    towards the other lines of the hall, and these towards a guess, each by the mean of a Beta
    distribution. Nobody is counted twice.
    """
    begins = max(lead for lead in LEADS if lead <= ahead)
    seen = [Came(), Came(), Came()]
    for (one, lead), came in past.items():
        nearness = int(one == line) + int(one == line and lead >= begins)
        seen[nearness] += came
    shows = GUESS
    for some in seen:
        shows = (some.came + BELIEVED * shows) / (some.booked + BELIEVED)
    return shows
