"""The tree cut into tiles of 256 neighbouring hashes (C2SP tlog-tiles, height 8).

A hash in a tile of level L stands for 256^L leaves. What lies between two levels is hashed again
when it is needed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from mingchuang.ledger.rules.tree import HASH_SIZE, Node, Span, fold, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT

PLACE = re.compile(r"((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


class Place(NamedTuple):
    """Where a tile stands: its level, and its number from the left."""

    level: int
    position: int


class Piece(NamedTuple):
    """Hashes that belong into one tile, from its hash number `offset` on."""

    place: Place
    offset: int
    hashes: bytes


class Edge:
    """The right edge of a growing tree: its complete subtrees, largest first.

    Adding a leaf costs two hashes on average and no look-up; the hashes that tiles keep are
    gathered until `pieces` takes them.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self._peaks = list(peaks)
        self._gathered: defaultdict[int, list[bytes]] = defaultdict(list)

    @property
    def root(self) -> bytes:
        return fold(self._peaks)

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        found, level, rest = leaf, 0, self.size
        while True:
            if not level % HEIGHT:
                self._gathered[level // HEIGHT].append(found)
            if not rest & 1:
                break
            found = node_hash(self._peaks.pop(), found)
            level, rest = level + 1, rest >> 1
        self._peaks.append(found)
        self.size += 1

    def pieces(self) -> Iterator[Piece]:
        """Yield what was gathered since the last time, cut to tiles, and forget it."""
        for level, hashes in self._gathered.items():
            first = (self.size >> HEIGHT * level) - len(hashes)
            start = 0
            while start < len(hashes):
                position, offset = divmod(first + start, WIDTH)
                end = start + WIDTH - offset
                yield Piece(Place(level, position), offset, b"".join(hashes[start:end]))
                start = end
        self._gathered.clear()


def place_of(node: Node) -> Place:
    """Return the tile from which the hash of `node` follows."""
    level, inner = divmod(node.level, HEIGHT)
    return Place(level, (node.number << inner) >> HEIGHT)


def places_of(spans: Iterable[Span]) -> set[Place]:
    """Return the tiles a proof needs."""
    return {place_of(node) for span in spans for node in span}


def hash_of(node: Node, tile: Callable[[Place], bytes]) -> bytes:
    """Return the hash of a subtree from its tile; LookupError where the tile lacks it."""
    inner = node.level % HEIGHT
    offset = ((node.number << inner) % WIDTH) * HASH_SIZE
    end = offset + (HASH_SIZE << inner)
    kept = tile(place_of(node))
    if len(kept) < end:
        raise LookupError(f"{place_of(node)} holds {len(kept)} bytes, {end} are needed")
    hashes = [kept[at : at + HASH_SIZE] for at in range(offset, end, HASH_SIZE)]
    while len(hashes) > 1:
        hashes = [node_hash(*pair) for pair in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]


def proof(spans: Iterable[Span], tile: Callable[[Place], bytes]) -> list[bytes]:
    """Return the hashes of a proof; LookupError where a tile is missing."""
    return [fold([hash_of(node, tile) for node in span]) for span in spans]


def place_text(position: int, width: int = WIDTH) -> str:
    """Write a tile's number as its address does: 1234067 is x001/x234/067; .p/9 if 9 wide."""
    groups = [f"{position % 1000:03}"]
    while position := position // 1000:
        groups.insert(0, f"x{position % 1000:03}")
    return "/".join(groups) + ("" if width == WIDTH else f".p/{width}")


def place_in(text: str) -> tuple[int, int] | None:
    """Return the number and the width a tile's address names; None if it names none."""
    if not (match := PLACE.fullmatch(text)):
        return None
    position = int(match[1].replace("/", "").replace("x", ""))
    width = int(match[2] or WIDTH)
    is_tile = width <= WIDTH and place_text(position, width) == text
    return (position, width) if is_tile else None


def bundle(leaves: Iterable[bytes]) -> bytes:
    """Return entries one after the other, each behind its length in two bytes."""
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)
