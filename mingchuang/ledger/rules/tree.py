"""The Merkle tree of RFC 9162 §2.1 (the tree of RFC 6962): what is hashed with what.

A proof is described as spans: rows of neighbouring complete subtrees, largest first, whose
hashes fold into one hash of the proof. Whoever keeps the hashes looks them up.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

HASH_SIZE = 32


class Node(NamedTuple):
    """The complete subtree over the leaves from number·2^level up to (number + 1)·2^level."""

    level: int
    number: int


Span = list[Node]


def leaf_hash(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the hash over neighbouring complete subtrees, largest first; of none, SHA-256()."""
    if not hashes:
        return hashlib.sha256().digest()
    *rest, folded = hashes
    for left in reversed(rest):
        folded = node_hash(left, folded)
    return folded


def span(start: int, end: int) -> Span:
    """Return the complete subtrees over the leaves from `start` up to `end`.

    `start` is 0 or a multiple of a power of two that is not smaller than `end - start`.
    """
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return nodes


def inclusion(index: int, size: int) -> list[Span]:
    """Return the proof that leaf `index` is in the tree of `size` leaves; index < size."""
    start, end, spans = 0, size, []
    while end - start > 1:
        middle = _middle(start, end)
        if index < middle:
            spans.append(span(middle, end))
            end = middle
        else:
            spans.append(span(start, middle))
            start = middle
    return spans[::-1]


def consistency(first: int, second: int) -> list[Span]:
    """Return the proof that the first `first` of `second` leaves stayed; 0 < first ≤ second."""
    start, end, spans = 0, second, []
    while first != end:
        middle = _middle(start, end)
        if first <= middle:
            spans.append(span(middle, end))
            end = middle
        else:
            spans.append(span(start, middle))
            start = middle
    if start:
        spans.append(span(start, end))
    return spans[::-1]


def is_included(leaf: bytes, proof: Sequence[bytes], *, index: int, size: int, root: bytes) -> bool:
    """Return whether `proof` leads from the leaf hash to the root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            place, last = _past_left_edges(place, last)
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(
    proof: Sequence[bytes], *, first: int, second: int, first_root: bytes, second_root: bytes
) -> bool:
    """Return whether the second tree begins with the first one (RFC 9162 §2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    path = [first_root, *proof] if first & (first - 1) == 0 else [*proof]
    if not path:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            place, last = _past_left_edges(place, last)
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _middle(start: int, end: int) -> int:
    """Return where the left subtree ends: its size is the largest power of two below the whole."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _past_left_edges(place: int, last: int) -> tuple[int, int]:
    """Climb until `place` is a right child: where a left child stands last, it has no sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
