"""One walk over the whole book, from the first entry to the last; memory stays flat.

Each leaf is compared with its tile, each tile with the leaves below it, and each checkpoint with
the root as the walk passes its size. Where an entry does not fit, the walk goes on with the hash
that was sealed, so that one deed shows as one fault.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from mingchuang.ledger.rules.tiles import WIDTH, Edge, Place
from mingchuang.ledger.rules.tree import HASH_SIZE

UNKNOWN = bytes(HASH_SIZE)


class Code(StrEnum):
    """What an audit may find."""

    CHANGED = "changed"
    MISSING = "missing"
    TWICE = "twice"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    TILE = "tile"
    SURPLUS = "surplus"
    FORGED = "forged"
    OTHER_ROOT = "other_root"
    KEPT_NOT_OURS = "kept_not_ours"
    KEPT_OTHER = "kept_other"
    KEPT_LONGER = "kept_longer"
    PRIVATE_CHANGED = "private_changed"
    NO_PLACE = "no_place"
    NO_KEY = "no_key"
    UNGUARDED = "unguarded"


@dataclass(frozen=True)
class Fault:
    """One thing that does not fit, with the numbers a person needs to find it."""

    code: Code
    facts: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Claim:
    """What a checkpoint claims; `is_kept` if it was kept outside of this database."""

    size: int
    root: bytes
    is_kept: bool = False


class Walk:
    """Where the audit stands. `claims` come in order of their size."""

    def __init__(self, *, tile: Callable[[Place], bytes], claims: Iterable[Claim]) -> None:
        self._tile = tile
        self._claims = iter(claims)
        self._claim = next(self._claims, None)
        self._edge = Edge()
        self._row = b""

    @property
    def size(self) -> int:
        return self._edge.size

    def faults(self, leaves: Iterable[tuple[int, bytes]], *, size: int) -> Iterator[Fault]:
        """Yield what does not fit; `leaves` are (index, leaf hash) by index, below `size`."""
        for index, leaf in leaves:
            if index < self._edge.size:
                yield Fault(Code.TWICE, {"index": index})
                continue
            yield from self._missing(index)
            yield from self._add(leaf)
        yield from self._missing(size)
        yield from self._tiles()
        # The longest checkpoint alone tells how much is missing.
        for longest in [*filter(None, [self._claim]), *self._claims][-1:]:
            yield self._refuted(longest)

    def _missing(self, end: int) -> Iterator[Fault]:
        if self._edge.size < end:
            yield Fault(Code.MISSING, {"first": self._edge.size, "last": end - 1})
        while self._edge.size < end:
            yield from self._add(b"")

    def _add(self, leaf: bytes) -> Iterator[Fault]:
        position, inner = divmod(self._edge.size, WIDTH)
        if not inner:
            self._row = self._tile(Place(0, position))
        sealed = self._row[inner * HASH_SIZE :][:HASH_SIZE]
        if leaf and sealed and leaf != sealed:
            yield Fault(Code.CHANGED, {"index": self._edge.size})
        self._edge.add(sealed or leaf or UNKNOWN)
        if inner == WIDTH - 1:
            yield from self._tiles()
        while self._claim and self._claim.size <= self._edge.size:
            if self._claim.root != self._edge.root:
                yield self._refuted(self._claim)
            self._claim = next(self._claims, None)

    def _tiles(self) -> Iterator[Fault]:
        for place, offset, hashes in self._edge.pieces():
            if self._tile(place)[offset * HASH_SIZE :][: len(hashes)] != hashes:
                yield Fault(Code.TILE, {"level": place.level, "position": place.position})

    def _refuted(self, claim: Claim) -> Fault:
        size = self._edge.size
        if claim.size > size:
            return Fault(Code.KEPT_LONGER, {"size": claim.size, "found": size})
        return Fault(Code.KEPT_OTHER if claim.is_kept else Code.OTHER_ROOT, {"size": claim.size})
