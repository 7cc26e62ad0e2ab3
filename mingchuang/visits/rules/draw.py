"""A draw that anybody can make again: nobody chooses its outcome, and everybody can check it. Pure.

A secret seed is committed to before anybody signs up. The list is written down once it is closed;
only then comes the beacon into being, the root of the first checkpoint over the ledger in which
the list stands. Who knows the seed does not know the beacon, and the list is fixed before it. The
order is that of SHA-256(seed|beacon|mark): a mark is the SHA-256 of somebody's secret code, so
that each finds their own and nobody finds another's.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from mingchuang.visits.rules.standby import Free, Part, Wanted, halves_of, handed_out

S = TypeVar("S")


class Entrant(NamedTuple):
    """Somebody who signed up, as the public list names them."""

    mark: str
    persons: int
    part: Part


class Outcome(NamedTuple, Generic[S]):
    """The entrants in the order drawn, and the slot of each who has a place."""

    order: Sequence[Entrant]
    slots: dict[str, S]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def mark_of(code: str) -> str:
    """Return what stands on the public list for whoever holds this code."""
    return sha256(code)


def listed(entrants: Iterable[Entrant]) -> str:
    """Return the public list: one line each, sorted, so that it says nothing of who came first."""
    return "".join(f"{one.mark} {one.persons} {one.part.value}\n" for one in sorted(entrants))


def lot_of(mark: str, *, seed: str, beacon: str) -> str:
    """Return the lot of an entrant: the lower one is drawn first."""
    return sha256(f"{seed}|{beacon}|{mark}")


def drawn(entrants: Iterable[Entrant], *, seed: str, beacon: str) -> list[Entrant]:
    """Return the entrants in the order in which they are drawn."""
    return sorted(entrants, key=lambda one: lot_of(one.mark, seed=seed, beacon=beacon))


def outcome(
    entrants: Iterable[Entrant], free: Iterable[Free[S]], *, quota: int, seed: str, beacon: str
) -> Outcome[S]:
    """Draw: each in turn gets the earliest slot that holds them all, in the half of the day they
    like where it does, else in the other; a group that does not fit is passed over."""
    order = drawn(entrants, seed=seed, beacon=beacon)
    wanted = [Wanted(one.mark, one.persons, halves_of(one.part)) for one in order]
    return Outcome(order, handed_out(wanted, free, most=quota))


class Stage(StrEnum):
    """How far a release is."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    DRAWN = "drawn"


def stage_of(since: datetime, until: datetime, drawn_at: datetime | None, now: datetime) -> Stage:
    if drawn_at is not None:
        return Stage.DRAWN
    if now < since:
        return Stage.COMING
    return Stage.OPEN if now < until else Stage.CLOSED
