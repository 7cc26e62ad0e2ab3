"""The shared texts of a workbook, on disk: Excel keeps every text of a file in one long list."""

from array import array
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl.xml.constants import SHEET_MAIN_NS

ITEM, TEXT, RUN = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("si", "t", "r"))
IN_MEMORY = 4 * 1024 * 1024
# Bytes of XML between two tags: far more than the most a cell holds, however it is spelled.
MOST_BETWEEN = 1 << 20


class Fed:
    """A part of a workbook as the parser takes it. A text without an end, of which the parser would
    keep all it was fed, is damage."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._since = source, 0

    def read(self, size: int = -1) -> bytes:
        if self._since > MOST_BETWEEN:
            raise ValueError
        piece = self._source.read(size)
        self._since += len(piece)
        return piece

    def steps(self) -> Iterator[tuple[str, Any]]:
        """Yield where each element begins and ends."""
        for step in iterparse(self, ("start", "end")):  # noqa: S314  expat bounds entities
            self._since = 0
            yield step


class Texts:
    """Texts by number, eight bytes of memory for each; small lists never touch the disk."""

    def __init__(self) -> None:
        self._ends = array("Q", [0])
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed by `close`
        self.close = self._file.close

    def lay_down(self, source: IO[bytes]) -> None:
        """Take in the list of texts as XML."""
        for text in _texts(source):
            self._ends.append(self._ends[-1] + self._file.write(text.encode()))

    def __getitem__(self, number: int) -> str:
        start, end = self._ends[number : number + 2]
        self._file.seek(start)
        return self._file.read(end - start).decode()


def _texts(source: IO[bytes]) -> Iterator[str]:
    """Yield the texts in order, without their formatting and without how they are pronounced."""
    steps = Fed(source).steps()
    _, root = next(steps)
    for step, node in steps:
        if step == "end" and node.tag == ITEM:
            yield "".join(_written(node))
            root.clear()


def _written(item: Element) -> Iterator[str]:
    for part in item:
        if part.tag in {TEXT, RUN}:
            yield from (text.text or "" for text in part.iter(TEXT))
