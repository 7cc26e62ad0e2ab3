"""When enough people are in the room, those who object among them. Pure.

How many is a matter of local rules, and stands with each sitting. These are the figures it begins
with: more than half of the seats, as a residents' meeting has it, and of those who object as many
as a roster must hold.
"""

from collections.abc import Sequence
from typing import NamedTuple

from mingchuang.council.rules.lottery.terms import LEAST_OPPONENTS

# What is usual, at the lottery and in the room; two at the least, as a roster seats them.
USUAL_SHARE = 30


class Bar(NamedTuple):
    """What a sitting asks for, in per cent of the seats of its roster."""

    seats_percent: int = 50
    opponents_percent: int = USUAL_SHARE
    opponents_least: int = LEAST_OPPONENTS


class Counted(NamedTuple):
    """How many seats were drawn, how many of them for opponents, and who of these is in the room.
    Who only listens is heard, and makes nothing enough."""

    seats: int
    seats_present: int
    opponents: int
    opponents_present: int


def fewest(counts: Sequence[Counted]) -> Counted:
    """Return how few were there at any of several votes."""
    seats, _, opponents, _ = counts[0]
    there = [one.seats_present for one in counts], [one.opponents_present for one in counts]
    return Counted(seats, min(there[0]), opponents, min(there[1]))


class Quorum(NamedTuple):
    """What is needed, and what there is."""

    seats_needed: int
    seats_present: int
    opponents_needed: int
    opponents_present: int

    @property
    def seats_missing(self) -> int:
        return max(0, self.seats_needed - self.seats_present)

    @property
    def opponents_missing(self) -> int:
        return max(0, self.opponents_needed - self.opponents_present)

    @property
    def is_met(self) -> bool:
        return not self.seats_missing and not self.opponents_missing


def asks_for_too_few(bar: Bar) -> bool:
    """Say whether fewer opponents would be enough than any roster must seat."""
    return bar.opponents_least < LEAST_OPPONENTS


def seats_needed(bar: Bar, seats: int) -> int:
    """Return how many seats must be filled: more than so many per cent, and never none."""
    return seats * bar.seats_percent // 100 + 1


def opponents_needed(bar: Bar, *, seats: int, opponents: int) -> int:
    """Return how many opponents must be there: at least their share, or all if they are fewer."""
    share = -(-seats * bar.opponents_percent // 100)
    return min(opponents, max(bar.opponents_least, share))


def quorum_of(bar: Bar, counted: Counted) -> Quorum:
    """Say what a sitting needs and what it has at this moment."""
    return Quorum(
        seats_needed(bar, counted.seats),
        counted.seats_present,
        opponents_needed(bar, seats=counted.seats, opponents=counted.opponents),
        counted.opponents_present,
    )
