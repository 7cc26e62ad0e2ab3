"""How leaves and hashes come out of the database: by the thousand, or a handful of tiles."""

from collections.abc import Callable, Collection, Iterator, Sequence

from django.db.models import Q

from mingchuang.base.errors import Refused
from mingchuang.ledger.errors import Damaged
from mingchuang.ledger.models import Entry, Evidence, Tile
from mingchuang.ledger.rules import tiles, tree
from mingchuang.ledger.rules.canonical import NotRecordable, leaf
from mingchuang.ledger.rules.tiles import Edge, Place

CHUNK = 5000
# Verbs after which a private part stands otherwise, and rightly so: corrected, more or less of it.
REPLACED_BY = (".completed", ".corrected", ".reduced", ".shelved")
REPLACING = Q(*[("verb__endswith", end) for end in REPLACED_BY], _connector=Q.OR)


def leaf_of(entry: Entry) -> bytes:
    """Return the bytes of an entry as they stand in the tree."""
    return leaf(
        verb=entry.verb,
        subject=entry.subject,
        at=entry.at,
        facts=entry.facts,
        digest=entry.digest,
    )


def newest_row() -> int:
    """Return the number of the row written last, 0 where there is none."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def rows_after(last: int, *, missing: Collection[int]) -> dict[int, str]:
    """Return what was written after a row, and of those that were missing before it: the number
    of each row and its subject. One small statement, sealed or not."""
    rows = Entry.objects.filter(Q(pk__gt=last) | Q(pk__in=missing) if missing else Q(pk__gt=last))
    return dict(rows.order_by("pk").values_list("pk", "subject")[:CHUNK])


def sealed(*, start: int, end: int) -> Iterator[Entry]:
    """Yield the entries at the places from `start` up to `end`; memory stays flat."""
    entries = Entry.objects.filter(index__gte=start, index__lt=end)
    return entries.order_by("index", "pk").iterator(CHUNK)


def found_leaves(size: int) -> Iterator[tuple[int, bytes]]:
    """Yield (place, leaf hash) as the database has them now.

    What no longer is an entry at all has a hash that nothing else can have: none.
    """
    for entry in sealed(start=0, end=size):
        try:
            content = leaf_of(entry)
        except NotRecordable:
            yield int(entry.index or 0), bytes(tree.HASH_SIZE)
        else:
            yield int(entry.index or 0), tree.leaf_hash(content)


def tiles_at(places: Collection[Place]) -> Callable[[Place], bytes]:
    """Read these tiles in one statement; one that is missing reads as empty."""
    wanted = Q(pk__in=[])
    for level, position in places:
        wanted |= Q(level=level, position=position)
    rows = Tile.objects.filter(wanted).values_list("level", "position", "hashes")
    kept = {Place(level, position): bytes(hashes) for level, position, hashes in rows}
    return lambda place: kept.get(place, b"")


def tile_at(place: Place) -> bytes:
    return tiles_at([place])(place)


def edge_at(size: int) -> Edge:
    """Return the right edge of the tree of `size` leaves."""
    return Edge(size, hashes([[node] for node in tree.span(0, size)]))


def hashes(spans: Sequence[tree.Span]) -> list[bytes]:
    """Return the hash of each span; refused where the ledger's storage has a hole."""
    try:
        return tiles.proof(spans, tiles_at(tiles.places_of(spans)))
    except LookupError:
        raise Damaged from None


def digest_now(row: Evidence) -> str:
    """Return the digest of the row; none of what is sealed and opens no more."""
    try:
        return row.digest
    except Refused:
        return ""


def replaced_digests() -> dict[str, str]:
    """Return for each digest that a later entry takes the place of (its fact `of`) the newest."""
    entries = Entry.objects.filter(REPLACING).exclude(digest="").in_order()
    told = entries.values_list("facts", "digest").iterator(CHUNK)
    return {str(facts["of"]): digest for facts, digest in told if "of" in facts}
