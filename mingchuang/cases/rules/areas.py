"""Which area of the town a place belongs to, by the names people use for it."""

from collections.abc import Iterable

LONGEST_AREA = 80


def area_in(place: str, text: str, known: Iterable[str]) -> str:
    """Return the longest known area that is named in the place, else in the text, else nothing.

    The longest one is the most exact: 舟山里东区 rather than 舟山里.
    """
    named = sorted((name for name in known if name), key=lambda name: (-len(name), name))
    return next((name for where in (place, text) for name in named if name in where), "")
