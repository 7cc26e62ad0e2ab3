"""Questions to the book: what happened, what proves it, and does everything still fit."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.functions import Length

from mingchuang.ledger import triggers
from mingchuang.ledger.claims import forged, kept_claims, own_claims
from mingchuang.ledger.errors import (
    BeyondTheBook,
    Damaged,
    KeyLost,
    NoSuchEntry,
    NothingSealed,
    NotSealedYet,
    NotThere,
)
from mingchuang.ledger.models import Checkpoint, Entry, EntryQuerySet, Evidence, Tile
from mingchuang.ledger.reading import (
    digest_now,
    found_leaves,
    hashes,
    leaf_of,
    replaced_digests,
    sealed,
    tile_at,
)
from mingchuang.ledger.rules import tiles, tree
from mingchuang.ledger.rules.audit import Code, Fault, Walk
from mingchuang.ledger.rules.note import Head, Key, base64_text, head_in
from mingchuang.ledger.rules.receipt import Receipt
from mingchuang.ledger.signing import signer, signer_after


def entries_of(subject: str) -> EntryQuerySet:
    """Return everything that happened to `subject`, in the order it was written."""
    return Entry.objects.filter(subject=subject).in_order()


def entries_after(index: int) -> QuerySet[Entry]:
    """Return what is sealed behind place `index` (-1: everything), in the order of sealing.

    Who follows the ledger follows this: nothing ever appears before a place already read.
    """
    return Entry.objects.filter(index__gt=index).order_by("index")


def last_checkpoint() -> Checkpoint | None:
    """Return the newest checkpoint, if anything was ever sealed."""
    return Checkpoint.objects.order_by("size").last()


def newest_checkpoint() -> Checkpoint:
    """Return the newest checkpoint; refused while nothing is sealed."""
    if not (checkpoint := last_checkpoint()):
        raise NothingSealed
    return checkpoint


def public_key() -> Key:
    """Return the key by which anybody verifies our checkpoints."""
    return signer().key


def inclusion(index: int, size: int | None = None) -> dict[str, object]:
    """Return the proof that entry `index` is among the first `size`, or among all sealed."""
    newest = newest_checkpoint().size
    size = newest if size is None else size
    if not 0 <= index < size <= newest:
        raise BeyondTheBook(size=newest)
    return {"index": index, "size": size, "hashes": _encoded(tree.inclusion(index, size))}


def consistency(first: int, second: int) -> dict[str, object]:
    """Return the proof that the ledger of `first` entries is the beginning of that of `second`."""
    newest = newest_checkpoint().size
    if not 0 < first <= second <= newest:
        raise BeyondTheBook(size=newest)
    return {"first": first, "second": second, "hashes": _encoded(tree.consistency(first, second))}


def receipt_of(index: int) -> Receipt:
    """Return the receipt of the entry at place `index`, under the newest checkpoint."""
    newest = newest_checkpoint().size
    entry = Entry.objects.filter(index=index).first() if index < newest else None
    if not entry:
        raise NotThere(size=newest)
    return receipt_for(entry)


def receipt_for(entry: Entry) -> Receipt:
    """Return what proves, under the newest checkpoint, that this entry is in the ledger."""
    checkpoint = newest_checkpoint()
    if entry.index is None or entry.index >= checkpoint.size:
        raise NotSealedYet
    return Receipt(
        entry=leaf_of(entry).decode(),
        index=entry.index,
        size=checkpoint.size,
        hashes=hashes(tree.inclusion(entry.index, checkpoint.size)),
        checkpoint=checkpoint.note,
        key=signer_after(checkpoint).key,
    )


def newest_sealed(verb: str, *, subject: str = "") -> Entry:
    """Return the entry of this kind, about `subject` if one is named, that was sealed last."""
    entries = Entry.objects.sealed().filter(verb=verb)
    if subject:
        entries = entries.filter(subject=subject)
    if not (entry := entries.order_by("index").last()):
        raise NoSuchEntry
    return entry


def tile_bytes(level: int, position: int, width: int) -> bytes:
    """Return the first `width` hashes of a tile; refused while it is not that wide."""
    end = width * tree.HASH_SIZE
    content = tile_at(tiles.Place(level, position))[:end]
    if len(content) < end:
        raise NotThere(size=newest_checkpoint().size)
    return content


def bundle_bytes(position: int, width: int) -> bytes:
    """Return the first `width` of the 256 entries below tile `position` of level 0."""
    start, newest = position * tiles.WIDTH, newest_checkpoint().size
    if start + width > newest:
        raise NotThere(size=newest)
    contents = [leaf_of(entry) for entry in sealed(start=start, end=start + width)]
    if len(contents) != width:
        raise Damaged
    return tiles.bundle(contents)


def ledger_faults(kept: Iterable[str] = ()) -> Iterator[Fault]:
    """Yield everything that does not fit: entries, places, tiles, roots, signatures.

    `kept` are checkpoints kept outside of this database; they alone can tell that a tail is
    missing, or that whoever holds the signing key has written the book anew.
    """
    # Entries may be sealed meanwhile: what may only be too much is read before the size.
    top = Entry.objects.aggregate(top=Max("index", default=-1))["top"]
    width = Sum(Length("hashes")) / tree.HASH_SIZE
    widths = dict(Tile.objects.values("level").annotate(width=width).values_list("level", "width"))
    newest = last_checkpoint()
    size = newest.size if newest else 0

    heads: list[Head | None] = []
    try:
        key = public_key()
    except KeyLost:
        yield Fault(Code.NO_KEY)
    else:
        heads = [head_in(key.text_of(note.rstrip() + "\n")) for note in kept]
        yield from forged(key, heads)
    walk = Walk(tile=tile_at, claims=heapq.merge(own_claims(size), kept_claims(heads)))
    try:
        yield from walk.faults(found_leaves(size), size=size)
    except ValueError:  # SQLite lets anything stand where a moment or JSON stood
        yield Fault(Code.UNREADABLE, {"index": walk.size})
    for index in Entry.objects.filter(index__lt=0).values_list("index", flat=True):
        yield Fault(Code.NO_PLACE, {"index": index or 0})
    if top >= size:
        yield Fault(Code.UNSIGNED, {"first": size, "last": top})
    for level, found in widths.items():
        if found > size >> tiles.HEIGHT * level:
            yield Fault(Code.SURPLUS, {"level": level})


def evidence_faults(
    rows: Iterable[Evidence], replaced: Mapping[str, str] | None = None
) -> Iterator[Fault]:
    """Yield every row that is not what the newest entry about it (`replaced_digests`) tells."""
    newest = replaced_digests() if replaced is None else replaced
    for row in rows:
        told = row.entry.digest
        if not row.is_erased and digest_now(row) != newest.get(told, told):
            yield Fault(Code.PRIVATE_CHANGED, {"subject": row.entry.subject})


def guard_faults() -> Iterator[Fault]:
    """Yield every guard of the database itself that somebody removed or changed."""
    for name in triggers.off_guard():
        yield Fault(Code.UNGUARDED, {"name": name})


def oldest_waiting() -> tuple[int, datetime | None]:
    """Return how many entries wait to be sealed, and the time the oldest of them bears."""
    found = Entry.objects.waiting().aggregate(count=Count("pk"), oldest=Min("at"))
    return found["count"], found["oldest"]


def _encoded(spans: Sequence[tree.Span]) -> list[str]:
    return [base64_text(one) for one in hashes(spans)]
