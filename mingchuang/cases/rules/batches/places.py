"""Places in a list as people write them: 1-80、92. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

PART = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?", re.ASCII)


def places_in(text: str, *, most: int) -> list[int] | None:
    """Return the places somebody wrote, in order and each once; None where one of them is no
    place, or beyond `most`."""
    plain = re.sub(r"[‐–—~至到]", "-", unicodedata.normalize("NFKC", text))
    found: set[int] = set()
    for part in re.split(r"[,、;\s]+", re.sub(r"\s*-\s*", "-", plain).strip(",、; \t\r\n")):
        if not (read := PART.fullmatch(part)):
            return None
        first, last = int(read[1]), int(read[2] or read[1])
        if not 1 <= first <= last <= most:
            return None
        found.update(range(first, last + 1))
    return sorted(found)


def written(places: Iterable[int]) -> str:
    """Return places as short as they can be written: 1-80,92."""
    return ",".join(
        str(first) if first == last else f"{first}-{last}" for first, last in _stretches(places)
    )


def _stretches(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    start = end = 0
    for place in sorted(set(places)):
        if start and place != end + 1:
            yield start, end
        if place != end + 1 or not start:
            start = place
        end = place
    if start:
        yield start, end
