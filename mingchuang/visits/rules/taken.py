"""What lines and windows were for at any moment, from what the ledger tells of them. Pure.

An entry tells what holds from then on; whether it was a change says what held before it.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

NOTHING: frozenset[int] = frozenset()


class Kind(StrEnum):
    """What an entry says: so it is and was, so it is from now on, now it begins, now it ends."""

    STATES = "states"
    CHANGES = "changes"
    BEGINS = "begins"
    ENDS = "ends"


class Telling(NamedTuple):
    """One entry of a line or window, and the service items it tells; None: it tells none."""

    pk: int
    of: str
    kind: Kind
    items: frozenset[int] | None


class Taken(NamedTuple):
    """What a line or window is for from this entry on; None: nobody can tell."""

    pk: int
    of: str
    items: frozenset[int] | None


def taken(
    tellings: Sequence[Telling], now: Mapping[str, frozenset[int]]
) -> tuple[dict[str, frozenset[int] | None], list[Taken]]:
    """Return what each was for before anything was told, and what from each telling on; `now` is
    what they are for today. Where an entry tells no items, a later one does, or today."""
    known: dict[str, frozenset[int] | None] = dict(now)
    found = []
    for one in reversed(tellings):
        items = known.get(one.of) if one.items is None else one.items
        found.append(Taken(one.pk, one.of, NOTHING if one.kind is Kind.ENDS else items))
        known[one.of] = {Kind.BEGINS: NOTHING, Kind.CHANGES: None}.get(one.kind, items)
    return known, found[::-1]
