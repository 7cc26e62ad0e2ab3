"""How much of a slot a booking takes. Pure."""

from collections.abc import Collection

# Who comes together under one booking.
MOST_PERSONS = 20


def places_for(persons: int, items: Collection[int], line: Collection[int]) -> int:
    """Return how many places of a slot it takes: each person, each thing to be done in its line.

    What other lines of the same site do is done by passing the visit on. Who names nothing comes
    for one thing; 0 where the line does nothing of what was named.
    """
    return persons * len(set(items) & set(line)) if items else persons
