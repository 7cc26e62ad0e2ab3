"""A book of a million made-up entries: sealing it, beside reading and hashing the same entries
without keeping anything; proofs that an entry is in it; and an audit of the whole book, of a
quarter and of all of it, in a process of its own."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter

from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.queries import inclusion
from mingchuang.ledger.reading import leaf_of, sealed
from mingchuang.ledger.rules import tree
from mingchuang.ledger.rules.tiles import places_of
from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.book import Audited, audited, write_entries
from mingchuang.outward.measuring.results import (
    Row,
    ours_at_least,
    ours_at_most,
    ratio_at_most,
)
from mingchuang.outward.measuring.times import percentile, timed
from mingchuang.outward.measuring.towns import address_of_town, scratch

BATCH = 10_000
FLAT = 1.2


@dataclass
class Sealing:
    """How long it took to seal, to read and hash, and to hash alone, and of how many entries."""

    entries: int = 0
    seal: float = 0.0
    read: float = 0.0
    hash: float = 0.0
    proofs: list[float] = field(default_factory=list)


def measure(asked: Asked) -> Found:
    sealing, audits = Sealing(), list[Audited]()
    quarter = max(asked.many // 4, 1)
    with scratch("sealing"):
        for first, last in ((1, quarter), (quarter + 1, asked.many)):
            write_entries(first, last, at=asked.at)
            asked.tell(f"{last:,} …")
            _seal(asked, sealing)
            audits.append(audited(address_of_town()))
        sealing.proofs = _proofs(asked)
    return Found([*_seal_rows(sealing), *_proof_rows(asked, sealing), *_audit_rows(asked, audits)])


def _seal(asked: Asked, sealing: Sealing) -> None:
    """Seal all that waits, in batches as the follower does, and hash the same entries again."""
    size = sealing.entries
    while True:
        began = perf_counter()
        count = seal_entries(at=asked.at, limit=BATCH)
        sealing.seal += perf_counter() - began
        if not count:
            break
        began = perf_counter()
        leaves = [leaf_of(entry) for entry in sealed(start=size, end=size + count)]
        hashes = [tree.leaf_hash(leaf) for leaf in leaves]
        sealing.read += perf_counter() - began
        sealing.hash += timed(lambda: _hash(leaves, hashes))  # noqa: B023  called at once
        size += count
    sealing.entries = size


def _hash(leaves: Sequence[bytes], hashes: Sequence[bytes]) -> None:
    """Hash the bytes of all leaves, and as many nodes as a tree over them has."""
    for leaf in leaves:
        hashlib.sha256(leaf).digest()
    for left in hashes:
        hashlib.sha256(left + left).digest()


def _proofs(asked: Asked) -> list[float]:
    dice = Random(1)
    places = [dice.randrange(asked.many) for _ in range(asked.rounds * 5)]
    return [timed(lambda: inclusion(place)) for place in places]  # noqa: B023  called at once


def _seal_rows(sealing: Sealing) -> list[Row]:
    each = 1e6 / sealing.entries
    return [
        Row("entries sealed", sealing.entries / sealing.seal, "/s", goal=ours_at_least(20_000)),
        Row(
            "sealing one entry, beside reading and hashing it",
            sealing.seal * each,
            "µs",
            peer=sealing.read * each,
            peer_name="read and hashed",
            ratio=sealing.seal / sealing.read,
            goal=ratio_at_most(4),
        ),
        Row(
            "sealing one entry, beside hashing its bytes in memory",
            sealing.seal * each,
            "µs",
            peer=sealing.hash * each,
            peer_name="hashlib",
            ratio=sealing.seal / sealing.hash,
        ),
    ]


def _proof_rows(asked: Asked, sealing: Sealing) -> list[Row]:
    ten_times = 10 * asked.many
    return [
        Row(
            f"proof that an entry is in it, p99, of {sealing.entries:,}",
            percentile(sealing.proofs, 99),
            "ms",
            goal=ours_at_most(5),
        ),
        Row(
            f"tiles read for one proof of {ten_times:,}, at most",
            _tiles(ten_times),
            "tiles",
            peer=_tiles(asked.many),
            peer_name=f"of {asked.many:,}",
            ratio=_tiles(ten_times) / _tiles(asked.many),
        ),
    ]


def _tiles(size: int) -> int:
    dice = Random(1)
    proofs = (tree.inclusion(dice.randrange(size), size) for _ in range(2000))
    return max(len(places_of(proof)) for proof in proofs)


def _audit_rows(asked: Asked, audits: Sequence[Audited]) -> list[Row]:
    quarter, whole = audits
    return [
        Row(f"audit of {asked.many:,} entries", whole.seconds, "s"),
        Row(
            "audits without a fault",
            50 * (quarter.is_well + whole.is_well),
            "%",
            goal=ours_at_least(100),
        ),
        Row(
            f"memory of the audit of {asked.many:,}, beside that of a quarter",
            whole.mebibytes,
            "MiB",
            peer=quarter.mebibytes,
            peer_name="a quarter",
            ratio=whole.mebibytes / quarter.mebibytes,
            goal=ratio_at_most(FLAT),
        ),
    ]
