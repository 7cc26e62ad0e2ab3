"""Rating tags (评价指标): three digits, the first one is the grade they go with.

The codes seen alike in four public sources; an older set (101–107, 201–206 …) is disabled there.
A set is never changed: a newer one gets a version of its own, and old ratings keep theirs.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

CURRENT = "v2"


class Tags(NamedTuple):
    """The codes of one grade: those everybody must offer, and those that may be added."""

    base: tuple[int, ...]
    more: tuple[int, ...]


SETS: Mapping[str, Mapping[int, Tags]] = {
    CURRENT: {
        5: Tags((510, 511, 512), (513, 514, 515, 516, 517)),
        4: Tags((406, 407, 408), (409, 410, 411, 412, 413)),
        3: Tags((307, 308, 309), (310, 311, 312, 313, 314)),
        2: Tags((207, 208, 209), (210, 211, 212, 213, 214)),
        1: Tags((108, 109, 110), (111, 112, 113, 114, 115)),
    },
}


def tags_of(grade: int, *, version: str = CURRENT) -> tuple[int, ...]:
    """Return the codes that may be given with a grade, the common ones first; none of what is no
    grade or no version."""
    tags = SETS.get(version, {}).get(grade)
    return (*tags.base, *tags.more) if tags else ()


def as_text(codes: Iterable[int], *, grade: int) -> str:
    """Return the codes that go with the grade, as they are kept: 510,517."""
    given = set(codes)
    return ",".join(str(code) for code in sorted(given.intersection(tags_of(grade))))


def as_codes(text: str) -> list[int]:
    """Return the codes of a kept text, in order."""
    return [int(code) for code in text.split(",") if code]
