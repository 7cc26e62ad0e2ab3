"""The only code that writes in the book."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from mingchuang.base.locks import wait_for_turn
from mingchuang.ledger.errors import Forked
from mingchuang.ledger.models import Checkpoint, Entry, Tile
from mingchuang.ledger.numbering import number_waiting
from mingchuang.ledger.queries import last_checkpoint
from mingchuang.ledger.reading import edge_at, leaf_of, sealed, tiles_at
from mingchuang.ledger.rules.canonical import JSON, NotRecordable, is_plain, leaf
from mingchuang.ledger.rules.note import Head, head_in
from mingchuang.ledger.rules.tiles import Piece
from mingchuang.ledger.rules.tree import HASH_SIZE, leaf_hash
from mingchuang.ledger.signing import signer_after


@transaction.atomic(savepoint=False)
def record(verb: str, subject: str, *, at: datetime, digest: str = "", **facts: JSON) -> Entry:
    """Write down that something happened, in the caller's transaction, for everyone to see.

    `verb` is past tense, `room.happened`; `subject` is what it happened to (`case:NB-2026-1`).
    `facts` are public and never hold personal data; what is private stands in the caller's row
    and only its `digest` here. Raises NotRecordable where the facts are no plain JSON.
    """
    entry = _entry(verb, subject, at=at, digest=digest, facts=facts)
    entry.save()
    return entry


class Past(NamedTuple):
    """Something that happened a while ago."""

    verb: str
    subject: str
    at: datetime
    digest: str
    facts: Mapping[str, JSON]


@transaction.atomic(savepoint=False)
def record_past(told: Iterable[Past], *, at: datetime) -> list[Entry]:
    """Write down what happened until `at`, each at its own time: one statement for hundreds.

    Raises NotRecordable like `record`, and for what is still to come.
    """
    entries = [_entry(p.verb, p.subject, at=p.at, digest=p.digest, facts=p.facts) for p in told]
    if late := [entry.verb for entry in entries if entry.at > at]:
        raise NotRecordable(f"{late[0]}: what is past does not happen later than now")
    return Entry.objects.bulk_create(entries)


def _entry(
    verb: str, subject: str, *, at: datetime, digest: str, facts: Mapping[str, JSON]
) -> Entry:
    if not is_plain(facts):
        raise NotRecordable(f"{verb}: facts are text, whole numbers, yes or no, and lists of them")
    leaf(verb=verb, subject=subject, at=at, facts=facts, digest=digest)
    return Entry(verb=verb, subject=subject, at=at, facts=facts, digest=digest)


@transaction.atomic(savepoint=False)
def seal_entries(*, at: datetime, limit: int = 10_000, kept: str = "") -> int:
    """Lay the next signed checkpoint over the entries that wait, and return how many there were.

    From then on each of them has its place and its receipt. The work grows with the new entries
    and not with the book; of several processes that seal at once, one works and the others wait.

    `kept` is the newest checkpoint kept outside of this database. Raises KeyLost or OtherSigner
    where our key has not signed what is sealed, Forked where the book does not go on from `kept`.
    """
    wait_for_turn("ledger.seal")
    newest = last_checkpoint()
    ours = signer_after(newest)
    size = newest.size if newest else 0
    if newest is None or newest.note != kept:
        _must_go_on_from(head_in(ours.key.text_of(kept)), size=size)
    count = number_waiting(first=size, limit=limit)
    if count:
        edge = edge_at(size)
        for entry in sealed(start=size, end=size + count):
            edge.add(leaf_hash(leaf_of(entry)))
        _lay(list(edge.pieces()))
        note = ours.note(size=edge.size, root=edge.root)
        Checkpoint.objects.create(size=edge.size, root=edge.root, note=note, at=at)
    return count


def _must_go_on_from(kept: Head | None, *, size: int) -> None:
    """Refuse to grow a book of which somebody holds a checkpoint that it contradicts."""
    if kept and (kept.size > size or edge_at(kept.size).root != kept.root):
        raise Forked(kept=kept.size, size=size)


def _lay(pieces: list[Piece]) -> None:
    """Append the new hashes to the tiles that still grow, and begin new ones."""
    growing = tiles_at([piece.place for piece in pieces if piece.offset])
    rows = [
        Tile(
            level=place.level,
            position=place.position,
            hashes=growing(place)[: offset * HASH_SIZE] + hashes,
        )
        for place, offset, hashes in pieces
    ]
    Tile.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["level", "position"],
        update_fields=["hashes"],
    )
