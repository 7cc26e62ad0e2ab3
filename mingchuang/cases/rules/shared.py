"""By which words two texts are alike, as somebody can read them: pure."""

import re
from collections.abc import Iterator

from mingchuang.cases.rules.likeness import Commonness, pairs, pieces

SHORTEST, LONG, LONGEST = 2, 10, 16
# By so many of its pairs a shared piece is measured: the longest is not the most telling.
HEARD = 4
# At the end of a shared piece these say nothing: 的搅拌站在 → 搅拌站.
FILLERS = "的了是在有和与及就也都很还又被把给对从到这那我你您他她们请吗呢啊吧过让为以不能会要"
CUTS = re.compile(f"[{FILLERS}]")


def shared(one: str, other: str, common: Commonness, *, most: int = 5) -> list[str]:
    """Return the words two texts share, the most telling first: ["丽发新城", "搅拌站"].

    The longest pieces both hold, without fillers at their ends, those that are read at a glance
    first; stock phrases, and pieces that lie in one already told, are passed over.
    """
    told: list[str] = []
    held = {piece for piece in _common(one, other) if not _is_stock(piece, common)}

    def order(piece: str) -> tuple[bool, float, str]:
        return len(piece) > LONG, -_says(piece, common), piece

    for piece in sorted(held, key=order):
        if not any(piece in known or known in piece for known in told):
            told.append(piece)
    return told[:most]


def _common(one: str, other: str) -> Iterator[str]:
    """Yield the longest pieces of `one` that stand in `other`, each trimmed of its fillers."""
    there = " ".join(pieces(other))
    for piece in pieces(one):
        end = 0
        for start in range(len(piece)):
            longer = max(end, start)
            while longer < len(piece) and piece[start : longer + 1] in there:
                longer += 1
            if longer > end:
                end = longer
                yield from _words(piece[start:end])


def _words(piece: str) -> Iterator[str]:
    """Yield a piece as it can be read: without fillers at its ends, a long one cut at them."""
    parts = [piece] if len(piece) <= LONG else CUTS.split(piece)
    words = (part.strip(FILLERS) for part in parts)
    yield from (word[:LONGEST] for word in words if len(word) >= SHORTEST)


def _is_stock(piece: str, common: Commonness) -> bool:
    return all(common.is_stock(pair) for pair in pairs(piece))


def _says(piece: str, common: Commonness) -> float:
    return sum(sorted((common.weight(pair) for pair in pairs(piece)), reverse=True)[:HEARD])
