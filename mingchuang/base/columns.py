"""A table for the terminal, in which a Chinese character takes two places."""

from collections.abc import Sequence
from unicodedata import east_asian_width

WIDE = frozenset("WF")


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows one under the other, the first column to the left, the others to the right.

    All rows have as many cells.
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        gaps = [" " * (n - width(cell)) for n, cell in zip(widths, row, strict=True)]
        cells = [f"{gap}{cell}" for gap, cell in zip(gaps, row, strict=True)]
        lines.append("  ".join([row[0] + gaps[0], *cells[1:]]).rstrip())
    return "\n".join(lines)


def width(text: str) -> int:
    """Return how many places the text takes on a terminal."""
    return sum(2 if east_asian_width(letter) in WIDE else 1 for letter in text)
