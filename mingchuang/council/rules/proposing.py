"""A topic as a convenor types it: one option a line, one place a line. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

# One way is no choice.
FEWEST_OPTIONS = 2
MOST_OPTIONS, MOST_PLACES = 12, 200
LONGEST_NAME, LONGEST_NOTE, LARGEST = 80, 200, 99_999
PARTS = re.compile(r"\s*[,，;；\t]\s*")


class Surveyed(NamedTuple):
    """One place found by a survey."""

    name: str
    many: int = 1
    note: str = ""


class Proposed(NamedTuple):
    """What is to be talked about, as the convenor writes it for everybody to read."""

    title: str
    background: str
    options: Sequence[str]
    place: str = ""
    legal: str = "deliberation"
    places: Sequence[Surveyed] = ()


def lines_typed(text: str) -> list[str]:
    """Return the lines that say something, each once."""
    lines = (line.strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def place_typed(line: str) -> Surveyed | None:
    """Read “3幢车棚，2，没有窗”: name, how many, note; None where it cannot be kept so."""
    name, many, note = [*PARTS.split(line.strip(), maxsplit=2), "", ""][:3]
    if many and not (many.isdecimal() and int(many) <= LARGEST):
        return None
    if not name or len(name) > LONGEST_NAME or len(note) > LONGEST_NOTE:
        return None
    return Surveyed(name, int(many or 1), note)


def place_line(place: Surveyed) -> str:
    """Write a place as it is typed; `place_typed` reads it back."""
    return "，".join([place.name, str(place.many), *([place.note] if place.note else [])])
